"""References that notice being mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portico.shared import references
from portico.shared.identifiers import CROCKFORD, BadIdentifier

places = some.integers(0, references.LENGTH)
signs = some.sampled_from(CROCKFORD)


def test_references_are_letters_and_digits_and_never_the_same() -> None:
    drawn = {references.new() for _ in range(200)}
    assert len(drawn) == 200
    assert all(len(reference) == 17 and set(reference) <= set(CROCKFORD) for reference in drawn)


def test_a_reference_is_read_back_however_it_is_written() -> None:
    reference = references.new()
    spoken = "-".join((reference[:4], reference[4:8], reference[8:])).lower()
    assert references.parse(f" {spoken.replace('1', 'l').replace('0', 'o')} ") == reference


@given(place=places, sign=signs)
def test_every_mistyped_character_is_noticed(place: int, sign: str) -> None:
    reference = references.new()
    mistyped = reference[:place] + sign + reference[place + 1 :]
    if mistyped != reference:
        with pytest.raises(BadIdentifier):
            references.parse(mistyped)


@given(place=some.integers(0, references.LENGTH - 2))
def test_every_swap_of_neighbours_is_noticed(place: int) -> None:
    reference = references.new()
    swapped = reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :]
    if swapped != reference:
        with pytest.raises(BadIdentifier):
            references.parse(swapped)


@pytest.mark.parametrize("text", ["", "0", "0" * 16, "0" * 18, "U" * 17, "É" * 17, "*" * 17])
def test_what_has_another_form_is_none(text: str) -> None:
    with pytest.raises(BadIdentifier):
        references.parse(text)
