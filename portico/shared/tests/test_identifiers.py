"""Facts of identifiers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier


@given(st.text("0123456789", min_size=8, max_size=8))
def test_every_npi_we_complete_passes_its_check(rest: str) -> None:
    npi = identifiers.npi_with_check_digit("2" + rest)
    assert identifiers.parse_npi(npi) == npi


@given(st.text("0123456789", min_size=8, max_size=8), st.integers(1, 9))
def test_an_npi_with_another_last_digit_fails(rest: str, off: int) -> None:
    npi = identifiers.npi_with_check_digit("2" + rest)
    wrong = npi[:9] + str((int(npi[9]) + off) % 10)
    with pytest.raises(BadIdentifier) as refused:
        identifiers.parse_npi(wrong)
    assert refused.value.code == "npi_check_digit"


@pytest.mark.parametrize("text", ["123", "12345678901", "12345678a0", ""])
def test_an_npi_has_ten_digits(text: str) -> None:
    with pytest.raises(BadIdentifier, match="10 digits"):
        identifiers.parse_npi(text)


@pytest.mark.parametrize("text", ["12-3456789", "123456789", " 12 3456789 "])
def test_a_tax_id_is_read_with_or_without_its_dash(text: str) -> None:
    assert identifiers.parse_tax_id(text) == "123456789"


@pytest.mark.parametrize("text", ["12-345678", "1234567890", "12345678x", "१२३४५६७८९"])
def test_a_tax_id_has_nine_plain_digits(text: str) -> None:
    with pytest.raises(BadIdentifier, match="9 digits"):
        identifiers.parse_tax_id(text)


@pytest.mark.parametrize("text", ["000-12-3456", "666-12-3456", "123-00-3456", "123-45-0000", "900-12-3456"])
def test_an_ssn_that_was_never_issued_is_refused(text: str) -> None:
    with pytest.raises(BadIdentifier) as refused:
        identifiers.parse_ssn(text)
    assert refused.value.code == "ssn_never_issued"


def test_the_demo_takes_the_numbers_that_are_never_issued() -> None:
    assert identifiers.parse_ssn("900-12-3456", allow_demo=True) == "900123456"


def test_masks_show_the_last_four_only() -> None:
    assert identifiers.mask_tax_id("123456789") == "••-•••6789"
    assert identifiers.mask_ssn("900123456") == "•••-••-3456"
    assert identifiers.format_tax_id("123456789") == "12-3456789"


@given(st.integers(1, 40))
def test_a_reference_reads_back_as_it_was_made(length: int) -> None:
    reference = identifiers.new_reference(length)
    assert len(reference) == length
    assert identifiers.parse_reference(identifiers.group_reference(reference).lower()) == reference


def test_look_alikes_in_a_reference_count_as_the_digit() -> None:
    assert identifiers.parse_reference("oIl-0") == "0110"


@pytest.mark.parametrize(("text", "compact"), [("nlh 8842-0193 01", "NLH8842019301"), ("ab", "AB")])
def test_a_member_id_is_compared_without_spaces_and_dashes(text: str, compact: str) -> None:
    assert identifiers.parse_member_id(text) == compact


@pytest.mark.parametrize("text", ["", "a", "x" * 81, "A*B", "é12", "'; --"])
def test_a_member_id_has_letters_and_digits_only(text: str) -> None:
    with pytest.raises(BadIdentifier):
        identifiers.parse_member_id(text)
