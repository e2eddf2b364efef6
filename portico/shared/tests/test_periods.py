"""Facts of periods."""

from datetime import date

import pytest

from portico.shared import periods
from portico.shared.periods import Period

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("day", "is_inside"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
    ],
)
def test_both_ends_count(day: date, is_inside: bool) -> None:
    assert MARCH.holds(day) is is_inside


def test_without_an_end_every_later_day_is_inside() -> None:
    assert Period(date(2026, 3, 1)).holds(date(9999, 12, 31))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Period(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("other", "overlap"),
    [
        (Period(date(2026, 3, 31)), True),
        (Period(date(2026, 4, 1)), False),
        (Period(date(2026, 1, 1), date(2026, 3, 1)), True),
        (Period(date(2026, 1, 1), date(2026, 2, 28)), False),
        (Period(date(2026, 1, 1)), True),
    ],
)
def test_one_shared_day_is_an_overlap(other: Period, overlap: bool) -> None:
    assert MARCH.overlaps(other) is overlap
    assert other.overlaps(MARCH) is overlap


def test_a_period_is_over_the_day_after_its_last() -> None:
    assert not MARCH.is_over(date(2026, 3, 31))
    assert MARCH.is_over(date(2026, 4, 1))
    assert not Period(date(2026, 3, 1)).is_over(date(9999, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)
def test_months_before_stay_inside_the_month(day: date, months: int, earlier: date) -> None:
    assert periods.months_before(day, months) == earlier


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2024, 2, 29), date(2024, 2, 29)),
        (date(2026, 12, 5), date(2026, 12, 31)),
    ],
)
def test_the_end_of_a_month_is_its_last_day(day: date, last: date) -> None:
    assert periods.month_end(day) == last


def test_the_latest_of_no_days_is_none() -> None:
    assert periods.latest([None]) is None
    assert periods.latest([None, date(2026, 1, 2), date(2026, 1, 1)]) == date(2026, 1, 2)
