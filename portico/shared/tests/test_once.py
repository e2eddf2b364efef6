"""Keys of forms that make one thing: the same form is numbered alike, and nothing else is."""

import hashlib
from collections.abc import Callable
from itertools import islice

import pytest

from portico.shared import identifiers, once, references

KEY = "k" * 22


def hashed(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def first(key: str = KEY, told: object = ("Robin", ["north"]), index: Callable[[str], bytes] = hashed) -> str:
    return next(once.bodies(key, told, index=index))


def test_a_key_is_new_each_time_and_is_known_as_one() -> None:
    made = {once.new_key() for _ in range(50)}
    assert len(made) == 50
    assert {once.parse(each) for each in made} == made


@pytest.mark.parametrize(
    "typed",
    ["", "k" * 21, "k" * 23, "k" * 21 + "=", "k" * 22 + "\n", "é" * 22, None, 7],
    ids=["empty", "short", "long", "padded", "line_end", "letters", "none", "number"],
)
def test_what_is_no_key_is_none(typed: object) -> None:
    assert once.parse(typed) == ""


def test_the_same_form_is_numbered_alike_and_another_otherwise() -> None:
    assert first() == first()
    others = [first(key="j" * 22), first(told=("Robin", [])), first(index=lambda text: hashed(text + "!"))]
    assert len({first(), *others}) == 4


def test_without_a_key_every_number_is_new() -> None:
    assert len({first(key="") for _ in range(50)}) == 50


@pytest.mark.parametrize("key", [KEY, ""], ids=["with_key", "without"])
def test_numbers_are_sixteen_signs_and_go_on_without_repeating(key: str) -> None:
    found = list(islice(once.bodies(key, "told", index=hashed), 40))
    assert len(set(found)) == 40
    assert all(len(each) == 16 and set(each) <= set(identifiers.CROCKFORD) for each in found)
    assert references.parse(references.of(iter(found))).startswith(tuple(found))


def test_a_number_holds_the_first_eighty_bits_of_its_hash() -> None:
    assert identifiers.reference_of(bytes(16)) == "0" * 16
    assert identifiers.reference_of(b"\xff" * 10 + b"\x00") == "Z" * 16
    assert identifiers.reference_of(bytes(9) + b"\x21") == "0" * 14 + "11"
