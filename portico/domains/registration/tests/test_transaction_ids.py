"""Transaction IDs: unguessable, each slip noticed, found by a keyed hash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.registration import transaction_ids
from portico.shared.identifiers import CROCKFORD, BadIdentifier

PLACES = st.integers(0, 16)


def code(typed: str) -> str:
    with pytest.raises(BadIdentifier) as refused:
        transaction_ids.parse(typed)
    return refused.value.code


def test_a_new_one_has_sixteen_signs_and_a_check_and_no_two_are_alike() -> None:
    made = [transaction_ids.new() for _ in range(200)]
    assert len(set(made)) == 200
    assert {len(each) for each in made} == {17}
    assert [transaction_ids.parse(each) for each in made] == made


def test_it_is_shown_in_groups_of_four_and_read_back_whatever_stands_between() -> None:
    made = transaction_ids.new()
    shown = transaction_ids.shown(made)
    assert [len(group) for group in shown.split("-")] == [4, 4, 4, 4, 1]
    assert transaction_ids.parse(f" {shown.lower().replace('-', ' ')} ") == made


def test_look_alikes_are_read_as_what_they_look_like() -> None:
    made = next(each for each in (transaction_ids.new() for _ in range(500)) if "0" in each and "1" in each)
    assert transaction_ids.parse(made.replace("0", "o").replace("1", "l")) == made


@given(place=PLACES, sign=st.sampled_from(CROCKFORD))
def test_every_mistyped_sign_is_noticed(place: int, sign: str) -> None:
    made = transaction_ids.new()
    typed = made[:place] + sign + made[place + 1 :]
    if typed != made:
        assert code(typed) == "transaction_id_check"


@given(place=st.integers(0, 15))
def test_every_swap_of_neighbours_is_noticed_but_that_of_0_and_z(place: int) -> None:
    made = transaction_ids.new()
    pair = made[place : place + 2]
    typed = made[:place] + pair[::-1] + made[place + 2 :]
    if len(set(pair)) == 2 and set(pair) != {"0", "Z"}:
        assert code(typed) == "transaction_id_check"


@pytest.mark.parametrize(
    "typed", ["", "ABCD", "U" * 17, "0" * 18, "é" * 17], ids=["nothing", "short", "sign", "long", "letter"]
)
def test_what_is_none_is_told_so(typed: str) -> None:
    assert code(typed) == "transaction_id_format"


def test_the_hash_differs_by_purpose() -> None:
    made = transaction_ids.new()
    assert len(transaction_ids.index(made)) == 16
    assert transaction_ids.index(made) == transaction_ids.index(made)
    assert transaction_ids.index(made) != transaction_ids.index(made, purpose="tracking number")
