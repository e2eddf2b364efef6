"""The plan's policy on members, as tables with the edges of every range."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portico.domains.members import rules
from portico.domains.members.answers import PcpStanding, Verdict
from portico.domains.members.asked import NoAnswer
from portico.domains.members.rules import PastMiss, Span
from portico.shared.periods import Period

DAY = date(2026, 3, 12)
NOW = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)


def span(first: date, last: date | None = None, product: str = "HMO", paid_to: date | None = None) -> Span:
    """A span of coverage."""
    return Span(product, Period(first, last), paid_to)


@pytest.mark.parametrize(
    ("on", "verdict"),
    [
        (date(2025, 12, 31), Verdict.NOT_YET_ACTIVE),
        (date(2026, 1, 1), Verdict.ACTIVE),
        (date(2026, 6, 30), Verdict.ACTIVE),
        (date(2026, 7, 1), Verdict.TERMINATED),
    ],
)
def test_both_ends_of_a_coverage_count(on: date, verdict: Verdict) -> None:
    assert rules.span_verdict(span(date(2026, 1, 1), date(2026, 6, 30)), on) is verdict


def test_coverage_without_an_end_stays_active() -> None:
    assert rules.verdict([span(date(2000, 1, 1))], date(2099, 1, 1)) is Verdict.ACTIVE


def test_coverage_of_a_single_day_is_active_on_it() -> None:
    assert rules.verdict([span(DAY, DAY)], DAY) is Verdict.ACTIVE


def test_nobody_is_covered_by_nothing() -> None:
    assert rules.verdict([], DAY) is Verdict.NOT_COVERED


@pytest.mark.parametrize(
    ("paid_to", "verdict"),
    [
        (DAY - timedelta(days=1), Verdict.ACTIVE_IN_GRACE),
        (DAY, Verdict.ACTIVE),
        (DAY + timedelta(days=1), Verdict.ACTIVE),
        (None, Verdict.ACTIVE),
    ],
)
def test_a_premium_paid_to_the_day_before_means_grace(paid_to: date | None, verdict: Verdict) -> None:
    assert rules.span_verdict(span(date(2026, 1, 1), paid_to=paid_to), DAY) is verdict


def test_grace_does_not_outlive_the_coverage() -> None:
    ended = span(date(2026, 1, 1), date(2026, 2, 28), paid_to=date(2026, 1, 31))
    assert rules.span_verdict(ended, DAY) is Verdict.TERMINATED


ENDED = span(date(2025, 1, 1), date(2026, 1, 31))
ENDED_EARLIER = span(date(2025, 6, 1), date(2025, 12, 31))
IN_FORCE = span(date(2026, 1, 1))
IN_FORCE_LATER = span(date(2026, 3, 1))
TO_COME = span(date(2026, 5, 1))
TO_COME_LATER = span(date(2026, 6, 1))
DENTAL = span(date(2026, 3, 5), product="DEN")


@pytest.mark.parametrize(
    ("spans", "decides"),
    [
        ([IN_FORCE, IN_FORCE_LATER], IN_FORCE_LATER),
        ([DENTAL, IN_FORCE], IN_FORCE),
        ([DENTAL, ENDED], ENDED),
        ([DENTAL], DENTAL),
        ([ENDED, IN_FORCE, TO_COME], IN_FORCE),
        ([ENDED, TO_COME], ENDED),
        ([ENDED_EARLIER, ENDED], ENDED),
        ([TO_COME_LATER, TO_COME], TO_COME),
        ([DENTAL, TO_COME], TO_COME),
    ],
)
def test_which_of_several_spans_decides(spans: list[Span], decides: Span) -> None:
    for ordered in (spans, spans[::-1]):
        place = rules.deciding(ordered, DAY)
        assert place is not None
        assert ordered[place] is decides


def test_a_day_in_a_gap_is_terminated() -> None:
    assert rules.verdict([ENDED, TO_COME], DAY) is Verdict.TERMINATED


def test_a_product_nobody_listed_counts_as_medical() -> None:
    odd = span(date(2026, 1, 1), product="XYZ")
    assert rules.deciding([DENTAL, odd], DAY) == 1


days = some.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(first=days, length=some.integers(0, 900), on=days)
def test_a_verdict_is_active_exactly_on_the_days_of_the_span(first: date, length: int, on: date) -> None:
    period = Period(first, first + timedelta(days=length))
    assert (rules.verdict([Span("HMO", period)], on) is Verdict.ACTIVE) == period.holds(on)


@pytest.mark.parametrize(
    ("tax_id", "groups", "standing"),
    [
        ("1", (), PcpStanding.IN_YOUR_OFFICE),
        ("2", ("A",), PcpStanding.IN_YOUR_OFFICE),
        ("3", ("A",), PcpStanding.IN_YOUR_GROUP),
        ("3", ("B",), PcpStanding.ELSEWHERE),
        ("3", (), PcpStanding.ELSEWHERE),
        ("", ("A",), PcpStanding.IN_YOUR_GROUP),
        ("", (), PcpStanding.ELSEWHERE),
    ],
)
def test_where_a_pcp_stands(tax_id: str, groups: tuple[str, ...], standing: PcpStanding) -> None:
    seen = rules.pcp_standing(
        tax_id=tax_id, office_tax_ids=("1", "2", ""), groups=groups, office_groups=("A", "C")
    )
    assert seen is standing


@pytest.mark.parametrize(
    ("total", "used", "left"),
    [("1500", "400.10", "1099.90"), ("1500", "1500", "0.00"), ("1500", "1600", "0.00"), ("12", "0", "12.00")],
)
def test_what_remains_is_never_below_zero(total: str, used: str, left: str) -> None:
    assert rules.remaining(Decimal(total), Decimal(used)) == Decimal(left)


def test_what_nobody_counts_has_no_rest() -> None:
    assert rules.remaining(Decimal(12), None) is None


@pytest.mark.parametrize(
    ("as_of", "refusal"),
    [
        (date(2025, 3, 11), NoAnswer.TOO_EARLY),
        (date(2025, 3, 12), None),
        (date(2026, 3, 31), None),
        (date(2026, 4, 1), NoAnswer.TOO_LATE),
    ],
)
def test_as_of_dates_reach_a_year_back_and_to_the_end_of_the_month(
    as_of: date, refusal: NoAnswer | None
) -> None:
    assert rules.window(DAY).refusal(as_of) is refusal


@pytest.mark.parametrize(
    ("today", "window"),
    [
        (date(2024, 2, 29), (date(2023, 2, 28), date(2024, 2, 29))),
        (date(2026, 12, 31), (date(2025, 12, 31), date(2026, 12, 31))),
        (date(2026, 1, 1), (date(2025, 1, 1), date(2026, 1, 31))),
    ],
)
def test_windows_keep_to_the_calendar(today: date, window: tuple[date, date]) -> None:
    assert (rules.window(today).earliest, rules.window(today).latest) == window


def test_a_plan_may_reach_further() -> None:
    window = rules.window(date(2026, 11, 30), months_back=24, months_ahead=3)
    assert (window.earliest, window.latest) == (date(2024, 11, 30), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("misses", "seconds"), [(0, 0), (9, 0), (10, 2), (11, 4), (12, 8), (17, 256), (18, 300), (500, 300)]
)
def test_waits_double_from_the_tenth_miss_to_five_minutes(misses: int, seconds: int) -> None:
    assert rules.wait_after(misses) == timedelta(seconds=seconds)


def missed(*minutes_ago: float, by_ssn: bool = False) -> list[PastMiss]:
    """Misses so many minutes ago."""
    return [PastMiss(NOW - timedelta(minutes=minutes), by_ssn) for minutes in minutes_ago]


def test_nine_misses_are_free() -> None:
    assert rules.again_at(missed(*[0] * 9), now=NOW, by_ssn=True) is None


def test_the_wait_runs_from_the_last_miss() -> None:
    assert rules.again_at(missed(*[9] * 9, 0), now=NOW, by_ssn=False) == NOW + timedelta(seconds=2)
    assert rules.again_at(missed(*[9] * 9, 1), now=NOW, by_ssn=False) is None


def test_misses_older_than_an_hour_do_not_count() -> None:
    assert rules.again_at(missed(*[60] * 30, by_ssn=True), now=NOW, by_ssn=True) is None
    assert rules.again_at(missed(*[59.99] * 20, by_ssn=True), now=NOW, by_ssn=True) is not None


def test_after_twenty_misses_by_ssn_only_searching_by_ssn_waits_for_the_hour() -> None:
    misses = missed(*range(30, 50), by_ssn=True)
    assert rules.again_at(misses, now=NOW, by_ssn=True) == NOW + timedelta(minutes=11)
    assert rules.again_at(misses, now=NOW, by_ssn=False) is None
    assert rules.again_at(misses[:19], now=NOW, by_ssn=True) is None
