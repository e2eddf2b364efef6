"""The words of letters about requests, in plain language: short sentences, one thing each. Pure.

A letter is written once, when the plan acts, and kept as it is: a later change of these words changes no
letter that was sent. The page, the paper and the 278 take reasons and days from the same rows.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from portico.domains.authorizations import decision_reasons

UNITS: Final = {
    "UN": ("unit", "units"),
    "VS": ("visit", "visits"),
    "DY": ("day", "days"),
    "HS": ("hour", "hours"),
    "MO": ("month", "months"),
}
_OUTCOMES: Final = {
    "approved": "Approved",
    "partly": "Approved in part",
    "denied": "Not approved",
    "not_needed": "No authorization is needed",
}
_TITLES: Final = {
    "approval": "Your request is approved",
    "partial": "Your request is approved in part",
    "denial": "Your request is not approved",
    "information": "We need more to decide on your request",
    "extension": "We need more time to decide on your request",
}
_OPENINGS: Final = {
    "approval": "We looked at your request and approve the care below.",
    "partial": "We looked at your request. We approve a part of it, and say below why not all of it.",
    "denial": "We looked at your request. We do not approve the care below, and say why.",
    "information": "We cannot decide on your request yet. Please send us what is listed below.",
    "extension": "We need longer than usual to decide on your request. Below you find why, and until when.",
}
_PROMISE: Final = (
    "An approval says that the care is needed. What the plan pays also depends on whether the patient is "
    "covered on the day of care, and on the patient's benefits."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a letter: its heading, paragraphs, and points of a list after them."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A service in a letter: what it is, what was asked, what was decided."""

    service: str
    asked: str
    decided: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter whole: everything that is printed, as texts."""

    title: str
    number: str
    written_on: str
    to: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    opening: str
    rows: tuple[Row, ...]
    sections: tuple[Section, ...]

    def plain(self) -> dict[str, Any]:
        """The letter as plain values, for keeping."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ServiceSaid:
    """A service as a letter speaks of it."""

    position: int
    system: str
    code: str
    service_type: str
    unit: str
    quantity: Decimal
    first_on: date
    last_on: date
    outcome: str = ""
    approved_quantity: Decimal | None = None
    approved_first_on: date | None = None
    approved_last_on: date | None = None
    reason_code: str = ""
    reason_text: str = ""
    criteria: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """The request of a letter: who asked, for whom, and how the plan is reached."""

    number: str
    to: tuple[str, ...]
    patient: str
    member_id: str
    received: datetime
    plan: str
    telephone: str


def day(on: date) -> str:
    """`March 12, 2026`."""
    return f"{on:%B} {on.day}, {on.year}"


def instant(at: datetime) -> str:
    """`March 12, 2026, 2:05 PM PDT`, as the clock of `at` shows it."""
    return f"{day(at.date())}, {at.hour % 12 or 12}:{at:%M %p %Z}"


def amount(quantity: Decimal, unit: str) -> str:
    """`12 visits`."""
    one, several = UNITS.get(unit, UNITS["UN"])
    whole = f"{quantity.normalize():f}"
    return f"{whole} {one if quantity == 1 else several}"


def title(kind: str) -> str:
    """The title of a letter of that kind; it names nobody."""
    return _TITLES[kind]


def of_decision(
    kind: str,
    about: About,
    services: Sequence[ServiceSaid],
    *,
    at: datetime,
    appeal_until: date | None,
    talk_until: datetime | None,
    may_appeal: bool = True,
) -> Letter:
    """The letter of a decision: each service, why not all of it, and what may be done now.

    `may_appeal`: it was not appealed before, for there is one appeal.
    """
    sections = [_why(service) for service in services if service.outcome in {"partly", "denied"}]
    if appeal_until is not None:
        sections.append(_next_steps(about, services, appeal_until, talk_until, may_appeal))
    if kind != "denial":
        sections.append(Section("What this approval means", (_PROMISE,)))
    return _letter(kind, about, at, tuple(map(_row, services)), sections)


def of_questions(
    about: About, asked: Sequence[tuple[str, ServiceSaid | None, str, datetime]], *, at: datetime
) -> Letter:
    """The letter that asks for more: what, about which service, in the plan's words, and until when."""
    sections = [
        Section(
            f"{number}. {kind}",
            (
                text,
                f"This is about {name(service) if service else 'the whole request'}.",
                f"Please send it by {instant(due)}.",
            ),
        )
        for number, (kind, service, text, due) in enumerate(asked, 1)
    ]
    how = (
        f"Open request {about.number} in the portal and choose what to answer. You can send documents there.",
        f"If you cannot get something in time, call {about.telephone} and say so.",
        "The time in which we have to decide goes on while we wait, unless we told you that it stands still.",
    )
    return _letter("information", about, at, (), [*sections, Section("How to answer", points=how)])


def of_extension(about: About, *, why: str, due_at: datetime, at: datetime) -> Letter:
    """The letter that says that the decision takes longer, why, and until when."""
    sections = [
        Section("Why it takes longer", (why,)),
        Section("What happens now", (f"We will decide by {instant(due_at)}.",)),
        Section(
            "If you do not agree",
            (f"You may complain about the longer time. Call {about.telephone}.",),
        ),
    ]
    return _letter("extension", about, at, (), sections)


def name(service: ServiceSaid) -> str:
    """What a service is called in a letter: its place and its code, never a description under licence."""
    systems = {"procedure": "procedure code", "revenue": "revenue code", "service_type": "service type"}
    code = service.code or service.service_type
    system = service.system if service.code else "service_type"
    return f"service {service.position} ({systems[system]} {code})"


def _letter(
    kind: str, about: About, at: datetime, rows: tuple[Row, ...], sections: Sequence[Section]
) -> Letter:
    facts = (
        ("Patient", about.patient),
        ("Member ID", about.member_id),
        ("Authorization number", about.number),
        ("Your request came in", instant(about.received)),
    )
    questions = Section("Questions?", (f"Call {about.plan} at {about.telephone}. Keep this number at hand.",))
    return Letter(
        title(kind),
        about.number,
        day(at.date()),
        about.to,
        facts,
        _OPENINGS[kind],
        rows,
        (*sections, questions),
    )


def _row(service: ServiceSaid) -> Row:
    asked = f"{amount(service.quantity, service.unit)}, {_days(service.first_on, service.last_on)}"
    decided = _OUTCOMES[service.outcome]
    if service.approved_quantity is not None and service.approved_first_on and service.approved_last_on:
        given = amount(service.approved_quantity, service.unit)
        decided = f"{decided}: {given}, {_days(service.approved_first_on, service.approved_last_on)}"
    called = name(service)
    return Row(called[0].upper() + called[1:], asked, decided)


def _days(first: date, last: date) -> str:
    return f"on {day(first)}" if first == last else f"{day(first)} to {day(last)}"


def _why(service: ServiceSaid) -> Section:
    reason = decision_reasons.of(service.reason_code)
    called = "not all of" if service.outcome == "partly" else "not"
    return Section(
        f"Why we do {called} approve {name(service)}",
        (reason.means, *service.reason_text.split("\n"), f"We judged it by: {service.criteria}."),
        (reason.advice,),
    )


def _next_steps(
    about: About,
    services: Sequence[ServiceSaid],
    appeal_until: date,
    talk_until: datetime | None,
    may_appeal: bool,
) -> Section:
    adverse = [decision_reasons.of(service.reason_code) for service in services if service.reason_code]
    steps = [
        f"Ask for a reconsideration until {day(appeal_until)}. Send what is new; the plan looks again.",
        f"Appeal until {day(appeal_until)}. Somebody who did not take part in this decision decides. If "
        "waiting could harm the patient, say so, and the appeal is decided faster.",
        f"Ask for the criteria we used. They are free. Call {about.telephone}.",
    ]
    if not may_appeal:
        del steps[1]
    if talk_until is not None and any(reason.is_clinical for reason in adverse):
        steps.insert(
            0,
            "Talk with a physician of the plan, from peer to peer. The treating clinician can book a time in "
            f"the portal until {instant(talk_until)}.",
        )
    intro = f"You do not have to agree. From request {about.number} in the portal you can do any of these:"
    return Section("What you can do now", (intro,), tuple(steps))
