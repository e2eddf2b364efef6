"""What a plan's opening hours and holidays may be. Pure."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, time
from typing import Final

from portico.domains.plan.business_time import Open
from portico.domains.plan.rules import LONGEST_NAME, CannotConfigure

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DEFAULT_WEEKLY: Final[Mapping[int, Open]] = dict.fromkeys(range(5), Open(time(8), time(17)))
"""What holds where the plan has said nothing: Monday to Friday, 8 to 5."""
MOST_HOLIDAYS: Final = 500
FEWEST_OPEN: Final = 12
"""So many days of a year the plan works at least: with fewer, nothing that is asked for would ever be due."""
_WEEKS: Final = 52


def check_weekly(weekly: Mapping[int, Open]) -> None:
    """The plan closes after it opens, in whole minutes; no hours: the default. Raises CannotConfigure."""
    for weekday, (opens, closes) in sorted(weekly.items()):
        if not 0 <= weekday < len(WEEKDAYS):
            raise CannotConfigure("a week has seven days, 0 to 6")
        if closes <= opens:
            raise CannotConfigure(f"hours, {WEEKDAYS[weekday]}: the plan closes before it opens")
        if any(each.replace(second=0, microsecond=0) != each or each.tzinfo for each in (opens, closes)):
            raise CannotConfigure(f"hours, {WEEKDAYS[weekday]}: say whole minutes of the plan's own clock")


def check_holidays(holidays: Mapping[date, str], weekly: Mapping[int, Open]) -> None:
    """Each has a name, and enough working days are left in every year. Raises CannotConfigure."""
    if len(holidays) > MOST_HOLIDAYS:
        raise CannotConfigure(f"holidays: {MOST_HOLIDAYS} at most")
    for on, name in holidays.items():
        if not 0 < len(name.strip()) <= LONGEST_NAME:
            raise CannotConfigure(f"holidays, {on}: a name has 1 to {LONGEST_NAME} characters")
    working = weekly or DEFAULT_WEEKLY
    taken = Counter(on.year for on in holidays if on.weekday() in working)
    for year, days in taken.items():
        if _WEEKS * len(working) - days < FEWEST_OPEN:
            raise CannotConfigure(f"holidays leave fewer than {FEWEST_OPEN} working days in {year}")
