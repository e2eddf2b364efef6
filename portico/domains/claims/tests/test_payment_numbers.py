"""Numbers of payments, as banks and people write them."""

import pytest

from portico.domains.claims import payment_numbers


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("EFT0000117", "EFT0000117"),
        ("eft 0000117", "EFT0000117"),
        ("117", "0000117"),
        ("0000000117", "117"),
        ("0", "000"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(typed: str, written: str) -> None:
    assert payment_numbers.key(typed) == payment_numbers.key(written)


@pytest.mark.parametrize(("one", "other"), [("A117", "A0117"), ("1170", "117"), ("0", "")])
def test_zeros_elsewhere_count(one: str, other: str) -> None:
    assert payment_numbers.key(one) != payment_numbers.key(other)


def test_it_is_shown_in_capitals_without_blanks() -> None:
    assert payment_numbers.canonical(" eft 00 17 ") == "EFT0017"


def test_a_key_fits_its_column_whatever_capitals_make_of_it() -> None:
    assert len(payment_numbers.key("ß" * 50)) == payment_numbers.LONGEST
