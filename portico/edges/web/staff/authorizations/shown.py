"""Requests as the pages of the plan's desk show them: words for codes, time left in words, days in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from portico.domains.authorizations import decision_reasons, letter_words, question_kinds
from portico.domains.authorizations.facts.shown import Clock, EventFacts, ServiceFacts, Standing
from portico.domains.authorizations.queue import Row
from portico.edges.web.codes import authorizations as words

_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class Left:
    """The time left of a clock, in words and in a tone; `words` is empty where there is nothing to say."""

    words: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class ServiceShown:
    """A service with its codes in words."""

    service: ServiceFacts
    name: str
    asked: str
    state: str
    tone: str
    approved: str
    used: str
    reason: str
    is_to_decide: bool
    is_awaited: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the ledger in words."""

    event: EventFacts
    title: str
    more: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the work list in words."""

    row: Row
    about: str
    kind: str
    level: str
    state: str
    tone: str
    left: Left


def left(clock: Clock) -> Left:
    """How long there is still to decide."""
    match clock.standing:
        case Standing.PAUSED:
            return Left("Stands still", "caution")
        case Standing.KEPT:
            return Left("In time", "positive")
        case Standing.BREACHED:
            return Left("Too late", "negative")
        case Standing.NONE:
            return Left("")
    seconds = clock.left_seconds or 0
    if seconds < 0:
        return Left(f"{_span(-seconds)} late", "negative")
    return Left(f"{_span(seconds)} left", "caution" if seconds <= _DAY else "neutral")


def line(row: Row) -> Line:
    """A row of the list."""
    more = f" and {row.service_count - 1} more" if row.service_count > 1 else ""
    return Line(
        row=row,
        about=f"{row.about}{more}",
        kind=words.KINDS.get(row.kind, row.kind),
        level=words.LEVELS.get(row.level, row.level),
        state=words.state(row.state),
        tone=words.tone(row.state),
        left=left(row.clock),
    )


def services(
    held: Iterable[ServiceFacts], to_decide: Sequence[int], awaited: Sequence[int]
) -> tuple[ServiceShown, ...]:
    """The services of a request."""
    return tuple(_service(each, each.position in to_decide, each.position in awaited) for each in held)


def name(service: ServiceFacts) -> str:
    """What a service is called: its code and its service type."""
    kind = words.SYSTEMS["service_type"]
    if not service.code:
        return f"{kind} {service.service_type}"
    coded = f"{words.SYSTEMS.get(service.system, service.system)} {service.code}"
    modified = "-".join((coded, *service.modifiers))
    return f"{modified}, {kind.lower()} {service.service_type}" if service.service_type else modified


def history(events: Iterable[EventFacts]) -> tuple[Happening, ...]:
    """The ledger, the latest first."""
    return tuple(_happening(event) for event in reversed(tuple(events)))


def _service(service: ServiceFacts, is_to_decide: bool, is_awaited: bool) -> ServiceShown:
    approved = ""
    if service.approved_quantity is not None:
        approved = amount(service.approved_quantity, service.unit)
    reason = decision_reasons.BY_CODE.get(service.reason_code)
    return ServiceShown(
        service=service,
        name=name(service),
        asked=amount(service.quantity, service.unit),
        state=words.state(service.state),
        tone=words.tone(service.state),
        approved=approved,
        used=amount(service.used, service.unit) if approved else "",
        reason=reason.means if reason else "",
        is_to_decide=is_to_decide,
        is_awaited=is_awaited,
    )


def amount(quantity: Decimal, unit: str) -> str:
    """`12 visits`."""
    return letter_words.amount(quantity, unit)


def _happening(event: EventFacts) -> Happening:
    by = event.by or words.SIDES.get(event.side, event.side)
    said = _CODES.get(event.kind, {}).get(event.code, "")
    basis = words.BASES.get(event.basis, "") if event.basis != "first" else ""
    return Happening(
        event, words.EVENTS.get(event.kind, event.kind), ", ".join(filter(None, (said, basis, by)))
    )


_CODES: Final = {
    "decided": words.OUTCOMES,
    "asked": question_kinds.BY_CODE,
    "answered": question_kinds.BY_CODE,
    "withdrawn": question_kinds.BY_CODE,
    "lapsed": question_kinds.BY_CODE,
    "extended": words.EXTENSIONS,
    "letter": words.LETTERS,
    "levelled": words.LEVELS,
}


def _span(seconds: int) -> str:
    """The two largest units: `2 days 3 hours`, `5 hours 10 minutes`."""
    days, rest = divmod(seconds, _DAY)
    hours, minutes = rest // _HOUR, rest % _HOUR // 60
    pairs = ((days, "day"), (hours, "hour")) if days else ((hours, "hour"), (minutes, "minute"))
    told = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in pairs if count]
    return " ".join(told) or "Less than a minute"
