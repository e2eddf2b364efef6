"""The words of questionnaires: how a version stands, how a question is answered, and when it is asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from portico.domains.authorizations import questions as asked
from portico.domains.authorizations.questionnaires import Listed
from portico.domains.authorizations.questions import Condition, Kind, Question

KINDS: Final[Mapping[str, str]] = {
    Kind.YES_NO: "Yes or no",
    Kind.CHOICE: "One of these",
    Kind.SEVERAL: "Any of these",
    Kind.NUMBER: "A number",
    Kind.DAY: "A day",
    Kind.TEXT: "Words of their own",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as the plan looks through it."""

    question: Question
    kind: str
    conditions: tuple[str, ...]


def state(row: Listed) -> tuple[str, str]:
    """How a version stands, and the tone of its tag."""
    if row.published_at is None:
        return ("Passed over", "neutral") if row.is_late else ("Draft", "caution")
    return ("Asked now", "positive") if row.is_asked else ("Replaced", "neutral")


def questions(found: Iterable[Question]) -> tuple[Shown, ...]:
    """Each question with its conditions in words, in their order."""
    known = {question.id: question for question in found}
    return tuple(
        Shown(each, _kind(each), tuple(_condition(rule, known[rule.question]) for rule in each.when))
        for each in known.values()
    )


def _kind(question: Question) -> str:
    return f"{KINDS[question.kind]}{_bounds(question.least, question.most)}"


def _condition(rule: Condition, question: Question) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{question.text}\N{RIGHT DOUBLE QUOTATION MARK} " + " and ".join(
        _tests(rule, question)
    )


def _tests(rule: Condition, question: Question) -> Iterator[str]:
    if rule.one_of:
        yield f"is {_answers(rule.one_of, question)}"
    if rule.none_of:
        yield f"is answered, but not with {_answers(rule.none_of, question)}"
    if rule.least is not None or rule.most is not None:
        yield f"is a number{_bounds(rule.least, rule.most)}"


def _answers(codes: Iterable[str], question: Question) -> str:
    return " or ".join(asked.words(question, code) for code in codes)


def _bounds(least: Decimal | None, most: Decimal | None) -> str:
    if least is not None and most is not None:
        return f" from {least} to {most}"
    if least is not None:
        return f", {least} or more"
    return f", {most} or less" if most is not None else ""
