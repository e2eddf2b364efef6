"""How the values of a search are read."""

from datetime import date

import pytest

from portico.edges.fhir import parameters
from portico.edges.fhir.outcomes import Problem
from portico.edges.fhir.parameters import Asked, Parameter

NAME = Parameter("name", "string", "http://example.org/name", "A name.", tells_who=True)
STATUS = Parameter("status", "token", "http://example.org/status", "A status.", takes_several=True)


def asked(*pairs: tuple[str, str], strict: bool = False) -> Asked:
    """What these names and values ask of a resource with two parameters, ten a page."""
    return parameters.read(pairs, (NAME, STATUS), most=10, strict=strict)


def code_of(*pairs: tuple[str, str], strict: bool = False) -> str:
    """The issue type they are refused with."""
    with pytest.raises(Problem) as refused:
        asked(*pairs, strict=strict)
    assert refused.value.found.status == 400
    return refused.value.found.issues[0].code


def test_nothing_asks_for_a_whole_page() -> None:
    assert asked() == Asked({}, count=10)


def test_values_are_kept_as_sent() -> None:
    assert asked(("name", " De la Cruz "), ("status", "a,b")).values == {
        "name": " De la Cruz ",
        "status": "a,b",
    }


def test_what_has_no_value_was_not_asked() -> None:
    assert asked(("name", ""), ("_count", ""), ("_summary", ""), ("_page", "")) == Asked({}, count=10)


@pytest.mark.parametrize(
    ("pair", "count"),
    [
        (("_count", "3"), 3),
        (("_count", "10"), 10),
        (("_count", "11"), 10),
        (("_count", "0"), 0),
        (("_count", "007"), 7),
        (("_count", "9" * 200), 10),
        (("_summary", "count"), 0),
        (("_summary", "false"), 10),
    ],
)
def test_how_many_a_page(pair: tuple[str, str], count: int) -> None:
    assert asked(pair).count == count


def test_the_same_twice_is_once() -> None:
    assert asked(("name", "a"), ("name", "a")).values == {"name": "a"}


def test_an_escaped_comma_makes_no_list() -> None:
    assert asked(("name", r"Okafor\, Jr")).values == {"name": r"Okafor\, Jr"}


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([("name", "a"), ("name", "b")], "not-supported"),
        ([("name", "a,b")], "not-supported"),
        ([("name", r"a\\,b")], "not-supported"),
        ([("name:exact", "a")], "not-supported"),
        ([("name:missing", "")], "not-supported"),
        ([("_count:x", "1")], "not-supported"),
        ([("_page", "abc"), ("name", "a")], "not-supported"),
        ([("_summary", "true")], "not-supported"),
        ([("name", "a" * 201)], "too-long"),
        ([("name", "a\x00")], "value"),
        ([("name", "a\u2028b")], "value"),
        ([("name", "\ud800")], "value"),
        ([("_count", "-1")], "value"),
        ([("_count", "1.0")], "value"),
        ([("_count", "²")], "value"),
    ],
)
def test_what_is_refused(pairs: list[tuple[str, str]], code: str) -> None:
    assert code_of(*pairs) == code


def test_names_nobody_knows_are_ignored_and_kept_apart() -> None:
    found = asked(("colour", "blue"), ("name", "a"), ("colour", "red"), ("_sort", "name"))
    assert (found.values, found.ignored) == ({"name": "a"}, ("colour", "_sort"))


def test_strictly_they_are_refused() -> None:
    assert code_of(("colour", "blue"), strict=True) == "not-supported"
    assert asked(("name", "a"), strict=True).values == {"name": "a"}


def test_only_what_looks_like_a_name_is_named() -> None:
    assert parameters.named(("a", "b.c", "<x>", "a" * 41, "")) == "a, b.c, 3 more"
    assert parameters.named(tuple(f"p{number}" for number in range(12))).endswith("p9, 2 more")


@pytest.mark.parametrize("typed", ["1984-05-06", "eq1984-05-06"])
def test_a_day(typed: str) -> None:
    assert parameters.day(typed, "birthdate") == date(1984, 5, 6)


@pytest.mark.parametrize(
    "typed", ["1984", "1984-05", "ge1984-05-06", "1984-05-06T00:00:00Z", "05/06/1984", " 1984-05-06", "x"]
)
def test_less_than_a_day_and_more_than_one_is_refused(typed: str) -> None:
    with pytest.raises(Problem) as refused:
        parameters.day(typed, "birthdate")
    assert refused.value.found.issues[0].code == "not-supported"
    assert typed not in refused.value.found.issues[0].text


def test_lists_and_escapes() -> None:
    assert parameters.several(r"a,b\,c,,d\|e") == ("a", "b,c", "d|e")
    assert parameters.unescaped(r"a\\b\$\,") == r"a\b$,"
