"""How complete encounters are: what was sent against what the plan expects, and how late it came. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from portico.shared.periods import month_end

RIPE_AFTER = timedelta(days=90)
"""A month is ripe once so many days have passed since its end: until then its encounters still come in."""

_COUNTED_ON = 15
_PER = Decimal(1000)
_TENTH = Decimal("0.1")


class NoScore(StrEnum):
    """Why there is no score."""

    NO_EXPECTATION = "no_expectation"
    NO_MEMBERS = "no_members"
    NOTHING_RIPE = "nothing_ripe"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Lag:
    """How many encounters came within so many days of their last day; `beyond`: after more than ninety."""

    within_30: int = 0
    within_60: int = 0
    within_90: int = 0
    beyond: int = 0

    def __add__(self, other: "Lag") -> "Lag":
        return Lag(
            self.within_30 + other.within_30,
            self.within_60 + other.within_60,
            self.within_90 + other.within_90,
            self.beyond + other.beyond,
        )

    @property
    def total(self) -> int:
        """All of them."""
        return self.within_30 + self.within_60 + self.within_90 + self.beyond

    @property
    def in_time(self) -> Decimal | None:
        """The percentage that came within ninety days; None without any."""
        return _percent(self.total - self.beyond, self.total)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of service of one group and line: what came, how late, and for how many assigned members.

    `expected` is None where the plan has said nothing. `is_ripe`: its ninety days are over.
    """

    first_on: date
    encounters: int
    lag: Lag
    members: int
    expected: Decimal | None
    is_ripe: bool


@dataclass(frozen=True, slots=True)
class Score:
    """The percentage of what is expected of ripe months that came, or why there is none; over 100 is more."""

    percent: Decimal | None
    why_not: NoScore | None = None


def months_back(today: date, count: int) -> tuple[date, ...]:
    """The first days of the last so many whole months before today's, the oldest first."""
    found: list[date] = []
    day = today.replace(day=1)
    for _ in range(count):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(day)
    return tuple(reversed(found))


def counted_on(month: date) -> date:
    """The day of a month on which assigned members are counted."""
    return month.replace(day=_COUNTED_ON)


def is_ripe(month: date, today: date) -> bool:
    """Are the ninety days since the month's end over?"""
    return month_end(month) + RIPE_AFTER < today


def rate_for(rates: Mapping[tuple[str, str], Decimal], *, line: str, tax_id: str) -> Decimal | None:
    """The rate the plan set, by (line, tax ID), the narrowest first; None where it set none."""
    for key in ((line, tax_id), ("", tax_id), (line, ""), ("", "")):
        if key in rates:
            return rates[key]
    return None


def expected(members: int, rate: Decimal | None) -> Decimal | None:
    """How many encounters are expected of so many members in a month."""
    return None if rate is None else members * rate / _PER


def score(months: Iterable[Month], *, is_part: bool = False) -> Score:
    """How complete the ripe months are together."""
    all_of_them = list(months)
    if any(month.expected is None for month in all_of_them):
        return Score(None, NoScore.NO_EXPECTATION)
    if is_part:
        return Score(None, NoScore.PART)
    ripe = [month for month in all_of_them if month.is_ripe]
    if not ripe:
        return Score(None, NoScore.NOTHING_RIPE)
    wanted = sum((month.expected or Decimal(0) for month in ripe), Decimal(0))
    came = sum(month.encounters for month in ripe)
    if not wanted:
        return Score(None, NoScore.NO_MEMBERS)
    return Score((came * 100 / wanted).quantize(_TENTH, ROUND_HALF_UP))


def _percent(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) * 100 / whole).quantize(_TENTH, ROUND_HALF_UP) if whole else None
