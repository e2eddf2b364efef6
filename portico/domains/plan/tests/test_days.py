"""The plan's days: which one it is at an instant, where each begins, and that nobody else works it out."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from portico.domains.plan import days

HOUSE = Path(days.__file__).parents[2]


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("America/Los_Angeles", datetime(2026, 3, 12, 6, 59, 59, tzinfo=UTC), date(2026, 3, 11)),
        ("America/Los_Angeles", datetime(2026, 3, 12, 7, tzinfo=UTC), date(2026, 3, 12)),
        ("America/Los_Angeles", datetime(2026, 1, 1, 7, 59, 59, tzinfo=UTC), date(2025, 12, 31)),
        ("Australia/Sydney", datetime(2026, 3, 12, 13, tzinfo=UTC), date(2026, 3, 13)),
    ],
    ids=["the last second of a summer's day", "the next", "the last second of a year", "ahead of UTC"],
)
def test_an_instant_falls_on_a_day_of_the_plans(settings: Any, zone: str, at: datetime, day: date) -> None:
    settings.PLAN_TIME_ZONE = zone
    assert days.of(at) == day
    assert days.local(at) == at
    assert days.begins(day) <= at < days.begins(day + timedelta(days=1))


def test_the_day_on_which_clocks_are_put_forward_has_an_hour_less(settings: Any) -> None:
    settings.PLAN_TIME_ZONE = "America/Los_Angeles"
    begins = days.begins(date(2026, 3, 8)).astimezone(UTC)
    assert days.begins(date(2026, 3, 9)).astimezone(UTC) - begins == timedelta(hours=23)


def test_an_instant_without_a_zone_is_none() -> None:
    with pytest.raises(ValueError, match="knows its time zone"):
        days.of(datetime(2026, 3, 12, 10))  # noqa: DTZ001 - that is what is refused


def test_the_time_zone_is_read_nowhere_else() -> None:
    """Its name alone is shown to people, who choose another for themselves."""
    named = [path for path in HOUSE.rglob("*.py") if "PLAN_TIME_ZONE" in path.read_text(encoding="utf-8")]
    inside = {str(path.relative_to(HOUSE)) for path in named if "tests" not in path.parts}
    assert inside == {
        "config/settings.py",
        "domains/plan/days.py",
        "edges/web/zones.py",
        "edges/web/accounts/account.py",
    }
