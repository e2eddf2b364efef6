"""Numbers of payments, as banks and people write them."""

import pytest

from portico.domains.claims import payment_numbers


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("EFT0000117", "EFT0000117"),
        ("eft 0000117", "EFT0000117"),
        ("eft0000117", "eft0000117"),
        ("117", "0000117"),
        ("0000000117", "117"),
        ("000117", "0000000117"),
        ("0", "0"),
    ],
)
def test_a_number_is_found_however_it_is_written(typed: str, written: str) -> None:
    assert written in payment_numbers.spellings(typed)


def test_zeros_in_the_middle_count_and_letters_are_not_filled_up() -> None:
    assert "A117" not in payment_numbers.spellings("A0117")
    assert payment_numbers.spellings("A0117") == ("A0117",)


def test_it_is_kept_in_capitals_without_blanks() -> None:
    assert payment_numbers.canonical(" eft 00 17 ") == "EFT0017"
