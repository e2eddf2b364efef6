"""Facts of name comparison (CAQH CORE 258)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.shared import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "OBRIEN"),
        ("Smith-Jones", "SMITHJONES"),
        ("Smith Jones", "SMITHJONES"),
        ("Núñez", "Nunez"),
        ("Nguyễn", "NGUYEN"),
        ("Washington Jr", "Washington"),
        ("Washington, Jr.", "Washington"),
        ("Washington/III", "Washington"),
        ("Doe MD", "DOE"),
        ("Łukasz", "Lukasz"),
        ("Straße", "STRASSE"),
        ("  de la Cruz ", "DELACRUZ"),
    ],
)
def test_these_names_compare_alike(one: str, other: str) -> None:
    assert names.key(one) == names.key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ivey", "Y"), ("Srinivasan", "inivasan"), ("Vi", ""), ("Li", "Le")]
)
def test_these_names_stay_apart(one: str, other: str) -> None:
    assert names.key(one) != names.key(other)


@pytest.mark.parametrize("name", ["V", "Jr", "Rev", "Dr"])
def test_a_name_that_is_only_a_suffix_keeps_it(name: str) -> None:
    assert names.key(name) == name.upper()


def test_letters_of_other_alphabets_are_kept() -> None:
    assert names.key("李") == "李"
    assert names.key("Ιωάννου") != ""


@given(st.text(max_size=40))
def test_a_key_compares_with_itself(name: str) -> None:
    key = names.key(name)
    assert " " not in key
    assert names.key(key) in {key, names.key(key)}
