"""When a review is told of and over, and what counts as not used: tables with the edges of every range."""

from datetime import date, timedelta

import pytest

from portico.domains.access.reviews import rules
from portico.shared.periods import Period

DUE, TODAY = date(2026, 4, 10), date(2026, 3, 12)
MONTHS = [
    (date(2026, 5, 31), 3, date(2026, 2, 28)),
    (date(2024, 5, 31), 3, date(2024, 2, 29)),
    (date(2026, 1, 15), 1, date(2025, 12, 15)),
    (date(2026, 3, 12), 12, date(2025, 3, 12)),
    (date(2026, 12, 1), 3, date(2026, 9, 1)),
]


@pytest.mark.parametrize(("on", "months", "earlier"), MONTHS, ids=[f"{on} {m}" for on, m, _ in MONTHS])
def test_months_are_counted_by_the_calendar(on: date, months: int, earlier: date) -> None:
    assert rules.months_before(on, months) == earlier


PASSED = [
    (15, ()),
    (14, (14,)),
    (8, (14,)),
    (7, (14, 7)),
    (2, (14, 7)),
    (1, (14, 7, 1)),
    (0, (14, 7, 1)),
    (-9, (14, 7, 1)),
]


@pytest.mark.parametrize(("left", "passed"), PASSED, ids=[str(left) for left, _ in PASSED])
def test_a_reminder_is_due_from_its_day_on(left: int, passed: tuple[int, ...]) -> None:
    assert rules.passed(DUE, today=DUE - timedelta(days=left)) == passed


def test_each_reminder_is_told_once_and_missed_ones_together() -> None:
    assert rules.to_tell(DUE, [14], today=DUE - timedelta(days=14)) == ()
    assert rules.to_tell(DUE, [], today=DUE) == (14, 7, 1)


def test_the_last_day_is_within_the_time() -> None:
    assert not rules.is_over(DUE, today=DUE)
    assert rules.is_over(DUE, today=DUE + timedelta(days=1))


BEGIN = TODAY - timedelta(days=90)
DAY = timedelta(days=1)
USES = {
    "held all the time, never used": (BEGIN, None, True),
    "held a day less": (BEGIN + DAY, None, False),
    "used before the time": (BEGIN, BEGIN - DAY, True),
    "used on its first day": (BEGIN, BEGIN, False),
    "used today": (BEGIN, TODAY, False),
}


@pytest.mark.parametrize(("given_on", "last", "unused"), USES.values(), ids=USES)
def test_what_is_not_used_for_ninety_days_is_flagged(given_on: date, last: date | None, unused: bool) -> None:
    assert rules.is_unused(given_on, last, today=TODAY) is unused


@pytest.mark.parametrize(
    ("last", "later", "first"),
    [(TODAY, TODAY + DAY, BEGIN), (TODAY, TODAY + 2 * DAY, TODAY + 2 * DAY), (None, TODAY, BEGIN)],
    ids=["without a day between", "with a day between", "while the earlier runs"],
)
def test_two_times_are_one_where_no_day_lies_between(last: date | None, later: date, first: date) -> None:
    assert rules.joined(Period(BEGIN, last), Period(later)) == Period(first)


def test_the_longer_of_two_that_overlap_says_when_both_are_over() -> None:
    assert rules.joined(Period(BEGIN, TODAY), Period(BEGIN + DAY, TODAY - DAY)) == Period(BEGIN, TODAY)
