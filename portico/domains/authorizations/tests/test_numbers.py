"""Authorization numbers: their shape, their check, and what is mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.authorizations import numbers
from portico.shared.identifiers import BadIdentifier

BODIES = st.text("0123456789", min_size=8, max_size=8)


@given(BODIES)
def test_a_number_is_read_as_it_was_made(body: str) -> None:
    number = numbers.of(body)

    assert len(number) == 10
    assert numbers.parse(f" {number[:4].lower()}-{number[4:]} ") == number


@given(BODIES, st.integers(1, 9), st.sampled_from("0123456789"))
def test_each_mistyped_digit_is_noticed(body: str, place: int, digit: str) -> None:
    number = numbers.of(body)
    other = number[:place] + digit + number[place + 1 :]

    if other != number:
        with pytest.raises(BadIdentifier, match="mistyped"):
            numbers.parse(other)


@given(BODIES, st.integers(1, 8))
def test_each_swap_of_neighbours_is_noticed(body: str, place: int) -> None:
    number = numbers.of(body)
    other = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    if other != number:
        with pytest.raises(BadIdentifier, match="mistyped"):
            numbers.parse(other)


@pytest.mark.parametrize("text", ["", "A", "A12345678", "A1234567890", "B123456789", "A12345678x"])
def test_what_is_no_number_is_told_so(text: str) -> None:
    with pytest.raises(BadIdentifier, match="nine digits"):
        numbers.parse(text)


def test_a_number_somebody_has_is_drawn_again() -> None:
    taken: list[str] = []

    def first_two(number: str) -> bool:
        taken.append(number)
        return len(taken) < 3

    assert numbers.new(first_two) == taken[2]
