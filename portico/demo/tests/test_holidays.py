"""The federal holidays, on the days on which offices are closed for them."""

from datetime import date

import pytest

from portico.demo import holidays

TODAY = date(2026, 11, 21)


def test_those_of_2026_are_on_the_days_the_government_names() -> None:
    closed = {day: name for day, name in holidays.around(TODAY).items() if day.year == 2026}
    assert closed == {
        date(2026, 1, 1): "New Year's Day",
        date(2026, 1, 19): "Birthday of Martin Luther King, Jr.",
        date(2026, 2, 16): "Washington's Birthday",
        date(2026, 5, 25): "Memorial Day",
        date(2026, 6, 19): "Juneteenth",
        date(2026, 7, 3): "Independence Day",
        date(2026, 9, 7): "Labor Day",
        date(2026, 10, 12): "Columbus Day",
        date(2026, 11, 11): "Veterans Day",
        date(2026, 11, 26): "Thanksgiving Day",
        date(2026, 12, 25): "Christmas Day",
    }


@pytest.mark.parametrize(
    ("today", "kept_on", "name"),
    [
        pytest.param(date(2027, 6, 1), date(2027, 6, 18), "Juneteenth", id="a Saturday: the Friday before"),
        pytest.param(date(2027, 6, 1), date(2027, 7, 5), "Independence Day", id="a Sunday: the Monday after"),
        pytest.param(date(2028, 6, 1), date(2027, 12, 31), "New Year's Day", id="back into the year before"),
    ],
)
def test_what_falls_on_a_weekend_is_kept_on_a_working_day(today: date, kept_on: date, name: str) -> None:
    assert holidays.around(today)[kept_on] == name


def test_last_year_this_one_and_the_next_two_are_there_and_no_day_is_a_weekend() -> None:
    closed = holidays.around(TODAY)
    assert list(closed) == sorted(closed)
    assert len(closed) == 4 * 11
    assert all(day.weekday() < holidays.SATURDAY for day in closed)
