"""What a question is made of: numbers in it, words that were mistyped, words that mean the same."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.library.search import numbers, phrasing, spelling, synonym_rules, texts
from portico.domains.library.search.phrasing import BEGUN, MENDED, OWN, SAME, Mended, Phrasing, Synonyms
from portico.domains.library.search.spelling import Words, distance
from portico.domains.library.search.synonym_rules import BadSynonyms

WORDS = Words.of(
    {"authorization": 9, "claim": 5, "claims": 7, "imaging": 2, "form": 3, "from": 9, "mri": 4}.items()
)
SYNONYMS = Synonyms([("prior authorization", "precert"), ("mri", "magnetic resonance imaging")])


def _read(text: str, **options: bool) -> Phrasing:
    return phrasing.of(text, words=WORDS, synonyms=SYNONYMS, **options)


def _ways(text: str, **options: bool) -> list[list[tuple[str, float]]]:
    return [
        [(" ".join(way.phrase), way.weight) for way in slot.ways] for slot in _read(text, **options).slots
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("authorisation", "authorization"),
        ("authorizatoin", "authorization"),
        ("athorizaton", "authorization"),
        ("claism", "claims"),
        ("qlaims", "claims"),
        ("imagin", "imaging"),
        ("claims", ""),
        ("clm", ""),
        ("zzzzzz", ""),
        ("12345", ""),
        ("athoriz", ""),
    ],
)
def test_the_nearest_word_is_meant(typed: str, meant: str) -> None:
    assert WORDS.meant(typed) == meant


def test_of_equally_near_words_the_more_frequent_is_meant() -> None:
    assert Words.of([("forms", 1), ("forma", 8)]).meant("formz") == "forma"


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_slips_are_the_same_either_way_and_none_between_a_word_and_itself(one: str, other: str) -> None:
    assert spelling.distance(one, other, 9) == spelling.distance(other, one, 9)
    assert (spelling.distance(one, other, 9) == 0) == (one == other)
    assert min(spelling.distance(one, other, 9), 3) == spelling.distance(one, other, 2)


def test_words_that_begin_so_come_by_how_frequent_they_are() -> None:
    assert WORDS.beginning("cla") == ("claims", "claim")
    assert WORDS.beginning("c") == ()


def test_a_question_is_its_telling_words() -> None:
    assert _ways("How do I get a form?") == [[("form", OWN)]]
    assert _ways("how do I") == [[("how", OWN)], [("do", OWN)], [("i", OWN)]]
    assert _ways("") == []


def test_a_phrase_is_one_thing_with_all_its_ways() -> None:
    assert _ways("precert for MRI") == [
        [("precert", OWN), ("prior author", SAME)],
        [("mri", OWN), ("magnet reson imag", SAME)],
    ]
    assert _ways("prior authorizations") == [[("prior author", OWN), ("precert", SAME)]]


def test_a_mended_word_weighs_less_and_is_said() -> None:
    read = _read("claimz")
    assert read.mended == (Mended("claimz", "claims"),)
    assert read.slots[0].ways[0].weight == MENDED


def test_the_beginning_of_a_word_stands_for_what_begins_so() -> None:
    assert _ways("imag", is_being_typed=True) == [[("imag", OWN), ("imag", BEGUN)]]
    assert _ways("claim", is_being_typed=True)[0][0] == ("claim", OWN)
    assert _read("auth").mended == ()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("23-346m", "23346m"),
        (" 23 – 346 M ", "23346m"),
        ("letter no. 23-346m", "23346m"),
        ("Update #23.346m", "23346m"),
        ("claims 23-346m", ""),
        ("180", "180"),
        ("27", ""),
        ("claims", ""),
        ("", ""),
    ],
)
def test_a_text_that_is_a_number_is_told_from_one_that_is_more(text: str, key: str) -> None:
    assert numbers.alone(text) == key


def test_numbers_within_a_text_are_found_in_any_spacing() -> None:
    assert "23346m" in numbers.within("what does 23 346 M say")
    assert numbers.within("nothing here") == ()


def test_a_row_is_read_with_commas_or_lines_between() -> None:
    assert synonym_rules.checked("Prior  Auth, precert\nauthorization;") == (
        "prior auth",
        "precert",
        "authorization",
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("alone", "too_few"),
        ("", "too_few"),
        ("a, A", "said_twice"),
        (", ".join(f"w{n}" for n in range(21)), "too_many"),
        ("one two three four five six, seven", "long_phrase"),
        (", ".join(letter * 99 for letter in "abcdef"), "too_long"),
    ],
    ids=["alone", "nothing", "twice", "many", "long phrase", "long"],
)
def test_a_row_that_will_not_do_is_told_why(typed: str, code: str) -> None:
    with pytest.raises(BadSynonyms) as error:
        synonym_rules.checked(typed)
    assert error.value.code == code


def test_twenty_words_of_five_words_may_stand_in_a_row() -> None:
    assert len(synonym_rules.checked(", ".join(f"a b c d w{n}" for n in range(20)))) == 20


def test_the_usual_rows_may_all_be_kept_together() -> None:
    rows = [synonym_rules.checked(row) for row in synonym_rules.USUAL]
    said = [phrase for row in rows for phrase in row]
    assert len(said) == len(set(said))


def test_telling_words_are_never_none() -> None:
    assert texts.telling(["how", "do", "i"]) == ["how", "do", "i"]


def test_a_slip_in_the_first_letter_is_mended_without_a_look_at_every_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Sixty signs hold a dozen words that stand nowhere; each is held against few others."""
    compared: list[str] = []

    def counted(one: str, other: str, most: int) -> int:
        compared.append(other)
        return distance(one, other, most)

    monkeypatch.setattr(spelling, "distance", counted)
    alike = ["".join(each) for each in product("bcdfg", "aeiou", "bcdfg", "aeiou", "bcdfg")]
    words = Words.of([*((each, 1) for each in alike), ("appeal", 3), ("claim", 5), ("ray", 9)])

    slips = {"qppeal": "appeal", "ppeal": "appeal", "lcaim": "claim", "xclaim": "claim", "zray": "ray"}
    assert {typed: words.meant(typed) for typed in slips} == slips
    assert words.meant("zebab") == max(each for each in alike if each.endswith("ebab"))
    assert words.meant("zzzzz") == ""
    assert len(compared) < 10
