"""Days as they are written in files of patients."""

from datetime import date

import pytest

from portico.edges.web.batches import days

DAY = date(1984, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "1984-03-12",
        "1984/3/12",
        "3/12/1984",
        "03/12/1984",
        "03-12-1984",
        "3.12.1984",
        "03121984",
        "19840312",
        "12-Mar-1984",
        "Mar 12, 1984",
        "March 12, 1984",
        "1984-03-12 00:00:00",
        "1984-03-12T08:30:00",
        "3/12/1984 0:00",
        "30753",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert days.read(text) == DAY


NO_DAYS = (
    "|13/45/1984|02/30/1984|1984|3/1984|3/12|84|soon|3/12/984|1984-13-01|12/31/1879|01/01/2100|99999999|1121984|"
    "123456|٣/١٢/١٩٨٤|3/12-1984x|" + "0" * 500
)


@pytest.mark.parametrize("text", NO_DAYS.split("|"))
def test_what_is_no_day_is_none(text: str) -> None:
    assert days.read(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("3/12/84", date(1984, 3, 12)), ("3/12/26", date(2026, 3, 12)), ("3/13/26", date(1926, 3, 13))],
)
def test_two_digits_of_a_birth_year_mean_the_latest_that_is_not_ahead(text: str, found: date) -> None:
    assert days.read(text, not_after=date(2026, 3, 12)) == found


def test_two_digits_of_another_year_are_of_this_century() -> None:
    assert days.read("3/13/26") == date(2026, 3, 13)


def test_a_leap_day_that_only_one_century_has_is_no_day_in_the_other() -> None:
    assert days.read("2/29/00", not_after=date(1999, 1, 1)) is None
