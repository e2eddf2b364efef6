"""Days, money and shares read the same on every document."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portico.edges.web.documents import brand, formatting

A_DAY = date(2026, 3, 12)


def test_a_day_is_written_long_and_short() -> None:
    assert formatting.long_day(A_DAY) == "March 12, 2026"
    assert formatting.short_day(A_DAY) == "03/12/2026"
    assert formatting.short_day(date(987, 1, 2)) == "01/02/0987"


def test_a_period_names_both_ends_or_says_from_when() -> None:
    assert formatting.days(A_DAY, date(2026, 12, 31)) == "03/12/2026 to 12/31/2026"
    assert formatting.days(A_DAY, None) == "From 03/12/2026"


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(0, "12:05 AM"), (11, "11:05 AM"), (12, "12:05 PM"), (14, "2:05 PM"), (23, "11:05 PM")],
)
def test_an_instant_is_written_on_a_twelve_hour_clock(hour: int, expected: str) -> None:
    at = datetime(2026, 3, 12, hour, 5, tzinfo=UTC)
    assert formatting.instant(at, "Pacific Time") == f"March 12, 2026 at {expected} Pacific Time"


@pytest.mark.parametrize(
    ("amount", "exact", "brief"),
    [
        ("1500", "$1,500.00", "$1,500"),
        ("25", "$25.00", "$25"),
        ("12.5", "$12.50", "$12.50"),
        ("0", "$0.00", "$0"),
        ("-3.1", "-$3.10", "-$3.10"),
        ("1234567.891", "$1,234,567.89", "$1,234,567.89"),
    ],
)
def test_money_is_dollars_with_cents_or_without(amount: str, exact: str, brief: str) -> None:
    assert formatting.money(Decimal(amount)) == exact
    assert formatting.dollars(Decimal(amount)) == brief


@pytest.mark.parametrize(
    ("share", "expected"), [("40", "40%"), ("12.50", "12.5%"), ("100", "100%"), ("0", "0%")]
)
def test_a_share_drops_needless_digits(share: str, expected: str) -> None:
    assert formatting.percent(Decimal(share)) == expected


def test_a_count_agrees_with_its_noun() -> None:
    assert formatting.count(Decimal(1), "visit", "visits") == "1 visit"
    assert formatting.count(Decimal(30), "visit", "visits") == "30 visits"


def test_a_brief_text_keeps_its_beginning() -> None:
    assert formatting.brief("x" * 60) == "x" * 60
    assert formatting.brief("word " * 20) == "word " * 11 + "word…"


def test_black_on_white_is_the_greatest_contrast_and_white_none() -> None:
    assert round(brand.contrast_with_white("#000000"), 2) == 21
    assert round(brand.contrast_with_white("#ffffff"), 2) == 1


@pytest.mark.parametrize("colour", ["#767676", "#0b6a6b", brand.DEFAULT_ACCENT])
def test_a_colour_white_text_is_legible_on_is_taken(colour: str) -> None:
    assert brand.Brand("Northlake Health Plan", "1-800-555-0142", colour).accent == colour


@pytest.mark.parametrize("colour", ["#777777", "#ffcc00", "navy", "#12345", "#1234567", '#123456"'])
def test_a_light_colour_or_none_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="accent colour"):
        brand.Brand("Northlake Health Plan", "1-800-555-0142", colour)
