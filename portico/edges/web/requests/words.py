"""How access requests are spoken of: what is asked for and where, with whom it lies, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portico.domains.access.asking import decide
from portico.domains.access.asking.rules import MOST_A_DAY, MOST_OPEN, Cannot, Denial, Step
from portico.domains.access.asking.views import Given, Request
from portico.domains.access.delegating.ceiling_rules import Beyond, Fault
from portico.domains.access.delegating.sets import Item
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.plan import catalogue
from portico.edges.web import explaining, refusals
from portico.edges.web.enquiry_words import LOOKS_LIKE
from portico.edges.web.explaining import Asked
from portico.shared import identifiers
from portico.shared.patient_signs import Sign

STATES: Final[Mapping[str, tuple[str, str]]] = {
    "open": ("Open", "caution"),
    "approved": ("Approved", "positive"),
    "adjusted": ("Approved otherwise", "positive"),
    "denied": ("Denied", "negative"),
    "expired": ("Expired", "neutral"),
    "withdrawn": ("Taken back", "neutral"),
}
CANNOT: Final[Mapping[Cannot, str]] = {
    Cannot.NO_OFFICE: "You act for no office, so there is nobody who could give you this.",
    Cannot.NOT_HANDED_OUT: "This persona cannot be given what you chose. Choose something else.",
    Cannot.NOTHING_MISSING: "Nothing of this is missing: it is open to you there already.",
    Cannot.NOT_BY_GRANT: "Nobody can give you this by a request. The page that was closed says what helps.",
    Cannot.TAX_ID: "Your office does not bill under this tax ID. Choose one of its own.",
    Cannot.LINE: "The plan has no such line of business. Choose one of the list.",
    Cannot.REGION: "The plan has no such region. Choose one of the list.",
    Cannot.PROVIDER: "Enter the ten digits of the provider's NPI.",
    Cannot.SEPARATE_ACCOUNTS: (
        "The plan wants a second account for working with patients. Ask another administrator of your "
        "office, or the plan, to make it."
    ),
    Cannot.TOO_MANY: (
        f"{MOST_OPEN} requests of yours are open. Take one back, or wait until one was answered."
    ),
    Cannot.TOO_OFTEN: (
        f"You made {MOST_A_DAY} requests within a day. Go on tomorrow, or talk to your administrator."
    ),
}
FIELDS: Final[Mapping[Cannot, str]] = {
    Cannot.TAX_ID: "tax_id",
    Cannot.LINE: "line",
    Cannot.REGION: "region",
    Cannot.PROVIDER: "provider",
    Cannot.NOT_HANDED_OUT: "functions",
    Cannot.NOTHING_MISSING: "functions",
    Cannot.NOT_BY_GRANT: "functions",
}
DENIALS: Final[Mapping[Denial, str]] = {
    Denial.NOT_NEEDED: "It is not needed for this work",
    Denial.OTHERS_DO_IT: "Somebody else here does this",
    Denial.NOT_KNOWN: "It is not clear who asks",
    Denial.TALK_FIRST: "Let us talk about it first",
}
HINDRANCES: Final[Mapping[str, str]] = {
    decide.OWN: "You asked for this yourself, and nobody gives oneself anything. Somebody else decides.",
    decide.OVER: "It was decided meanwhile, taken back, or is over. Nothing was changed.",
    decide.GONE: "This persona was taken away, or the account disabled. Deny it, or open that again first.",
    decide.SEPARATE: (
        "The plan wants a second account for an administrator who works with patients. Make one under "
        "People, then deny this and say so."
    ),
}
BEYOND: Final[Mapping[Beyond, str]] = {
    Beyond.FUNCTION: "you may not hand it out",
    Beyond.TAX_ID: "not under {values}",
    Beyond.PROVIDER: "not for every one of these providers",
    Beyond.LINE: "not in every one of these lines of business",
    Beyond.REGION: "not in every one of these regions",
    Beyond.DAY: "not for as long as that",
}
WAITS_FOR_CONFIRMATION: Final = "Given, and somebody else confirms it before it counts"
MISSED: Final[Mapping[Reason, str]] = {
    Reason.FUNCTION_NOT_GRANTED: "It was never given to this person.",
    Reason.GRANT_NOT_YET_ACTIVE: "It was given from a later day on.",
    Reason.GRANT_EXPIRED: "It was given, and has ended.",
    Reason.TAX_ID_NOT_GRANTED: "It was not given under this tax ID.",
    Reason.PROVIDER_NOT_GRANTED: "It was not given for this provider.",
    Reason.LINE_NOT_GRANTED: "It was not given in this line of business.",
    Reason.REGION_NOT_GRANTED: "It was not given in this region.",
    Reason.ADMINISTRATOR_HAS_NO_PHI: "Administrators see no patient data: it takes an end-user persona.",
}
"""Why it was closed to the person, as far as whoever decides can change it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A request in words; `with_whom` and `then` say where it lies and where it goes."""

    request: Request
    what: str
    where: tuple[Asked, ...]
    said: str
    tone: str
    with_whom: str
    then: str
    why: tuple[str, ...]
    denial: str
    decided_by: str


def shown(request: Request) -> Shown:
    """The request in words."""
    said, tone = STATES[request.state]
    first = request.functions[0] if request.functions else Function.ELIGIBILITY
    where = Question(
        first,
        request.tax_id or None,
        request.line or None,
        request.provider or None,
        request.region or None,
    )
    return Shown(
        request,
        what=what(request.functions, wants_end_user=request.wants_end_user),
        where=explaining.asked(where),
        said=said,
        tone=tone,
        with_whom=_with_whom(request),
        then=_then(request),
        why=tuple(MISSED[reason] for reason in request.reasons if reason in MISSED),
        denial=DENIALS.get(Denial(request.decision), "") if request.decision else "",
        decided_by=request.decided_by or "The plan",
    )


def what(functions: Sequence[Function], *, wants_end_user: bool = False) -> str:
    """What is asked for, in one line."""
    named = ", ".join(refusals.FUNCTION_NAMES[function] for function in functions)
    return f"An end-user persona with {named}" if wants_end_user else named


def item(given: Item) -> str:
    """One function that approving gives, and where."""
    where = given.where
    reach = _reach(
        given.function, where.tax_ids, given.lines or (), where.providers or (), where.regions or ()
    )
    return f"{reach}{_handing_out(given)}"


def _handing_out(given: Item) -> str:
    """What managing users lets hand out; "" of every other function."""
    if given.function is not Function.MANAGE_USERS:
        return ""
    if given.hands_out is None:
        return ", handing out whatever the office may"
    named = (refusals.FUNCTION_NAMES[each] for each in Function if each in (given.hands_out or ()))
    return f", handing out {', '.join(named)}"


def given(kept: Given) -> str:
    """One function that was given, and where."""
    return _reach(kept.function, kept.tax_ids, kept.lines, kept.providers, kept.regions)


def fault(found: Fault) -> str:
    """In what something goes beyond what one may hand out."""
    values = ", ".join(
        identifiers.format_tax_id(value) if found.beyond is Beyond.TAX_ID else value for value in found.values
    )
    return f"{refusals.FUNCTION_NAMES[found.function]}: {BEYOND[found.beyond].format(values=values)}"


def patients(signs: Sequence[Sign]) -> str:
    """Why a text was not taken, and what to do instead; never what stood there."""
    found = " and ".join(LOOKS_LIKE[sign] for sign in signs)
    return f"Something here looks like {found}. Take it out: a request speaks of access, not of a patient."


def _reach(
    function: Function,
    tax_ids: Sequence[str] | frozenset[str],
    lines: Sequence[str] | frozenset[str],
    providers: Sequence[str] | frozenset[str],
    regions: Sequence[str] | frozenset[str],
) -> str:
    named = catalogue.choices()
    parts = [
        refusals.FUNCTION_NAMES[function],
        _listed("tax ID", [identifiers.format_tax_id(each) for each in sorted(tax_ids)]),
        _names(lines, named.lines) or "every line of business",
        _names(regions, named.regions),
        _listed("NPI", sorted(providers)),
    ]
    return ", ".join(part for part in parts if part)


def _listed(label: str, values: Sequence[str]) -> str:
    return f"{label}{'' if len(values) == 1 else 's'} {', '.join(values)}" if values else ""


def _names(codes: Sequence[str] | frozenset[str], named: Sequence[catalogue.Named]) -> str:
    return ", ".join(each.name for each in named if each.code in codes)


def _with_whom(request: Request) -> str:
    if not request.is_open:
        return ""
    match request.step:
        case Step.FIRST:
            return f"With {request.first or 'an administrator of your office'}"
        case Step.ALL:
            return "With every administrator of the office"
        case Step.PLAN:
            return "With the plan"


def _then(request: Request) -> str:
    if not request.is_open:
        return ""
    match request.step:
        case Step.FIRST:
            return "If nobody answers by then, every other administrator is asked, then the plan."
        case Step.ALL:
            return "If nobody answers by then, the plan is asked."
        case Step.PLAN:
            return "The plan means to have answered by then."
