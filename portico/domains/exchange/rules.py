"""Numbers of the exchange log: our control numbers, and how fast answers were. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

CONTROL_NUMBERS = 10**9
WITHIN_MILLISECONDS = 20_000  # CAQH CORE: nine real-time answers in ten of a month take no longer
WANTED_SHARE = 0.9


def control_number(number: int) -> str:
    """Our interchange control number (ISA13) of the exchange with that row number: nine digits."""
    return f"{number % CONTROL_NUMBERS:09d}"


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """How fast real-time answers were: how many, how many of them within 20 s, and how long they took.

    The times are in milliseconds, None without any answer; nine in ten took at most `p90`.
    """

    answers: int = 0
    within: int = 0
    p90: int | None = None
    p99: int | None = None
    slowest: int | None = None

    @property
    def share(self) -> float | None:
        """The share within 20 s, from 0 to 1; None without any answer."""
        return self.within / self.answers if self.answers else None

    @property
    def is_met(self) -> bool:
        """Is what CAQH CORE asks for met? Where nobody asked, it is."""
        return self.share is None or self.share >= WANTED_SHARE


def service_level(times: Mapping[int, int]) -> ServiceLevel:
    """How fast answers were; `times` maps milliseconds to how many answers took so long."""
    if not times:
        return ServiceLevel()
    return ServiceLevel(
        answers=sum(times.values()),
        within=sum(count for taken, count in times.items() if taken <= WITHIN_MILLISECONDS),
        p90=_percentile(times, 90),
        p99=_percentile(times, 99),
        slowest=max(times),
    )


def _percentile(times: Mapping[int, int], percent: int) -> int:
    """The smallest time that so many of a hundred answers did not pass."""
    wanted, seen = sum(times.values()) * percent, 0
    for taken in sorted(times):
        seen += times[taken]
        if seen * 100 >= wanted:
            return taken
    raise AssertionError("a hundred of a hundred are reached")
