"""What decides about members, read as the plan's policy: verdicts, amounts, windows, waits. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from portico.domains.members.answers import PcpStanding, Verdict
from portico.domains.members.asked import NoAnswer
from portico.shared import money, periods
from portico.shared.periods import Period

MONTHS_BACK = 12
MONTHS_AHEAD = 0
MOST_CANDIDATES = 20
LOOKUP_LIFE = timedelta(hours=12)
YEARS_BACK_OWED = 10

MISSES_ARE_COUNTED_FOR = timedelta(hours=1)
FREE_MISSES = 9
FREE_MISSES_OF_MACHINES = 200
LONGEST_WAIT = timedelta(minutes=5)
SSN_MISSES_AN_HOUR = 20

# HD03 of the 834: what is no medical coverage. Anything else is, also what a core system calls its own way.
NOT_MEDICAL = frozenset("AG AK DCP DEN HE LTC LTD MOD PDG STD UR VIS".split())
SUBSCRIBER = "18"


@dataclass(frozen=True, slots=True)
class Span:
    """A span of coverage, as far as it decides; `product` is the 834's HD03."""

    product: str
    period: Period
    premium_paid_to: date | None = None


@dataclass(frozen=True, slots=True)
class PastMiss:
    """A search that found nobody, and whether it was by SSN."""

    at: datetime
    by_ssn: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """The as-of dates that may be asked for, both ends included."""

    earliest: date
    latest: date

    def refusal(self, as_of: date) -> NoAnswer | None:
        """Why `as_of` may not be asked for; None when it may."""
        if as_of < self.earliest:
            return NoAnswer.TOO_EARLY
        return NoAnswer.TOO_LATE if as_of > self.latest else None


def window(today: date, *, months_back: int = MONTHS_BACK, months_ahead: int = MONTHS_AHEAD) -> Window:
    """From the same day so many months back to the end of the month so many ahead (CAQH CORE 154)."""
    return Window(
        periods.months_before(today, months_back), periods.month_end(_months_after(today, months_ahead))
    )


def years_owed(today: date) -> range:
    """The years for which a plan owes a Schedule of Benefits: ten back to the next one."""
    return range(today.year - YEARS_BACK_OWED, today.year + 2)


def span_verdict(span: Span, on: date) -> Verdict:
    """What one span says of a day: both ends count; paid up to the day before or less means grace."""
    if on < span.period.first:
        return Verdict.NOT_YET_ACTIVE
    if not span.period.holds(on):
        return Verdict.TERMINATED
    in_grace = span.premium_paid_to is not None and span.premium_paid_to < on
    return Verdict.ACTIVE_IN_GRACE if in_grace else Verdict.ACTIVE


def deciding(spans: Sequence[Span], on: date) -> int | None:
    """The place of the span that decides; None when there is none.

    Medical coverage goes before dental, vision and the like, so that an office is never told "active" on
    the strength of a dental plan. Then a span in force on the day, the latest start first; then the one
    that ended last; then the one that starts first.
    """
    return max(range(len(spans)), key=lambda place: _weight(spans[place], on), default=None)


def verdict(spans: Sequence[Span], on: date) -> Verdict:
    """What all the spans together say of a day; no span at all is not covered."""
    place = deciding(spans, on)
    return Verdict.NOT_COVERED if place is None else span_verdict(spans[place], on)


def pcp_standing(
    *,
    tax_id: str,
    office_tax_ids: Collection[str],
    groups: Collection[str] = (),
    office_groups: Collection[str] = (),
) -> PcpStanding:
    """Where a PCP billing under `tax_id` through `groups` stands, seen from an office and its own groups."""
    if tax_id and tax_id in office_tax_ids:
        return PcpStanding.IN_YOUR_OFFICE
    if set(groups) & set(office_groups):
        return PcpStanding.IN_YOUR_GROUP
    return PcpStanding.ELSEWHERE


def remaining(total: Decimal, used: Decimal | None) -> Decimal | None:
    """What is left of `total`, never below zero; None when nobody says how much is used."""
    return None if used is None else money.remaining(total, used)


def again_at(
    misses: Sequence[PastMiss], *, now: datetime, by_ssn: bool, free: int = FREE_MISSES
) -> datetime | None:
    """From when a searcher may search again; None: now.

    `free` misses an hour cost nothing: nine of a person, two hundred of a machine, which asks for a whole
    office. After that each miss doubles the wait, from two seconds to five minutes.
    After twenty misses by SSN in an hour, searching by SSN waits until the hour has passed (SECURITY.md,
    Data).
    """
    since = now - MISSES_ARE_COUNTED_FOR
    recent = sorted((miss for miss in misses if miss.at > since), key=lambda miss: miss.at)
    waits = [recent[-1].at + wait_after(len(recent), free=free)] if recent else []
    ssn = [miss.at for miss in recent if miss.by_ssn]
    if by_ssn and len(ssn) >= SSN_MISSES_AN_HOUR:
        waits.append(ssn[-SSN_MISSES_AN_HOUR] + MISSES_ARE_COUNTED_FOR)
    return max((until for until in waits if until > now), default=None)


def wait_after(misses: int, *, free: int = FREE_MISSES) -> timedelta:
    """How long to wait after so many misses in an hour: past the free ones 2, 4, 8 … seconds, at most 300."""
    over = misses - free
    if over <= 0:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(over, 16)), LONGEST_WAIT)


def _weight(span: Span, on: date) -> tuple[bool, int, int, int]:
    medical, day = span.product not in NOT_MEDICAL, span.period.first.toordinal()
    match span_verdict(span, on):
        case Verdict.NOT_YET_ACTIVE:
            return medical, 0, -day, 0
        case Verdict.TERMINATED:
            last = span.period.last or span.period.first
            return medical, 1, last.toordinal(), day
        case _:
            return medical, 2, day, 0


def _months_after(day: date, months: int) -> date:
    return periods.months_before(day.replace(day=1), -months)
