"""The federal holidays, on the days on which offices are closed for them (5 U.S.C. 6103)."""

from collections.abc import Iterator
from datetime import date, timedelta

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
_FIXED = (
    (1, 1, "New Year's Day"),
    (6, 19, "Juneteenth"),
    (7, 4, "Independence Day"),
    (11, 11, "Veterans Day"),
    (12, 25, "Christmas Day"),
)
_MOVABLE = (
    (1, MONDAY, 3, "Birthday of Martin Luther King, Jr."),
    (2, MONDAY, 3, "Washington's Birthday"),
    (5, MONDAY, -1, "Memorial Day"),
    (9, MONDAY, 1, "Labor Day"),
    (10, MONDAY, 2, "Columbus Day"),
    (11, THURSDAY, 4, "Thanksgiving Day"),
)
_BEFORE, _AFTER = 1, 2


def around(today: date) -> dict[date, str]:
    """Those of last year, this one and the next two, the earliest first."""
    years = range(today.year - _BEFORE, today.year + _AFTER + 1)
    return dict(sorted(each for year in years for each in _of(year)))


def _of(year: int) -> Iterator[tuple[date, str]]:
    for month, day, name in _FIXED:
        yield _observed(date(year, month, day)), name
    for month, weekday, place, name in _MOVABLE:
        yield _nth(year, month, weekday, place), name


def _observed(day: date) -> date:
    """What falls on a Saturday is kept on the Friday before, what falls on a Sunday on the Monday after."""
    moved = {SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0)
    return day + timedelta(days=moved)


def _nth(year: int, month: int, weekday: int, place: int) -> date:
    """The first, second, … such weekday of the month; -1 the last."""
    if place < 0:
        following = date(year + month // 12, month % 12 + 1, 1)
        last = following - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (place - 1))
