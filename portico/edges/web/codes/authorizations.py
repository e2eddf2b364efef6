"""Requests in words: where one stands, what is asked for, by whom; for offices and for the plan's desk."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final

from portico.domains.authorizations.facts.requested import Level, Unit
from portico.domains.authorizations.facts.shown import Clock, Standing, State
from portico.edges.web.authorizations.labels import KINDS as KINDS
from portico.edges.web.authorizations.labels import ROLES as ROLES
from portico.edges.web.authorizations.labels import SERVICE_TYPES as SERVICE_TYPES

STATES: Final[Mapping[str, str]] = {
    State.IN_REVIEW: "In review",
    State.PENDED: "Pended for information",
    State.APPROVED: "Approved",
    State.PARTLY: "Approved in part",
    State.DENIED: "Denied",
    State.CANCELLED: "Cancelled",
    State.NOT_NEEDED: "Not needed",
}
TONES: Final[Mapping[str, str]] = {
    State.IN_REVIEW: "neutral",
    State.PENDED: "caution",
    State.APPROVED: "positive",
    State.PARTLY: "caution",
    State.DENIED: "negative",
    State.CANCELLED: "neutral",
    State.NOT_NEEDED: "positive",
}
LEVELS: Final[Mapping[str, str]] = {Level.STANDARD: "Standard", Level.EXPEDITED: "Expedited"}
_UNITS: Final[Mapping[str, tuple[str, str]]] = {
    Unit.UNITS: ("unit", "units"),
    Unit.VISITS: ("visit", "visits"),
    Unit.DAYS: ("day", "days"),
    Unit.HOURS: ("hour", "hours"),
    Unit.MONTHS: ("month", "months"),
}
_LEFT: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60))


def quantity(amount: Decimal, unit: str) -> str:
    """How much of a service: "12 visits", "1.5 hours"."""
    one, many = _UNITS.get(unit, ("unit", "units"))
    plain = format(amount.normalize(), "f")
    return f"{plain} {one if plain == '1' else many}"


def service(code: str, service_type: str, modifiers: tuple[str, ...] = ()) -> str:
    """What is asked for: the code with its modifiers, or what the service type means."""
    if code:
        return "-".join((code, *modifiers))
    return SERVICE_TYPES.get(service_type, f"Service type {service_type}")


def time(seconds: int) -> str:
    """A stretch of time by its two largest parts: "2 days 5 hours", "35 minutes"."""
    rest = abs(seconds)
    parts: list[str] = []
    for word, size in _LEFT:
        many, rest = divmod(rest, size)
        if many or (word == "minute" and not parts):
            parts.append(f"{many} {word}{'' if many == 1 else 's'}")
        elif parts:
            break
    return " ".join(parts[:2])


def countdown(clock: Clock) -> str:
    """What the clock of a request says; empty where none runs."""
    left = time(clock.left_seconds or 0)
    said = {
        Standing.RUNNING: f"{left} left",
        Standing.OVERDUE: f"{left} overdue",
        Standing.PAUSED: "Stands still",
        Standing.KEPT: "Answered in time",
        Standing.BREACHED: "Answered late",
    }
    return said.get(clock.standing, "")


def clock_tone(clock: Clock) -> str:
    """How urgent the clock is; the last quarter of a running one asks for attention."""
    if clock.standing in (Standing.OVERDUE, Standing.BREACHED):
        return "negative"
    if clock.standing is not Standing.RUNNING or clock.starts_at is None or clock.due_at is None:
        return "neutral"
    whole = (clock.due_at - clock.starts_at) / timedelta(seconds=1)
    return "caution" if (clock.left_seconds or 0) * 4 <= whole else "neutral"
