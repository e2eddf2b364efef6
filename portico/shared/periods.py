"""Periods of days; both ends count (DESIGN.md, section 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` to `last`, both included; `last` None means no end is known.

    Raises ValueError when `last` lies before `first`: an empty period is not a period.
    """

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"the period ends on {self.last}, before it begins on {self.first}")

    def holds(self, day: date) -> bool:
        """Is `day` inside, either end included?"""
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: "Period") -> bool:
        """Do the two share at least one day?"""
        return self._reaches(other.first) and other._reaches(self.first)

    def is_over(self, day: date) -> bool:
        """Has the last day gone by on `day`?"""
        return self.last is not None and self.last < day

    def _reaches(self, day: date) -> bool:
        return self.last is None or day <= self.last


def month_end(day: date) -> date:
    """The last day of the month that `day` is in."""
    start_of_next = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return start_of_next - timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """The same day `months` earlier, or that month's last day where it is shorter."""
    years, month_index = divmod(day.year * 12 + day.month - 1 - months, 12)
    start = date(years, month_index + 1, 1)
    return min(start.replace(day=1) + timedelta(days=day.day - 1), month_end(start))


def latest(days: Iterable[date | None]) -> date | None:
    """The latest of the days given; None when there is none."""
    return max((day for day in days if day is not None), default=None)
