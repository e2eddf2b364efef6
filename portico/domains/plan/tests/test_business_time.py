"""Business time: weekends, holidays, a changed clock, uneven days; and that its parts make the whole."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.plan import business_time
from portico.domains.plan.business_time import Hours, NeverOpen, Open

ZONE = ZoneInfo("America/Los_Angeles")
NINE = Open(time(8), time(17))
WEEK = Hours(ZONE, dict.fromkeys(range(5), NINE))
CHRISTMAS = Hours(ZONE, WEEK.weekly, frozenset({date(2026, 12, 25)}))
SHORT_FRIDAY = Hours(ZONE, {**WEEK.weekly, 4: Open(time(8), time(11))})
NIGHTS = Hours(ZONE, dict.fromkeys(range(7), Open(time(0), time(6))))


def at(text: str) -> datetime:
    """An instant of the plan's own clock: "2026-03-12 16:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("hours", "start", "end", "days"),
    [
        pytest.param(WEEK, "2026-03-12 08:00", "2026-03-12 17:00", "1", id="a_whole_day"),
        pytest.param(WEEK, "2026-03-12 08:00", "2026-03-12 12:30", "0.5", id="half_a_day"),
        pytest.param(WEEK, "2026-03-12 10:00", "2026-03-13 10:00", "1", id="to_the_same_hour"),
        pytest.param(WEEK, "2026-03-13 16:00", "2026-03-16 09:00", "0.2222", id="over_a_weekend"),
        pytest.param(WEEK, "2026-03-14 09:00", "2026-03-15 18:00", "0", id="within_a_weekend"),
        pytest.param(WEEK, "2026-03-12 17:00", "2026-03-13 08:00", "0", id="over_a_night"),
        pytest.param(WEEK, "2026-03-12 03:00", "2026-03-12 23:00", "1", id="from_before_to_after"),
        pytest.param(WEEK, "2026-03-12 12:00", "2026-03-12 12:00", "0", id="no_time"),
        pytest.param(WEEK, "2026-03-13 12:00", "2026-03-12 12:00", "0", id="backwards"),
        pytest.param(CHRISTMAS, "2026-12-24 08:00", "2026-12-28 17:00", "2", id="over_a_holiday"),
        pytest.param(CHRISTMAS, "2026-12-25 08:00", "2026-12-25 17:00", "0", id="within_a_holiday"),
        pytest.param(SHORT_FRIDAY, "2026-03-12 12:30", "2026-03-13 09:30", "1", id="uneven_days"),
        pytest.param(WEEK, "2026-03-06 08:00", "2026-03-09 17:00", "2", id="clock_forward_on_the_weekend"),
        pytest.param(WEEK, "2026-10-30 08:00", "2026-11-02 17:00", "2", id="clock_back_on_the_weekend"),
        pytest.param(NIGHTS, "2026-03-08 00:00", "2026-03-08 06:00", "1", id="a_night_of_five_hours"),
        pytest.param(NIGHTS, "2026-03-08 03:00", "2026-03-08 06:00", "0.6", id="three_of_five_hours"),
        pytest.param(NIGHTS, "2026-11-01 00:00", "2026-11-01 06:00", "1", id="a_night_of_seven_hours"),
        pytest.param(NIGHTS, "2026-11-01 02:30", "2026-11-01 06:00", "0.5", id="half_of_seven_hours"),
    ],
)
def test_only_what_lies_within_working_days_counts(hours: Hours, start: str, end: str, days: str) -> None:
    assert business_time.elapsed(hours, at(start), at(end)) == Decimal(days)


@pytest.mark.parametrize(
    ("hours", "start", "days", "due"),
    [
        pytest.param(WEEK, "2026-03-12 10:00", "2", "2026-03-16 10:00", id="two_days_over_a_weekend"),
        pytest.param(WEEK, "2026-03-10 10:00", "2", "2026-03-12 10:00", id="two_days_in_a_week"),
        pytest.param(WEEK, "2026-03-14 22:00", "2", "2026-03-17 17:00", id="begun_on_a_saturday"),
        pytest.param(WEEK, "2026-03-12 06:00", "1", "2026-03-12 17:00", id="begun_before_the_day"),
        pytest.param(WEEK, "2026-03-12 18:00", "1", "2026-03-13 17:00", id="begun_after_the_day"),
        pytest.param(WEEK, "2026-03-13 17:00", "1", "2026-03-16 17:00", id="begun_as_it_closes"),
        pytest.param(WEEK, "2026-03-12 10:00", "0", "2026-03-12 10:00", id="none"),
        pytest.param(WEEK, "2026-03-14 10:00", "0", "2026-03-14 10:00", id="none_on_a_saturday"),
        pytest.param(CHRISTMAS, "2026-12-24 10:00", "1", "2026-12-28 10:00", id="over_a_holiday"),
        pytest.param(SHORT_FRIDAY, "2026-03-12 12:30", "1", "2026-03-13 09:30", id="uneven_days"),
        pytest.param(WEEK, "2026-03-06 10:00", "2", "2026-03-10 10:00", id="clock_forward"),
        pytest.param(WEEK, "2026-10-30 10:00", "2", "2026-11-03 10:00", id="clock_back"),
        pytest.param(NIGHTS, "2026-03-07 05:00", "1", "2026-03-08 05:10", id="into_a_night_of_five_hours"),
        pytest.param(NIGHTS, "2026-10-31 03:00", "1", "2026-11-01 02:30", id="into_a_night_of_seven_hours"),
    ],
)
def test_a_due_time_is_when_that_much_has_passed(hours: Hours, start: str, days: str, due: str) -> None:
    assert business_time.after(hours, at(start), Decimal(days)) == at(due)


def test_an_opening_that_the_changed_clock_swallows_is_no_working_day() -> None:
    swallowed = Hours(ZONE, {6: Open(time(2, 30), time(3))})
    assert business_time.elapsed(swallowed, at("2026-03-08 00:00"), at("2026-03-09 00:00")) == 0
    assert business_time.after(swallowed, at("2026-03-02 00:00"), Decimal(1)) == at("2026-03-15 03:00")


def test_a_plan_that_never_opens_is_said_so() -> None:
    with pytest.raises(NeverOpen):
        business_time.after(Hours(ZONE, {}), at("2026-03-12 10:00"), Decimal(1))
    with pytest.raises(ValueError, match="backwards"):
        business_time.after(WEEK, at("2026-03-12 10:00"), Decimal(-1))


@pytest.mark.parametrize(
    ("hours", "start", "open_for", "expected"),
    [
        pytest.param(WEEK, "2026-03-12 10:00", 0, "2026-03-12 10:00", id="no_time"),
        pytest.param(WEEK, "2026-03-12 10:00", 7, "2026-03-12 17:00", id="until_it_closes"),
        pytest.param(WEEK, "2026-03-12 10:00", 8, "2026-03-13 09:00", id="over_a_night"),
        pytest.param(WEEK, "2026-03-13 16:00", 8, "2026-03-16 15:00", id="over_a_weekend"),
        pytest.param(WEEK, "2026-03-14 12:00", 1, "2026-03-16 09:00", id="from_a_closed_day"),
        pytest.param(CHRISTMAS, "2026-12-24 16:00", 2, "2026-12-28 09:00", id="over_a_holiday"),
        pytest.param(SHORT_FRIDAY, "2026-03-13 10:00", 8, "2026-03-16 15:00", id="over_a_short_day"),
    ],
)
def test_hours_in_which_the_plan_is_open(hours: Hours, start: str, open_for: int, expected: str) -> None:
    assert business_time.later(hours, at(start), timedelta(hours=open_for)) == at(expected)


def test_hours_of_a_plan_that_never_opens_are_never_over() -> None:
    with pytest.raises(NeverOpen):
        business_time.later(Hours(ZONE, {}), at("2026-03-12 10:00"), timedelta(hours=1))
    with pytest.raises(ValueError, match="backwards"):
        business_time.later(WEEK, at("2026-03-12 10:00"), timedelta(hours=-1))


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        ("2026-03-12 07:59", False),
        ("2026-03-12 08:00", True),
        ("2026-03-12 16:59", True),
        ("2026-03-12 17:00", False),
        ("2026-03-14 12:00", False),
    ],
)
def test_the_plan_is_open_from_the_first_minute_and_no_more_at_the_last(instant: str, is_open: bool) -> None:
    assert business_time.is_open(WEEK, at(instant)) is is_open


ZONES = st.sampled_from(
    [ZONE, ZoneInfo("America/Phoenix"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/Santiago")]
)
MINUTES = st.integers(0, 24 * 60 - 1)
TICKS = st.integers(0, 2 * 366 * 86_400 * 10**6)
INSTANTS = TICKS.map(lambda ticks: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks))
DAYS = st.integers(0, 80_000).map(lambda tenths: Decimal(tenths).scaleb(-4))


@st.composite
def openings(draw: st.DrawFn) -> Open:
    """Some opening of a day, at least a minute long."""
    first, last = sorted(draw(st.lists(MINUTES, min_size=2, max_size=2, unique=True)))
    return Open(time(first // 60, first % 60), time(last // 60, last % 60))


@st.composite
def weeks(draw: st.DrawFn) -> Hours:
    """Some plan's hours: uneven days, some closed, and holidays in both years."""
    weekly: Mapping[int, Open] = draw(st.dictionaries(st.integers(0, 6), openings(), min_size=2))
    days = st.dates(date(2026, 1, 1), date(2028, 1, 31))
    return Hours(draw(ZONES), weekly, draw(st.frozensets(days, max_size=12)))


@given(weeks(), INSTANTS, DAYS)
def test_as_much_has_passed_when_it_is_due_as_was_asked_for(
    hours: Hours, start: datetime, days: Decimal
) -> None:
    due = business_time.after(hours, start, days)
    assert due >= start
    assert business_time.elapsed(hours, start, due) == days


@given(weeks(), INSTANTS, DAYS)
def test_nothing_is_due_before_that_much_has_passed(hours: Hours, start: datetime, days: Decimal) -> None:
    due = business_time.after(hours, start, days)
    before = due - timedelta(microseconds=2)
    assert days == 0 or business_time.share(hours, start, before) < Fraction(days)


@given(weeks(), st.lists(INSTANTS, min_size=3, max_size=3).map(sorted))
def test_the_parts_of_a_time_add_up(hours: Hours, instants: list[datetime]) -> None:
    first, second, third = instants
    parts = business_time.share(hours, first, second) + business_time.share(hours, second, third)
    assert parts == business_time.share(hours, first, third)


@given(weeks(), st.lists(INSTANTS, min_size=3, max_size=3).map(sorted))
def test_more_time_never_counts_for_less(hours: Hours, instants: list[datetime]) -> None:
    first, second, third = instants
    assert business_time.elapsed(hours, first, second) <= business_time.elapsed(hours, first, third)
    assert business_time.elapsed(hours, second, third) <= business_time.elapsed(hours, first, third)


@given(weeks(), INSTANTS, st.lists(DAYS, min_size=2, max_size=2).map(sorted))
def test_more_days_are_never_due_earlier(hours: Hours, start: datetime, days: list[Decimal]) -> None:
    fewer, more = days
    assert business_time.after(hours, start, fewer) <= business_time.after(hours, start, more)
