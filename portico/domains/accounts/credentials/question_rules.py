"""The recovery question: which there are, what an answer may be, and when two answers are the same. Pure.

None of the questions is answered by a register, a profile on a social site, or a colleague: no birthplaces,
schools, cars, pets or maiden names.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from portico.domains.accounts.rules import is_run

LEAST_LENGTH = 3
GREATEST_LENGTH = 100

_WORDS = re.compile(r"[^\W_]+")


class Question(StrEnum):
    """A question somebody may choose; stable codes."""

    TOY = "toy"
    SAYING = "saying"
    STREET = "street"
    LOST = "lost"
    BOOK = "book"
    HEART = "heart"


TEXTS: Mapping[Question, str] = {
    Question.TOY: "What was the name of a toy or stuffed animal you loved as a child?",
    Question.SAYING: "What does somebody in your family say again and again?",
    Question.STREET: "In which street did a friend live whom you often visited as a child?",
    Question.LOST: "At which place did you once lose your way?",
    Question.BOOK: "Which book did you begin several times and never finish?",
    Question.HEART: "Which song or poem did you once learn by heart?",
}


class AnswerFault(StrEnum):
    """What is wrong with an answer; stable codes."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    GUESSABLE = "guessable"
    HOLDS_USERNAME = "holds_username"
    REPEATS_QUESTION = "repeats_question"


def normal_answer(typed: str) -> str:
    """The answer as it counts: case, accents, spaces, dashes and punctuation make no difference."""
    return "".join(_words(typed))


def answer_faults(typed: str, *, question: Question, username: str) -> tuple[AnswerFault, ...]:
    """What is wrong with an answer to `question`; nothing when it may be kept.

    At least three letters or digits; not the username; and more than words of the question.
    """
    answer = normal_answer(typed)
    if len(answer) > GREATEST_LENGTH:
        return (AnswerFault.TOO_LONG,)
    if len(answer) < LEAST_LENGTH:
        return (AnswerFault.TOO_SHORT,)
    found = (
        (len(set(answer)) == 1 or is_run(answer), AnswerFault.GUESSABLE),
        (normal_answer(username) in answer, AnswerFault.HOLDS_USERNAME),
        (_is_of_the_question(typed, question), AnswerFault.REPEATS_QUESTION),
    )
    return tuple(fault for is_so, fault in found if is_so)


def _is_of_the_question(typed: str, question: Question) -> bool:
    asked = set(_words(TEXTS[question]))
    return len("".join(word for word in _words(typed) if word not in asked)) < LEAST_LENGTH


def _words(text: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return _WORDS.findall("".join(sign for sign in apart if not unicodedata.combining(sign)))
