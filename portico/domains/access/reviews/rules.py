"""When an office looks through who may do what, when it is reminded, and what counts as not used. Pure."""

import calendar
from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from portico.shared.periods import Period

NOTICE_DAYS: Final = (14, 7, 1)
"""So many days before the end its administrators are told."""
LOOKED_BACK: Final = timedelta(days=90)
"""What was held for so long and used on none of these days is flagged."""
_A_DAY: Final = timedelta(days=1)


class Said(StrEnum):
    """What is said of one persona: all stays, what is not used goes, or the persona does."""

    KEPT = "kept"
    CHANGED = "changed"
    REMOVED = "removed"


def months_before(on: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a month that is too short."""
    years, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(years, month + 1, min(on.day, calendar.monthrange(years, month + 1)[1]))


def passed(due_on: date, *, today: date) -> tuple[int, ...]:
    """The reminders whose day has come, the earliest first; the last day of the review counts."""
    left = (due_on - today).days
    return tuple(days for days in NOTICE_DAYS if left <= days)


def to_tell(due_on: date, noticed: Collection[int], *, today: date) -> tuple[int, ...]:
    """Those that were not told yet. A worker that stood still tells once for all it missed."""
    return tuple(days for days in passed(due_on, today=today) if days not in noticed)


def is_over(due_on: date, *, today: date) -> bool:
    """Has the time of a review passed? Its last day is within it."""
    return today > due_on


def is_unused(given_on: date, last_used_on: date | None, *, today: date) -> bool:
    """Was it held for the whole time looked back on, and never used in it?"""
    begin = today - LOOKED_BACK
    return given_on <= begin and (last_used_on is None or last_used_on < begin)


def joined(earlier: Period, later: Period) -> Period:
    """Both as one where the later begins no later than the day after the earlier's end; else the later."""
    if earlier.last is not None and later.first > earlier.last + _A_DAY:
        return later
    lasts = None if earlier.last is None or later.last is None else max(earlier.last, later.last)
    return Period(earlier.first, lasts)
