"""The days that texts name, counted from the day the demo is built.

year, year-1, year+1     the first of January; `year:12-31` a day of it
quarter                  the first day of the quarter the document is for
-45, +20                 so many days from today
"""

import re
from datetime import date, time
from typing import Final
from zlib import crc32

from portico.demo import days

_YEAR: Final = re.compile(r"year([+-]\d+)?(?::(\d\d)-(\d\d))?")
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
QUARTERS: Final = 5
_NAMED: Final = ("first", "second", "third", "fourth")


def day(written: str, *, today: date, quarter: date | None = None) -> date:
    """The day that is written; raises ValueError for one that cannot be read."""
    if written == "quarter":
        return quarter or quarters(today)[0]
    found = _YEAR.fullmatch(written)
    if found is None:
        return days.days_after(today, int(written))
    year = days.year_start(today, int(found[1] or 0))
    return year.replace(month=int(found[2]), day=int(found[3])) if found[2] else year


def told_on(first_on: date, today: date, key: str) -> date:
    """The day a text that holds from `first_on` was published: some days before, Monday to Friday, past."""
    day = days.days_after(min(first_on, today), -3 - crc32(key.encode()) % 18)
    return days.days_after(day, -max(0, day.weekday() - 4))


def quarters(today: date) -> tuple[date, ...]:
    """The first days of this quarter and of those before it, the latest first."""
    since = (today.month - 1) % 3
    return tuple(days.month_start(today, -since - 3 * before) for before in range(QUARTERS))


def time_of_day(key: str) -> time:
    """When on that day: in office hours, always the same for a key."""
    minutes = crc32(key[::-1].encode()) % 500
    return time(8 + minutes // 60, minutes % 60)


def in_words(day: date) -> str:
    """A day as it is read in a text."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def quarter_in_words(first: date) -> str:
    """A quarter by its first day."""
    return f"{_NAMED[(first.month - 1) // 3]} quarter of {first.year}"
