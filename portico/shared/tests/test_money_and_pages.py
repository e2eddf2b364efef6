"""Facts of money and of pages."""

from decimal import Decimal

import pytest

from portico.shared import money, pages


@pytest.mark.parametrize(
    ("limit", "used", "left"),
    [("100", "0", "100.00"), ("100", "99.999", "0.00"), ("100", "100", "0.00"), ("100", "130", "0.00")],
)
def test_what_remains_is_never_below_zero(limit: str, used: str, left: str) -> None:
    assert money.remaining(Decimal(limit), Decimal(used)) == Decimal(left)


def test_cents_round_half_up() -> None:
    assert money.to_cents(Decimal("0.005")) == Decimal("0.01")


@pytest.mark.parametrize(
    ("rows", "shown", "following"), [("abc", "ab", "b"), ("ab", "ab", None), ("", "", None)]
)
def test_a_page_says_how_to_ask_for_the_next(rows: str, shown: str, following: str | None) -> None:
    page = pages.cut(list(rows), size=2, key_of=str)
    assert "".join(page.rows) == shown
    assert page.next_key == following


@pytest.mark.parametrize(
    ("key", "is_row"),
    [
        ("1", True),
        ("9" * 18, True),
        ("9" * 19, False),
        ("", False),
        ("-1", False),
        ("²", False),
        ("１", False),
    ],
)
def test_a_key_out_of_an_address_is_a_row_or_nothing(key: str, is_row: bool) -> None:
    assert pages.is_row(key) is is_row
