"""Questionnaires as data: JSON that the plan writes, read into questions, or refused in words that say where.

    {"questions": [
        {"id": "onset", "kind": "day", "text": "When did it begin?"},
        {"id": "tried", "kind": "choice", "text": "What was tried?", "options": [["none", "Nothing"], ...]},
        {"id": "weeks", "kind": "number", "text": "For how many weeks?", "least": 1, "most": 520,
         "when": [{"question": "tried", "is": ["drugs", "exercise"]}]}
    ]}

`required` is true unless it says false; `hint` stands below the question. A condition says `is`, `is_not`,
`least` or `most` of a question before it.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from portico.domains.authorizations.questions import Condition, Kind, Question, number

MOST_QUESTIONS: Final = 60
MOST_OPTIONS: Final = 40
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


class BadQuestionnaire(ValueError):
    """The data are no questionnaire; each of `faults` says where and why, for whoever wrote them."""

    def __init__(self, *faults: str) -> None:
        """Say what is wrong, in the order of the data."""
        super().__init__(" ".join(faults))
        self.faults = faults


def read(content: object) -> tuple[Question, ...]:
    """The questions of a questionnaire, in their order. Raises BadQuestionnaire with one fault a question."""
    told = content.get("questions") if isinstance(content, Mapping) else None
    if not isinstance(told, Sequence) or isinstance(told, str) or not 0 < len(told) <= MOST_QUESTIONS:
        raise BadQuestionnaire(f"There must be a list of one to {MOST_QUESTIONS} questions.")
    ids: set[str] = set()
    found: list[Question] = []
    faults: list[str] = []
    for place, each in enumerate(told, 1):
        try:
            found.append(_placed(each, place, ids))
        except BadQuestionnaire as error:
            faults.extend(error.faults)
        if isinstance(each, Mapping):
            ids.add(str(each.get("id")))
    if faults:
        raise BadQuestionnaire(*faults)
    return tuple(found)


def _placed(told: Any, place: int, before: Collection[str]) -> Question:
    question = _question(told, place)
    if question.id in before:
        raise BadQuestionnaire(f"Question {place}: another question has the id {question.id}.")
    unknown = [rule.question for rule in question.when if rule.question not in before]
    if unknown:
        where = f"Question {place} ({question.id})"
        raise BadQuestionnaire(f"{where}: no question before it has the id {unknown[0]}.")
    return question


def _question(told: Any, place: int) -> Question:
    if not isinstance(told, Mapping):
        raise BadQuestionnaire(f"Question {place} is not an object.")
    key, where = told.get("id"), f"Question {place}"
    if not isinstance(key, str) or not _ID.fullmatch(key):
        raise BadQuestionnaire(f"{where}: its id has small letters, digits and underscores, 40 at most.")
    if told.get("kind") not in tuple(Kind):
        raise BadQuestionnaire(f"{where} ({key}): its kind is none of {', '.join(Kind)}.")
    text = told.get("text")
    if not isinstance(text, str) or not 0 < len(text.strip()) <= 300:
        raise BadQuestionnaire(f"{where} ({key}): it has a text of up to 300 characters.")
    kind = Kind(told["kind"])
    return Question(
        id=key,
        kind=kind,
        text=text.strip(),
        hint=str(told.get("hint", ""))[:300],
        is_required=told.get("required", True) is not False,
        options=_options(told, kind, f"{where} ({key})"),
        least=_bound(told, "least", f"{where} ({key})"),
        most=_bound(told, "most", f"{where} ({key})"),
        when=tuple(_condition(each, f"{where} ({key})") for each in _list(told.get("when", []))),
    )


def _options(told: Mapping[str, Any], kind: Kind, where: str) -> tuple[tuple[str, str], ...]:
    if kind not in (Kind.CHOICE, Kind.SEVERAL):
        return ()
    found = [
        each for each in _list(told.get("options", [])) if isinstance(each, list | tuple) and len(each) == 2
    ]
    codes = {str(code) for code, _ in found}
    if not 1 < len(found) <= MOST_OPTIONS or len(codes) != len(found):
        raise BadQuestionnaire(f"{where}: it has two to {MOST_OPTIONS} options, each a code and its words.")
    if any(not _ID.fullmatch(code) for code in codes):
        raise BadQuestionnaire(f"{where}: a code of an option has small letters, digits and underscores.")
    return tuple((str(code), str(text)[:200]) for code, text in found)


def _condition(told: Any, where: str) -> Condition:
    if not isinstance(told, Mapping) or not isinstance(told.get("question"), str):
        raise BadQuestionnaire(f"{where}: a condition names the question it looks at.")
    bounds = _bound(told, "least", where), _bound(told, "most", where)
    one_of, none_of = (tuple(map(str, _list(told.get(key, [])))) for key in ("is", "is_not"))
    if not one_of and not none_of and bounds == (None, None):
        raise BadQuestionnaire(f"{where}: a condition says is, is_not, least or most.")
    return Condition(told["question"], one_of, none_of, *bounds)


def _bound(told: Mapping[str, Any], key: str, where: str) -> Decimal | None:
    if told.get(key) is None:
        return None
    found = number(str(told[key]))
    if found is None:
        raise BadQuestionnaire(f"{where}: {key} is a number.")
    return found


def _list(told: Any) -> list[Any]:
    return list(told) if isinstance(told, list | tuple) else [told]
