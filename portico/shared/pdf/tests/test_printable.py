"""What reaches a page is what a reader can see, in the order it was written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.shared.pdf import printable


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Okafor", "Okafor"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("line\nbreak\ttab\x00nul", "line break tab nul"),
        ("para\u2029graph", "para graph"),
        ("A\u202eB\u2066C\u200fD", "ABCD"),
        ("lone\ud800surrogate", "lonesurrogate"),
        ("private\ue000use", "private\ufffduse"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_text_is_cleaned_of_what_hides_or_reorders(given_text: str, expected: str) -> None:
    assert printable.clean(given_text) == expected


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = printable.clean(text)
    assert printable.clean(once) == once


@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    categories = {unicodedata.category(character) for character in printable.clean(text)}
    assert not categories & {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"}


def test_every_text_of_a_value_changes_and_nothing_else_does() -> None:
    value = {"name": "a", "rows": [{"x": "b", "n": 1, "yes": True}, ("c",)], "none": None}
    assert printable.each_text(value, str.upper) == {
        "name": "A",
        "rows": [{"x": "B", "n": 1, "yes": True}, ["C"]],
        "none": None,
    }


@given(st.text())
def test_clusters_joined_again_are_the_text(text: str) -> None:
    assert "".join(printable.clusters(text)) == text


def test_a_mark_stays_with_its_letter() -> None:
    assert printable.clusters("a0\u064bb\u200dc") == ["a", "0\u064b", "b\u200dc"]


def test_letters_beyond_ascii_are_found_at_every_depth() -> None:
    assert printable.beyond_ascii({"é": "ñ", "rows": ["ł", {"n": 1, "x": "aż0\u064b"}]}) == {
        "ñ",
        "ł",
        "ż",
        "0\u064b",
    }


def test_only_the_unwanted_letters_are_replaced() -> None:
    assert printable.replaced("Li 王小", {"王"}) == "Li \ufffd小"
