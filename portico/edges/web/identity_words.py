"""The words of identity verification: the table as people read it, where a proof stands, why it failed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portico.domains.accounts.proving.proof_rules import Refusal, Way
from portico.domains.accounts.proving.proof_views import Stand
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.verification import PATIENT_DATA, PLAN, REACTIVATED, Rule
from portico.domains.plan import verification_answers
from portico.domains.plan.verification_answers import EVERYTHING, Answer, Asked, Caution, Danger
from portico.domains.plan.verification_rules import EVERYBODY, OFFICE_TYPES, STATES, Who
from portico.edges.web import prover_words
from portico.edges.web.refusals import FUNCTION_NAMES

ACCOUNT_TYPES: Final[Mapping[str, str]] = {
    "physician": "Physician practices",
    "medical_group": "Medical groups",
    "hospital": "Hospitals",
    "ancillary": "Ancillary providers",
    "billing_company": "Billing companies",
    PLAN: "The plan itself",
}
PERSONAS: Final[Mapping[str, str]] = {
    PersonaKind.ADMINISTRATOR: "Administrators",
    PersonaKind.END_USER: "End users",
    PersonaKind.PLAN_STAFF: "The plan's staff",
}
STATE_NAMES: Final[Mapping[str, str]] = {
    "active": "Approved",
    "pending": "Waits for approval",
    REACTIVATED: "Reactivated after a suspension",
}
WHEN: Final[Mapping[tuple[str, ...], str]] = {
    ("active",): "while the account is approved and was never suspended",
    ("pending",): "while the account waits for approval",
    (REACTIVATED,): "once the account was suspended and reactivated",
    ("active", "pending"): "as long as the account was never suspended",
    ("active", REACTIVATED): "once the account is approved",
    ("pending", REACTIVATED): "while the account waits for approval, or once it was reactivated",
}
STANDS: Final[Mapping[Stand, tuple[str, str]]] = {
    Stand.NOT_BEGUN: ("Not begun", "neutral"),
    Stand.ASKED: ("Yours to finish", "caution"),
    Stand.HANDED_IN: ("With the plan", "neutral"),
    Stand.PASSED: ("Passed", "positive"),
    Stand.REFUSED: ("Not accepted", "negative"),
}
REASONS: Final[Mapping[str, tuple[str, str]]] = {
    Refusal.UNREADABLE: (
        "What you sent could not be read.",
        "Send it again, sharper and whole: all four corners in the picture, without a flash.",
    ),
    Refusal.OTHER_NAME: (
        "The name on what you sent is not the name of your account.",
        "Correct your name under Your account, or send something in the name that stands there.",
    ),
    Refusal.OUT_OF_DATE: ("What you sent is out of date.", "Send one that is valid today."),
    Refusal.NOT_ENOUGH: (
        "What you sent does not show that you are who you say.",
        "Send a photo ID, and something that connects you with the practice, such as your licence.",
    ),
    Refusal.NOT_REACHED: (
        "Nobody answered at the number on file when we called.",
        "Ask for another call at a time when somebody answers, or choose another contact.",
    ),
    Refusal.NOT_KNOWN_THERE: (
        "At the number on file nobody knew you.",
        "Tell the practice that we will call, then ask for another call.",
    ),
}
DANGERS: Final[Mapping[Danger, str]] = {
    Danger.OPEN_TO_NOBODY: "Patient data opens to nobody here, because every way asked for is switched off:",
    Danger.OPEN_TO_UNPROVEN: "Patient data opens without any proof to:",
    Danger.STAFF_NEED_PROOF: "Reviewing identities, or these rules, will open only after a proof to:",
    Danger.PROVER_IS_OFF: "Row {row} asks for a way that is switched off.",
    Danger.NEVER_REACHED: "Row {row} decides nothing: rows above it fit everybody it speaks of.",
}
WAYS: Final[Mapping[str, str]] = {
    Way.MAIL: "Mail to",
    Way.TELEPHONE: "A call to the telephone",
    Way.FAX: "A fax to the number",
    Way.PROVIDER: "Sign in with",
}
KINDS: Final[Mapping[str, str]] = {
    "photo_id": "Photo ID",
    "licence": "Professional licence",
    "letter": "Letter of the practice",
    "other": "Something else",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table as it is read: of whom, when, to open what, by which ways, for how long."""

    who: str
    when: str
    opens: str
    by: tuple[str, ...]
    holds: str


def lines(rules: Sequence[Rule]) -> tuple[Line, ...]:
    """The table as people read it: what it asks of whom."""
    return tuple(map(_line, verification_answers.answers(rules)))


def who(people: Collection[Who]) -> str:
    """These kinds of people, as few words as will do."""
    if set(people) == set(EVERYBODY):
        return "Everybody"
    offices = _in_offices(_types(people, PersonaKind.END_USER), _types(people, PersonaKind.ADMINISTRATOR))
    staff = ["the plan's staff"] if _types(people, PersonaKind.PLAN_STAFF) else []
    said = "; ".join([*offices, *staff])
    return said[:1].upper() + said[1:]


def topics(codes: Iterable[str]) -> str:
    """What is opened, in words."""
    names = {EVERYTHING: "anything but the own account", PATIENT_DATA: "patient data"}
    said = _and([names.get(code) or FUNCTION_NAMES[Function(code)] for code in codes])
    return said[:1].upper() + said[1:]


def caution(each: Caution) -> str:
    """A warning in one sentence."""
    said = DANGERS[each.danger].format(row=each.row)
    return f"{said} {who(each.who)[:1].lower()}{who(each.who)[1:]}." if each.who else said


def _line(answer: Answer) -> Line:
    return Line(
        who=who(answer.who),
        when="" if answer.states == STATES else WHEN[answer.states],
        opens=topics(answer.topics),
        by=tuple(map(prover_words.name, answer.asked.provers)),
        holds=_holds(answer.asked),
    )


def _holds(asked: Asked) -> str:
    days = f"{asked.days} day{'' if asked.days == 1 else 's'}" if asked.days else "For good"
    return f"{days}, if passed since the reactivation" if asked.anew else days


def _in_offices(end_users: Sequence[str], administrators: Sequence[str]) -> list[str]:
    if list(end_users) == list(administrators):
        return [f"everybody at {_offices(end_users)}"] if end_users else []
    said = (("end users", end_users), ("administrators", administrators))
    return [f"{kind} of {_offices(types)}" for kind, types in said if types]


def _types(people: Collection[Who], persona: PersonaKind) -> list[str]:
    return [each.account_type for each in people if each.persona is persona]


def _offices(types: Sequence[str]) -> str:
    if set(types) == set(OFFICE_TYPES):
        return "every office"
    return _and([ACCOUNT_TYPES[each].lower() for each in types])


def _and(said: Sequence[str]) -> str:
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}" if said else ""
