"""Questions of a questionnaire: which apply, given the answers so far, and which answers are wrong.

A question stands after those it depends on. It applies when all its conditions hold: that an answer is one
of some values, is none of some, or lies between two numbers; and a question that does not apply has no
answer that a condition could hold by. So only what matters is asked, and only that is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

LONGEST_TEXT: Final = 2_000
YES, NO = "yes", "no"


class Kind(StrEnum):
    """How a question is answered: `several` with options, a comma between them."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    DAY = "day"
    TEXT = "text"


class Wrong(StrEnum):
    """What is wrong with an answer."""

    MISSING = "missing"
    NOT_AN_OPTION = "not_an_option"
    NOT_A_NUMBER = "not_a_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_A_DAY = "not_a_day"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the answer to `question` is one of `one_of`, none of `none_of`, and within the bounds."""

    question: str
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its options (code and words), and when it applies."""

    id: str
    kind: Kind
    text: str
    hint: str = ""
    is_required: bool = True
    options: tuple[tuple[str, str], ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    when: tuple[Condition, ...] = ()


def applying(questions: Iterable[Question], answers: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions that matter, given these answers."""
    found: list[Question] = []
    counted: dict[str, str] = {}
    for question in questions:
        if all(_holds(rule, counted.get(rule.question, "")) for rule in question.when):
            found.append(question)
            if answers.get(question.id):
                counted[question.id] = answers[question.id]
    return tuple(found)


def kept(questions: Iterable[Question], answers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The answers that count: those to questions that apply, in the order of the questions."""
    meant = applying(questions, answers)
    return tuple((each.id, answers[each.id].strip()) for each in meant if answers.get(each.id, "").strip())


def wrong(questions: Iterable[Question], answers: Mapping[str, str]) -> dict[str, Wrong]:
    """What is wrong with the answers to the questions that apply, by the question's id."""
    found = {each.id: _wrong(each, answers.get(each.id, "").strip()) for each in applying(questions, answers)}
    return {key: fault for key, fault in found.items() if fault is not None}


def said(questions: Iterable[Question], answers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Question and answer in words, of those that apply and were answered."""
    return tuple(
        (each.text, words(each, answers[each.id]))
        for each in applying(questions, answers)
        if answers.get(each.id)
    )


def words(question: Question, answer: str) -> str:
    """An answer as a person reads it."""
    if question.kind is Kind.YES_NO:
        return {YES: "Yes", NO: "No"}.get(answer, answer)
    if question.options:
        named = dict(question.options)
        return ", ".join(named.get(code, code) for code in answer.split(","))
    if question.kind is Kind.DAY and (day := _day(answer)) is not None:
        return f"{day:%m/%d/%Y}"
    return answer


def _holds(rule: Condition, answer: str) -> bool:
    if not answer:
        return False
    given = set(answer.split(",")) | {answer}
    if rule.one_of and not given & set(rule.one_of):
        return False
    if given & set(rule.none_of):
        return False
    if rule.least is None and rule.most is None:
        return True
    found = number(answer)
    return found is not None and _bounded(found, rule.least, rule.most) is None


def _wrong(question: Question, answer: str) -> Wrong | None:
    if not answer:
        return Wrong.MISSING if question.is_required else None
    if len(answer) > LONGEST_TEXT:
        return Wrong.TOO_LONG
    match question.kind:
        case Kind.NUMBER:
            found = number(answer)
            return Wrong.NOT_A_NUMBER if found is None else _bounded(found, question.least, question.most)
        case Kind.DAY:
            return None if _day(answer) is not None else Wrong.NOT_A_DAY
        case Kind.TEXT:
            return None
        case Kind.SEVERAL:
            codes = set(answer.split(","))
        case _:
            codes = {answer}
    return None if codes <= _codes(question) else Wrong.NOT_AN_OPTION


def _codes(question: Question) -> set[str]:
    return {YES, NO} if question.kind is Kind.YES_NO else {code for code, _ in question.options}


def _bounded(number: Decimal, least: Decimal | None, most: Decimal | None) -> Wrong | None:
    if least is not None and number < least:
        return Wrong.TOO_SMALL
    return Wrong.TOO_LARGE if most is not None and number > most else None


def number(text: str) -> Decimal | None:
    """A finite number of ordinary size; None for anything else."""
    try:
        found = Decimal(text) if len(text) <= 20 else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
