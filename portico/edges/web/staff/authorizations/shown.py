"""Requests as the pages of the plan's desk show them: words for codes, time left in words, days in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from portico.domains.authorizations import decision_reasons, question_kinds
from portico.domains.authorizations.facts.shown import Clock, EventFacts, ServiceFacts
from portico.domains.authorizations.queue import Row
from portico.domains.authorizations.reviewing import Traced
from portico.edges.web.codes import authorizations as codes
from portico.edges.web.staff.authorizations import words


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
class StepShown:
    """A rule that was tried, and whether each of its conditions held."""

    rule: str
    holds: bool
    conditions: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class TraceShown:
    """What the rules made of a request."""

    trace: Traced
    outcome: str
    steps: tuple[StepShown, ...]


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
    """How long there is still to decide, or how it ended."""
    return Left(codes.countdown(clock), codes.clock_tone(clock))


def line(row: Row) -> Line:
    """A row of the list."""
    more = f" and {row.service_count - 1} more" if row.service_count > 1 else ""
    return Line(
        row=row,
        about=f"{row.about}{more}",
        kind=codes.KINDS.get(row.kind, row.kind),
        level=codes.LEVELS.get(row.level, row.level),
        state=codes.STATES.get(row.state, row.state),
        tone=codes.TONES.get(row.state, "neutral"),
        left=left(row.clock),
    )


def services(
    held: Iterable[ServiceFacts], to_decide: Sequence[int], awaited: Sequence[int]
) -> tuple[ServiceShown, ...]:
    """The services of a request."""
    return tuple(_service(each, each.position in to_decide, each.position in awaited) for each in held)


def name(service: ServiceFacts) -> str:
    """What a service is called: its code, and what its service type means."""
    called = codes.service(service.code, service.service_type, service.modifiers)
    kind = codes.SERVICE_TYPES.get(service.service_type, "")
    return f"{called}: {kind}" if service.code and kind else called


def history(events: Iterable[EventFacts]) -> tuple[Happening, ...]:
    """The ledger, the latest first."""
    return tuple(_happening(event) for event in reversed(tuple(events)))


def trace(held: Traced) -> TraceShown:
    """What the rules made of a request, rule by rule."""
    return TraceShown(held, words.RULES_SAY.get(held.outcome, held.outcome), tuple(map(_step, held.steps)))


def condition(field: str, test: str) -> str:
    """`Level of service is one of`."""
    return f"{words.INPUTS.get(field, field)} {words.TESTS.get(test, test)}"


def _step(step: Mapping[str, Any]) -> StepShown:
    told = tuple((condition(field, test), bool(held)) for field, test, held in step["conditions"])
    return StepShown(f"{step['rule']}, version {step['version']}", bool(step["holds"]), told)


def _service(service: ServiceFacts, is_to_decide: bool, is_awaited: bool) -> ServiceShown:
    approved = ""
    if service.approved_quantity is not None:
        approved = codes.quantity(service.approved_quantity, service.unit)
    reason = decision_reasons.BY_CODE.get(service.reason_code)
    return ServiceShown(
        service=service,
        name=name(service),
        asked=codes.quantity(service.quantity, service.unit),
        state=codes.STATES[service.state],
        tone=codes.TONES[service.state],
        approved=approved,
        used=codes.quantity(service.used, service.unit) if approved else "",
        reason=reason.means if reason else "",
        is_to_decide=is_to_decide,
        is_awaited=is_awaited,
    )


def _happening(event: EventFacts) -> Happening:
    by = event.by if event.by and event.side != "system" else words.SIDES.get(event.side, event.side)
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
    "levelled": codes.LEVELS,
}
