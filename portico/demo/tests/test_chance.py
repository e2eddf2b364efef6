"""Draws and numbers: the same for ever, spread as asked, never shared."""

from collections import Counter

import pytest

from portico.demo import identifiers
from portico.demo.chance import Chance, Weighted


def test_a_stream_depends_on_its_key_alone() -> None:
    first, again, other = Chance(1, "a"), Chance(1, "a"), Chance(1, "b")
    draws = [first.below(1000) for _ in range(20)]
    assert draws == [again.below(1000) for _ in range(20)] != [other.below(1000) for _ in range(20)]


def test_a_stream_is_the_same_in_every_version_of_python() -> None:
    chance = Chance(7, 0)
    assert [chance.between(1, 1000) for _ in range(5)] == [706, 617, 124, 916, 157]


def test_between_reaches_both_ends() -> None:
    chance = Chance("ends")
    assert {chance.between(1, 3) for _ in range(200)} == {1, 2, 3}


def test_weights_decide_how_often() -> None:
    chance, choices = Chance("weights"), Weighted([("often", 9.0), ("seldom", 1.0)])
    drawn = Counter(choices.pick(chance) for _ in range(5000))
    assert 0.87 < drawn["often"] / 5000 < 0.93


@pytest.mark.parametrize("number", [identifiers.ssn, identifiers.subscriber_id, identifiers.tax_id])
def test_no_two_numbers_are_the_same(number: object) -> None:
    assert callable(number)
    assert len({number(i) for i in range(50_000)}) == 50_000


def test_the_last_numbers_still_have_the_right_form() -> None:
    assert identifiers.ssn(48_505_148).isdigit()
    assert len(identifiers.ssn(48_505_148)) == 9
    assert len(identifiers.subscriber_id(77_999_999)) == 11
    assert len(identifiers.tax_id(169_999_999)) == 9
    assert len(identifiers.npi(99_999_999)) == 10
