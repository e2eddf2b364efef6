"""Recovery questions: which answers are the same, and which are refused."""

import pytest

from portico.domains.accounts.credentials.question_rules import (
    TEXTS,
    AnswerFault,
    Question,
    answer_faults,
    normal_answer,
)

USERNAME = "fay.desk"


def faults(answer: str, question: Question = Question.TOY) -> tuple[AnswerFault, ...]:
    return answer_faults(answer, question=question, username=USERNAME)


@pytest.mark.parametrize(
    "typed",
    ["Señor Tedd-E", "senor tedde", "SENOR  TEDDE", " se\u0303nor, tedde! ", "Senor_Tedde", "Ｓenor tedde"],
    ids=["as chosen", "no accents", "capitals", "another accent", "underscore", "wide letter"],
)
def test_case_accents_blanks_and_signs_make_no_difference(typed: str) -> None:
    assert normal_answer(typed) == "senortedde"


def test_other_letters_do_make_one() -> None:
    assert normal_answer("Tedda") != normal_answer("Teddy")


@pytest.mark.parametrize("typed", ["", "  ", "ab", "a-b", "é!", "_._"])
def test_fewer_than_three_letters_and_digits_are_too_short(typed: str) -> None:
    assert faults(typed) == (AnswerFault.TOO_SHORT,)


@pytest.mark.parametrize("typed", ["Bob", "b o b", "R2D2", "川の名前", "x" + 99 * "y"], ids=range(5))
def test_three_are_enough_and_a_hundred_fit(typed: str) -> None:
    assert faults(typed) == ()


def test_more_than_a_hundred_do_not_fit() -> None:
    assert faults("x" + 100 * "y") == (AnswerFault.TOO_LONG,)


@pytest.mark.parametrize("typed", ["aaa", "B-b-b", "123", "abcd", "qwerty", "0987"])
def test_one_sign_again_and_again_and_runs_are_guessable(typed: str) -> None:
    assert faults(typed) == (AnswerFault.GUESSABLE,)


@pytest.mark.parametrize("typed", ["fay.desk", "Fay Desk", "my fay-desk bear", "FAYDESK"])
def test_the_username_is_refused_however_written(typed: str) -> None:
    assert faults(typed) == (AnswerFault.HOLDS_USERNAME,)


@pytest.mark.parametrize("typed", ["my toy", "a stuffed animal", "The Name of a toy", "as a child"])
def test_words_of_the_question_alone_are_refused(typed: str) -> None:
    assert faults(typed) == (AnswerFault.REPEATS_QUESTION,)


def test_words_of_the_question_beside_an_answer_are_fine() -> None:
    assert faults("Elm Street", Question.STREET) == ()


def test_every_question_has_its_text() -> None:
    assert set(TEXTS) == set(Question)
    assert len(set(TEXTS.values())) == len(Question)
