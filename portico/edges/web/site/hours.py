"""When the plan works, in words: each day of the week, what is closed soon, and whether it is open now."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from portico.domains.permits.actors import Actor
from portico.domains.plan import business_time, opening
from portico.domains.plan.business_time import Open
from portico.domains.plan.opening_rules import WEEKDAYS
from portico.edges.web import zones

SOON: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class HoursInWords:
    """Days of the week with the same hours as one line each; `closed_soon` are the holidays of sixty days."""

    lines: tuple[tuple[str, str], ...]
    closed_soon: tuple[tuple[date, str], ...]
    is_open: bool
    zone: str


def in_words(actor: Actor) -> HoursInWords:
    """The plan's hours as they stand when this actor asks."""
    hours, today = opening.hours(), actor.today
    closed = opening.written_holidays().items()
    return HoursInWords(
        lines=tuple(_lines([hours.weekly.get(day) for day in range(7)])),
        closed_soon=tuple((day, name) for day, name in closed if today <= day <= today + SOON),
        is_open=business_time.is_open(hours, actor.asked_at),
        zone=zones.name_of(str(hours.zone)),
    )


def _lines(week: list[Open | None]) -> list[tuple[str, str]]:
    """Neighbouring days with the same hours together: Monday to Friday."""
    lines: list[tuple[str, str]] = []
    first = 0
    for day in range(1, 8):
        if day == 7 or week[day] != week[first]:
            lines.append((_days(first, day - 1), _clocks(week[first])))
            first = day
    return lines


def _days(first: int, last: int) -> str:
    names = [WEEKDAYS[day].capitalize() for day in (first, last)]
    if first == last:
        return names[0]
    return f"{names[0]} {'and' if last == first + 1 else 'to'} {names[1]}"


def _clocks(hours: Open | None) -> str:
    return f"{_clock(hours.opens)} to {_clock(hours.closes)}" if hours else "Closed"


def _clock(at: time) -> str:
    return f"{at:%I:%M %p}".lstrip("0")
