"""Facts of the vault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.shared.vault import CannotOpen, Vault

VAULT = Vault({1: b"1" * 32}, b"i" * 32)
PLACE = "members.member.ssn:1"


@given(st.text(max_size=200))
def test_what_was_sealed_opens_again(plain: str) -> None:
    assert VAULT.open(VAULT.seal(plain, place=PLACE), place=PLACE) == plain


def test_a_value_moved_to_another_row_does_not_open() -> None:
    sealed = VAULT.seal("900123456", place=PLACE)
    with pytest.raises(CannotOpen, match="another row"):
        VAULT.open(sealed, place="members.member.ssn:2")


@given(st.integers(0, 60), st.integers(1, 255))
def test_an_altered_value_does_not_open(at: int, flip: int) -> None:
    sealed = bytearray(VAULT.seal("a secret that is long enough to flip", place=PLACE))
    sealed[at] ^= flip
    with pytest.raises(CannotOpen):
        VAULT.open(bytes(sealed), place=PLACE)


def test_an_empty_value_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        VAULT.open(b"", place=PLACE)


def test_after_a_rotation_old_values_open_and_new_ones_take_the_new_key() -> None:
    rotated = Vault({1: b"1" * 32, 2: b"2" * 32}, b"i" * 32)
    assert rotated.open(VAULT.seal("old", place=PLACE), place=PLACE) == "old"
    assert rotated.seal("new", place=PLACE)[0] == 2


def test_the_same_text_seals_differently_and_indexes_alike() -> None:
    assert VAULT.seal("x", place=PLACE) != VAULT.seal("x", place=PLACE)
    assert VAULT.index("x", purpose="ssn") == VAULT.index("x", purpose="ssn")
    assert VAULT.index("x", purpose="ssn") != VAULT.index("x", purpose="username")
    assert VAULT.index("x", purpose="ssn") != VAULT.index("y", purpose="ssn")


def test_keys_do_not_show_in_a_printed_vault() -> None:
    assert "1111" not in repr(VAULT)
    assert "iiii" not in repr(VAULT)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault({1: b"short"}, b"i" * 32)


@given(st.integers(0, 2**64 - 1))
def test_an_alias_leads_back_to_its_number(number: int) -> None:
    alias = VAULT.alias(number, purpose="patient")
    assert len(alias) == 32
    assert VAULT.alias(number, purpose="patient") == alias
    assert VAULT.number_of(alias, purpose="patient") == number
    assert VAULT.number_of(alias, purpose="coverage") is None


@given(st.binary(min_size=16, max_size=16))
def test_nobody_makes_up_an_alias(block: bytes) -> None:
    assert VAULT.number_of(block.hex(), purpose="patient") is None


@pytest.mark.parametrize(
    "text", ["", "no alias", "ab", "ab" * 15, "ab" * 17, "AB" * 16, "ab " * 16, "é" * 32]
)
def test_what_has_not_the_form_of_an_alias_stands_for_nothing(text: str) -> None:
    assert VAULT.number_of(text, purpose="patient") is None


def test_an_alias_is_written_one_way_only() -> None:
    alias = VAULT.alias(7, purpose="patient")
    assert VAULT.number_of(alias.upper(), purpose="patient") in (None, 7 if alias.isdigit() else None)
