"""Business time: what of the plan's working days lies between two instants, and when it is due. Pure.

A business day is one open day of the plan, whatever its length: an hour of a day that is open for ten is a
tenth of it. Days and hours are the plan's own clock; the instants between which they run are real ones, so a
night with a changed clock neither gives nor takes working time, and a day on which the clock changes while
the plan is open is as long as it really was (decision record 0037).

    Friday 16:00 -> Monday 09:00, open from 08:00 to 17:00: 1/9 and 1/9, 0.2222 business days
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

PLACES: Final = Decimal("0.0001")
LONGEST_SEARCH: Final = timedelta(days=3660)
_DAY: Final = timedelta(days=1)
_TICK: Final = timedelta(microseconds=1)


class NeverOpen(ValueError):
    """The plan does not work often enough for that much business time to come within ten years."""


class Open(NamedTuple):
    """From when to when the plan works on a day of the week, by its own clock."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Hours:
    """When the plan works: by the day of the week (0 is Monday; none named is closed), but on no holiday."""

    zone: tzinfo
    weekly: Mapping[int, Open]
    holidays: frozenset[date] = frozenset()


def elapsed(hours: Hours, start: datetime, end: datetime) -> Decimal:
    """How many business days lie between two aware instants, to four places; 0 where `end` is not later."""
    days = share(hours, start, end)
    return (Decimal(days.numerator) / Decimal(days.denominator)).quantize(PLACES)


def share(hours: Hours, start: datetime, end: datetime) -> Fraction:
    """The same exactly: for instants in order, the parts of a time always add up to the whole."""
    days = Fraction(0)
    for opens, closes in _spans(hours, start, _day(hours, end)):
        open_for = max(min(closes, end) - max(opens, start), timedelta())
        days += Fraction(open_for // _TICK, (closes - opens) // _TICK)
    return days


def after(hours: Hours, start: datetime, days: Decimal) -> datetime:
    """The first instant, in UTC, at which that many business days have passed since `start`.

    `start` itself for none. What ends with a day ends when the plan closes, not when it opens again. Raises
    NeverOpen, and ValueError for less than none.
    """
    if days < 0:
        raise ValueError("business time does not run backwards")
    left = Fraction(days)
    if not left:
        return start.astimezone(UTC)
    for opens, closes in _spans(hours, start, _day(hours, start + LONGEST_SEARCH)):
        length, begun = (closes - opens) // _TICK, max(opens, start)
        held = Fraction(max(closes - begun, timedelta()) // _TICK, length)
        if held >= left:
            return begun + round(left * length) * _TICK
        left -= held
    raise NeverOpen("the plan is closed for too long")


def later(hours: Hours, start: datetime, open_for: timedelta) -> datetime:
    """The first instant, in UTC, by which the plan has been open for that long since `start`.

    Hours of one day are as long as those of another here, however long the days are. `start` itself for none.
    Raises NeverOpen, and ValueError for less than none.
    """
    if open_for < timedelta():
        raise ValueError("business time does not run backwards")
    left = open_for
    if not left:
        return start.astimezone(UTC)
    for opens, closes in _spans(hours, start, _day(hours, start + LONGEST_SEARCH)):
        begun = max(opens, start)
        held = max(closes - begun, timedelta())
        if held >= left:
            return begun.astimezone(UTC) + left
        left -= held
    raise NeverOpen("the plan is closed for too long")


def day_of(hours: Hours, at: datetime) -> date:
    """The business day an instant belongs to: its own while the plan still works on it, else the next.

    Raises NeverOpen.
    """
    for opens, closes in _spans(hours, at, _day(hours, at + LONGEST_SEARCH)):
        if at < closes:
            return _day(hours, opens)
    raise NeverOpen("the plan is closed for too long")


def is_open(hours: Hours, at: datetime) -> bool:
    """Does the plan work at this instant? When it closes it does no more."""
    return any(opens <= at < closes for opens, closes in _spans(hours, at, _day(hours, at)))


def _spans(hours: Hours, start: datetime, last: date) -> Iterator[tuple[datetime, datetime]]:
    """From when to when the plan is open, in UTC, from the day of `start` to the last one."""
    on = _day(hours, start)
    while on <= last:
        span = _span(hours, on)
        if span is not None:
            yield span
        on += _DAY


def _span(hours: Hours, on: date) -> tuple[datetime, datetime] | None:
    """The opening of one day; None where it is closed, or where the changed clock leaves nothing of it."""
    by_week = hours.weekly.get(on.weekday())
    if by_week is None or on in hours.holidays:
        return None
    opens, closes = (
        datetime.combine(on, clock, hours.zone).astimezone(UTC) for clock in (by_week.opens, by_week.closes)
    )
    return (opens, closes) if opens < closes else None


def _day(hours: Hours, at: datetime) -> date:
    return at.astimezone(hours.zone).date()
