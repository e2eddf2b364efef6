"""The sentences of claims: where one stands, why none is found, what happened, and by when what is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from portico.domains.claims.answers import ClaimFacts, Happened, LineFacts
from portico.domains.claims.asked import Asked, Lines, NoClaims, NothingFound
from portico.domains.claims.deadline_rules import Deadline, Kind, Standing, Unit
from portico.domains.claims.matching import ADJUSTED
from portico.domains.claims.rules import Status
from portico.edges.web.codes import states
from portico.edges.web.templatetags import portico as says
from portico.shared import identifiers

FORMS: Final[Mapping[str, str]] = {"professional": "Professional", "institutional": "Institutional"}
RANKS: Final[Mapping[str, str]] = {
    "P": "This plan pays first",
    "S": "This plan pays second",
    "T": "This plan pays third",
}
FREQUENCIES: Final[Mapping[str, str]] = {
    "7": "Replaces an earlier claim",
    "8": "Voids an earlier claim",
}
_UNITS: Final[Mapping[str, str]] = {"UN": "unit", "MJ": "minute", "DA": "day", "F2": "international unit"}
_KINDS: Final[Mapping[str, str]] = {
    Kind.TIMELY_FILING: "Sending the claim in time",
    Kind.DISPUTE: "Disputing the decision",
    Kind.PROMPT_PAY: "Prompt payment by the plan",
}
_FROM: Final[Mapping[str, str]] = {
    Kind.TIMELY_FILING: "from the last day of service",
    Kind.DISPUTE: "from the last decision",
    Kind.PROMPT_PAY: "from the day the claim came in to its first decision",
}
_EVENTS: Final[Mapping[str, str]] = {
    "received": "The plan received the claim",
    "pended": "The claim was set aside",
    "resumed": "Work on the claim went on",
    "approved": "The claim was approved",
    "paid": "The claim was paid",
    "denied": "The claim was denied",
    "reversed": "The payment was taken back",
    "adjusted": "The claim was decided again",
    "replaced": "A corrected claim took its place",
}

_NAMED: Final[Mapping[str, str]] = {"received": "Number", "replaced": "Claim"}
"""What the code of an event names; of every other one it is a payment's number."""


@dataclass(frozen=True, slots=True)
class Said:
    """Why nothing was found, and what to try."""

    title: str
    tries: tuple[str, ...]
    tone: str = "info"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in words."""

    on: date
    title: str
    more: str
    kind: str


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in words."""

    deadline: Deadline
    name: str
    rule: str
    standing: str
    tone: str


def status(code: str) -> str:
    """A status to filter by."""
    return "Decided again" if code == ADJUSTED else states.state(code)


def state(claim: ClaimFacts) -> str:
    """Where a claim stands, in a word or two."""
    said = states.state(claim.status)
    return f"{said}, decided again" if claim.is_adjusted else said


def waits(claim: ClaimFacts) -> str:
    """What a pended claim waits for; empty for every other."""
    return f"Waits for {states.waits_for(claim.pend_reason)}" if claim.pend_reason else ""


def headline(claim: ClaimFacts) -> str:
    """Where a claim stands, since when, as a sentence."""
    on = f"{claim.stated_on:%m/%d/%Y}"
    match claim.status:
        case Status.PAID:
            return f"{says.money(claim.paid or 0)} paid on {on}"
        case Status.DENIED:
            return f"Denied on {on}"
        case Status.PENDED:
            return f"Pended since {on}: waits for {states.waits_for(claim.pend_reason)}"
        case Status.APPROVED:
            return f"Approved on {on}, to be paid with the plan's next payment"
        case Status.REVERSED:
            return f"The payment was taken back on {on}"
        case Status.RECEIVED:
            return f"Received on {on}, not yet decided"


def action(claim: ClaimFacts) -> str:
    """What has to happen next. What the plan wrote off whole leaves the office nothing to read but why."""
    return states.action(claim.next.action)


def asked(question: Asked, *, whole: bool = False) -> list[tuple[str, str]]:
    """What was asked for, each with its label, as a page repeats it; `whole`: with how it is narrowed."""
    days = " to ".join(
        f"{day:%m/%d/%Y}" if day else "any day" for day in (question.first_on, question.last_on)
    )
    told = (
        ("Tax ID", identifiers.format_tax_id(question.tax_id)),
        ("Subscriber or member ID", question.subscriber_id),
        ("Claim number", question.claim_number),
        ("Patient control number", question.patient_control_number),
        ("Days of service", days if question.first_on or question.last_on else ""),
        ("Status", status(question.status) if whole and question.status else ""),
        ("Lines", question.lines.capitalize() if whole and question.lines is not Lines.ALL else ""),
    )
    return [(label, value) for label, value in told if value]


def nothing(answer: NothingFound, line_names: Mapping[str, str]) -> Said:
    """Why there is nothing to show, and what to try next."""
    if answer.reasons == (NoClaims.NOT_RECEIVED,):
        return Said(
            "No claim was found",
            (
                "The plan has not received a claim like this, or received it later than its data reaches.",
                "Check the numbers, and search with fewer of them.",
                "If you sent it more than two business days ago, look for its acknowledgement (277CA).",
            ),
        )
    if answer.reasons == (NoClaims.NOT_ENOUGH,):
        return Said("There is not enough to search by", ("Search again with more of what you know.",))
    return Said("No claim here, but there are others", tuple(_hints(answer, line_names)))


def _hints(answer: NothingFound, line_names: Mapping[str, str]) -> Iterable[str]:
    if NoClaims.OUT_OF_RANGE in answer.reasons and answer.earliest and answer.latest:
        days = f"from {answer.earliest:%m/%d/%Y} to {answer.latest:%m/%d/%Y}"
        yield f"There are claims on other days of service, {days}. Search again with those days, or without."
    if NoClaims.OTHER_STATUS in answer.reasons:
        yield f"There are claims that stand otherwise: {_listed(map(states.state, answer.statuses))}."
    if NoClaims.OTHER_LINE in answer.reasons:
        names = [line_names.get(line, line) for line in answer.lines]
        yield f"There are claims in another line of business: {_listed(names)}."
    if NoClaims.OTHER_TAX_ID in answer.reasons:
        tax_ids = _listed(map(identifiers.format_tax_id, answer.tax_ids))
        yield f"There are claims under another tax ID of yours: {tax_ids}. Search again under it."


def happened(event: Happened) -> Event:
    """Something that happened."""
    title = _EVENTS.get(event.kind, event.kind.capitalize())
    return Event(event.on, title, _more(event), event.kind)


def _more(event: Happened) -> str:
    if event.kind == "pended":
        return f"It waits for {states.waits_for(event.code)}."
    amount = says.money(event.amount) if event.amount else ""
    named = _NAMED.get(event.kind, "Payment")
    return ", ".join(filter(None, (amount, f"{named} {event.code}" if event.code else "")))


def deadline(found: Deadline, today: date) -> Due:
    """A deadline: its name, its rule, and how it stands."""
    rule = found.rule
    kind = "business day" if rule.unit is Unit.BUSINESS else "calendar day"
    said = f"{counted(rule.days, kind)} {_FROM[found.kind]}"
    standing, tone = _standing(found)
    return Due(found, _KINDS[found.kind], said, standing, tone)


def _standing(found: Deadline) -> tuple[str, str]:
    is_plans = found.kind is Kind.PROMPT_PAY
    if found.settled_on is not None:
        on, late = f"{found.settled_on:%m/%d/%Y}", (found.settled_on - found.due_on).days
        if found.standing is Standing.KEPT:
            return f"{'Decided' if is_plans else 'Received'} in time, on {on}", "positive"
        days = counted(late, "day")
        return f"{'Decided' if is_plans else 'Received'} on {on}, {days} late", "negative"
    left = found.days_left or 0
    if found.standing is Standing.RUNNING:
        return ("Today is the last day" if not left else f"{counted(left, 'day')} left"), (
            "caution" if left <= _SOON else "neutral"
        )
    if found.standing is Standing.OVER:
        return f"Over since {counted(-left, 'day')}", "neutral"
    return f"The plan is {counted(-left, 'day')} late", "negative"


_SOON: Final = 14


def code(line: LineFacts) -> str:
    """What was done: the code with its modifiers, the revenue code, or both."""
    procedure = "-".join((line.code, *line.modifiers)) if line.code else ""
    revenue = f"Revenue {line.revenue_code}" if line.revenue_code else ""
    return ", ".join(filter(None, (procedure, revenue))) or "No code"


def units(line: LineFacts) -> str:
    """How much of it: "2 units"."""
    if line.units is None:
        return ""
    return counted_number(f"{line.units.normalize():f}", _UNITS.get(line.unit, line.unit))


def diagnoses(codes: Iterable[str]) -> str:
    """Diagnoses with the dot that people write."""
    return ", ".join(code if len(code) <= _DOT else f"{code[:_DOT]}.{code[_DOT:]}" for code in codes)


_DOT: Final = 3


def counted(number: int, thing: str) -> str:
    """A number of things: "1 day", "3 days"."""
    return counted_number(str(number), thing)


def counted_number(number: str, thing: str) -> str:
    """The same, of a number in words."""
    return f"{number} {thing}" if number == "1" else f"{number} {thing}s"


def _listed(values: Iterable[Any]) -> str:
    return ", ".join(str(value) for value in values)
