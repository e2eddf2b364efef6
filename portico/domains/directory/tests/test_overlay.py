"""What lies over the provider file, and from which day."""

from datetime import date
from typing import Any

import pytest

from portico.domains.directory import overlay
from portico.domains.directory.overlay import Laid

SENT: dict[str, Any] = {"telephone": "5305550110", "telehealth": False, "last_on": None}
DAY = date(2026, 3, 12)


def test_without_changes_the_file_speaks() -> None:
    assert overlay.effective(SENT, (), DAY) == SENT


@pytest.mark.parametrize(
    ("on", "says"),
    [
        pytest.param(date(2026, 3, 11), "5305550110", id="the day before"),
        pytest.param(DAY, "5305550199", id="its first day"),
        pytest.param(date(2027, 1, 1), "5305550199", id="long after"),
    ],
)
def test_a_change_counts_from_its_first_day(on: date, says: str) -> None:
    changes = [Laid("telephone", "5305550199", DAY)]
    assert overlay.effective(SENT, changes, on)["telephone"] == says


def test_the_change_that_begins_last_counts_whatever_their_order() -> None:
    early, late = Laid("telehealth", True, date(2026, 1, 1)), Laid("telehealth", False, date(2026, 2, 1))
    assert overlay.effective(SENT, [late, early], DAY)["telehealth"] is False


def test_of_two_that_begin_on_one_day_the_one_given_last_counts() -> None:
    one, other = Laid("telephone", "1", DAY), Laid("telephone", "2", DAY)
    assert overlay.effective(SENT, [one, other], DAY)["telephone"] == "2"


def test_what_the_file_sent_is_never_written_over() -> None:
    overlay.effective(SENT, [Laid("telehealth", True, DAY)], DAY)
    assert SENT["telehealth"] is False


def test_a_field_the_listing_has_not_is_passed_over() -> None:
    assert overlay.effective(SENT, [Laid("shoe_size", 9, DAY)], DAY) == SENT


def test_the_last_day_is_read_as_a_day() -> None:
    assert overlay.last_day({"last_on": "2026-03-12"}) == DAY
    assert overlay.last_day(SENT) is None
