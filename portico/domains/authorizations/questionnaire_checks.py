"""What a questionnaire that reads well may get wrong: words nobody knows, conditions that never hold."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from portico.domains.authorizations.questions import NO, YES, Condition, Kind, Question

LONGEST_HINT: Final = 300
LONGEST_OPTION: Final = 200
_OF_QUESTION: Final = frozenset("id kind text hint required options least most when".split())
_OF_CONDITION: Final = frozenset("question is is_not least most".split())
_WITH_OPTIONS: Final = (Kind.CHOICE, Kind.SEVERAL)


def faults(told: Iterable[Mapping[str, Any]], questions: Iterable[Question]) -> Iterator[str]:
    """Each fault with its place; `told` are the data that `questions` were read from."""
    before: dict[str, Question] = {}
    for place, (data, question) in enumerate(zip(told, questions, strict=True), 1):
        where = f"Question {place} ({question.id})"
        for fault in (*_of_words(data), *_of_values(data), *_of_bounds(question)):
            yield f"{where}: {fault}"
        for condition in question.when:
            yield from (f"{where}: {fault}" for fault in _of_condition(condition, before[condition.question]))
        before[question.id] = question


def _of_words(data: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(data.keys() - _OF_QUESTION):
        yield f"no question says {name[:40]!a}."
    for condition in _list(data.get("when", [])):
        for name in sorted(condition.keys() - _OF_CONDITION):
            yield f"no condition says {name[:40]!a}."
        values = [*_list(condition.get("is", [])), *_list(condition.get("is_not", []))]
        if not all(isinstance(value, str) for value in values):
            yield 'what is and is_not name stands in quotes, such as "yes".'


def _of_values(data: Mapping[str, Any]) -> Iterator[str]:
    hint, options = data.get("hint", ""), data.get("options", [])
    if not isinstance(hint, str) or len(hint) > LONGEST_HINT:
        yield f"its hint is a text of up to {LONGEST_HINT} characters."
    if not isinstance(data.get("required", True), bool):
        yield "required is true or false, without quotes."
    if data["kind"] not in _WITH_OPTIONS:
        if options:
            yield f"only a {' or '.join(_WITH_OPTIONS)} has options."
    elif not isinstance(options, list) or not all(_is_option(each) for each in options):
        yield f"each option is a pair of texts: a code, and words of up to {LONGEST_OPTION} characters."


def _is_option(told: Any) -> bool:
    is_pair = isinstance(told, list) and len(told) == 2 and all(isinstance(each, str) for each in told)
    return is_pair and 0 < len(told[1].strip()) <= LONGEST_OPTION


def _of_bounds(question: Question) -> Iterator[str]:
    least, most = question.least, question.most
    if question.kind is not Kind.NUMBER and (least is not None or most is not None):
        yield "only a number has least and most."
    if least is not None and most is not None and least > most:
        yield "least is more than most."


def _of_condition(condition: Condition, looked_at: Question) -> Iterator[str]:
    least, most = condition.least, condition.most
    if looked_at.kind is not Kind.NUMBER and (least is not None or most is not None):
        yield f"least and most look at a number, and {looked_at.id} is none."
    if least is not None and most is not None and least > most:
        yield "least is more than most in a condition."
    codes = _codes(looked_at)
    for value in (*condition.one_of, *condition.none_of):
        if codes and value not in codes:
            yield f"{looked_at.id} has no answer {value[:40]!a}; it has {', '.join(codes)}."


def _codes(question: Question) -> tuple[str, ...]:
    if question.kind is Kind.YES_NO:
        return YES, NO
    return tuple(code for code, _ in question.options)


def _list(told: Any) -> list[Any]:
    return told if isinstance(told, list) else [told]
