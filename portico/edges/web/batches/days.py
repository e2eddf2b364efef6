"""Days as people and spreadsheets write them: 2026-03-12, 3/12/2026, 03122026, 12-Mar-2026, Excel's 46093."""

import re
from datetime import date, datetime, timedelta

_YEAR_FIRST = re.compile(r"(\d{4})[/\-.](\d{1,2})[/\-.](\d{1,2})|(\d{4})(\d\d)(\d\d)", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{1,2})[/\-.](\d{1,2})[/\-.](\d{4}|\d\d)|(\d\d)(\d\d)(\d{4})", re.ASCII)
_NAMED = ("%d-%b-%Y", "%d %b %Y", "%b %d, %Y", "%B %d, %Y")
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_EXCEL = re.compile(r"\d{5}", re.ASCII)
_EXCEL_BEGINS = date(1899, 12, 30)
_OLDEST, _LATEST = date(1880, 1, 1), date(2100, 1, 1)
_CENTURY = 100


def read(text: str, *, not_after: date | None = None) -> date | None:
    """The day; None where the text is none.

    Where a year has two digits it is the latest with those that is not after `not_after`; without that, one
    of this century.
    """
    plain = _TIME_OF_DAY.sub("", text)
    found = _month_first(plain, not_after) or _year_first(plain) or _named(plain) or _excel(plain)
    return found if found is not None and _OLDEST <= found < _LATEST else None


def _month_first(text: str, not_after: date | None) -> date | None:
    parts = _MONTH_FIRST.fullmatch(text)
    if parts is None:
        return None
    month, day, year = filter(None, parts.groups())
    if len(year) == len("2026"):
        return _within(_day(int(year), int(month), int(day)))
    found = _day(2000 + int(year), int(month), int(day))
    if found is not None and not_after is not None and found > not_after:
        return _day(found.year - _CENTURY, int(month), int(day))
    return found


def _year_first(text: str) -> date | None:
    parts = _YEAR_FIRST.fullmatch(text)
    return _day(*map(int, filter(None, parts.groups()))) if parts else None


def _named(text: str) -> date | None:
    if not re.search("[A-Za-z]{3}", text):
        return None
    for form in _NAMED:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def _excel(text: str) -> date | None:
    """The day as a spreadsheet counts it, where a cell lost its form; four digits may be a mere year."""
    return _EXCEL_BEGINS + timedelta(days=int(text)) if _EXCEL.fullmatch(text) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _within(found: date | None) -> date | None:
    """Eight digits may begin with the month or with the year; only one of the two makes a day of our time."""
    return found if found is not None and _OLDEST <= found < _LATEST else None
