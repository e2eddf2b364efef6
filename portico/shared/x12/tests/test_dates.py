"""Days and times as X12 writes them."""

from datetime import date, time

import pytest

from portico.shared.x12 import dates
from portico.shared.x12.dates import DateError

LEAP_DAY = date(2024, 2, 29)


def test_d8_is_a_day() -> None:
    assert dates.parse_d8("20240229") == LEAP_DAY
    assert dates.format_d8(LEAP_DAY) == "20240229"
    assert dates.format_d8(date(900, 1, 2)) == "09000102"


NO_DAYS = [
    "",
    "2024",
    "2024-02-29",
    "20230229",
    "20241301",
    "20240100",
    "00000101",
    "2024022 ",
    "2024W011",
    "٢٠٢٤٠٢٢٩",
]


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(DateError, match="CCYYMMDD") as caught:
        dates.parse_d8(text)
    assert not text or text not in str(caught.value)


def test_rd8_is_two_days_both_counted() -> None:
    assert dates.parse_rd8("20240101-20240229") == (date(2024, 1, 1), LEAP_DAY)
    assert dates.parse_rd8("20240229-20240229") == (LEAP_DAY, LEAP_DAY)
    assert dates.format_rd8(date(2024, 1, 1), LEAP_DAY) == "20240101-20240229"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("20240101", "hyphen"),
        ("20240101-", "CCYYMMDD"),
        ("20240229-20240228", "before"),
        ("1-2-3", "CCYYMMDD"),
    ],
)
def test_a_wrong_span_is_refused(text: str, says: str) -> None:
    with pytest.raises(DateError, match=says):
        dates.parse_rd8(text)


def test_a_span_is_read_by_its_qualifier() -> None:
    assert dates.parse_span("D8", "20240229") == (LEAP_DAY, LEAP_DAY)
    assert dates.parse_span("DT", "202402291530") == (LEAP_DAY, LEAP_DAY)
    assert dates.parse_span("RD8", "20240229-20240301") == (LEAP_DAY, date(2024, 3, 1))
    with pytest.raises(DateError, match="none of D8, RD8, DT"):
        dates.parse_span("D6", "240229")
    with pytest.raises(DateError, match="HHMM"):
        dates.parse_span("DT", "20240229")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0000", time(0, 0)),
        ("2359", time(23, 59)),
        ("153045", time(15, 30, 45)),
        ("1530457", time(15, 30, 45, 700_000)),
        ("15304507", time(15, 30, 45, 70_000)),
    ],
)
def test_times_have_four_to_eight_digits(text: str, expected: time) -> None:
    assert dates.parse_time(text) == expected


@pytest.mark.parametrize("text", ["", "15", "15304", "2400", "1260", "235960", "15:30", "153045789"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="HHMM"):
        dates.parse_time(text)


def test_the_isa_writes_six_digits_of_this_century() -> None:
    assert dates.parse_d6("240229") == LEAP_DAY
    assert dates.format_d6(LEAP_DAY) == "240229"
    for text in ("20240229", "230229", "24 229"):
        with pytest.raises(DateError):
            dates.parse_d6(text)


def test_times_are_written_with_or_without_seconds() -> None:
    assert dates.format_time(time(9, 5, 7)) == "0905"
    assert dates.format_time(time(9, 5, 7), seconds=True) == "090507"
