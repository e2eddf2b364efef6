"""The judged questions speak of documents that those who ask can read."""

import re

import pytest

from portico.demo import lines
from portico.demo.library import documents
from tests.library import peers, questions
from tests.library.questions import TODAY, Question

QUESTIONS = questions.everything()
DOCUMENTS = {each.key: each for each in documents.everything(TODAY)}


def test_there_are_sixty_and_none_is_asked_twice_in_a_line() -> None:
    assert len(QUESTIONS) == 60
    assert len({(each.asked, each.line) for each in QUESTIONS}) == 60


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.asked)
def test_every_graded_document_is_in_force_where_the_question_is_asked(question: Question) -> None:
    for key in question.grades:
        version = peers.in_force(DOCUMENTS[key], TODAY)
        assert version is not None, key
        assert question.number_of or not question.line or question.line in (version.lines or lines.CODES), key


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.asked)
def test_something_answers_every_question(question: Question) -> None:
    assert question.line in ("", *lines.CODES)
    assert max(question.grades.values()) == 3
    assert set(question.grades.values()) <= {1, 2, 3}


def test_numbers_are_asked_for_in_three_ways_of_writing() -> None:
    asked = [each.asked for each in QUESTIONS if each.number_of]
    shapes = (r"\d\d-\d{3}[msf]", r"\d\d – \d{3} [MSF]", r"\d{5}[msf]")
    assert [sum(bool(re.fullmatch(shape, each)) for each in asked) for shape in shapes] == [1, 1, 1]
