"""A questionnaire as a file: JSON with its key, its title and its questions, refused with every fault found.

    {"key": "knee-imaging", "title": "Imaging of the knee", "questions": [...]}

The questions are written as questionnaire_data says. A file is read more strictly than what was kept: a
word nobody knows, or an answer that is none of the question's, is a slip that would change who is asked.
"""

import json
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from portico.domains.authorizations import questionnaire_checks, questionnaire_data
from portico.domains.authorizations.questionnaire_data import BadQuestionnaire as BadQuestionnaire

MOST_BYTES: Final = 256 * 1024
LONGEST_TITLE: Final = 120
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")
_KNOWN: Final = ("key", "title", "questions")
_DEEPEST: Final = 8
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class File:
    """A questionnaire that may be kept; `content` is what questionnaire_data.read takes."""

    key: str
    title: str
    content: dict[str, Any]


def read(sent: bytes) -> File:
    """The questionnaire in the file. Raises BadQuestionnaire with all that is wrong."""
    told = _parsed(sent)
    if not isinstance(told, dict):
        raise BadQuestionnaire("The file is one object with key, title and questions.")
    if faults := tuple(_spoiled(told)):
        raise BadQuestionnaire(*faults)
    faults = (*_of_head(told), *_of_questions(told))
    if faults:
        raise BadQuestionnaire(*faults)
    return File(told["key"], told["title"].strip(), {"questions": told["questions"]})


def _parsed(sent: bytes) -> Any:
    if len(sent) > MOST_BYTES:
        raise BadQuestionnaire(f"The file is larger than {MOST_BYTES // 1024} KB.")
    try:
        text = sent.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_object, parse_float=_finite, parse_constant=_finite)
    except UnicodeDecodeError as error:
        raise BadQuestionnaire("The file is not UTF-8 text.") from error
    except json.JSONDecodeError as error:
        where = f"Line {error.lineno}, column {error.colno}"
        raise BadQuestionnaire(f"{where}: this is no JSON ({error.msg}).") from error
    except BadQuestionnaire:
        raise
    except (RecursionError, ValueError) as error:
        raise BadQuestionnaire("The file nests deeper, or counts further, than it may.") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadQuestionnaire(f"An object says {_shown(name)} twice.")
        found[name] = value
    return found


def _finite(text: str) -> float:
    found = float(text)
    if not math.isfinite(found):
        raise BadQuestionnaire(f"{text[:_SHOWN]} is no number that can be kept.")
    return found


def _spoiled(told: Any) -> Iterator[str]:
    """Texts that no page could show, and objects far below others; the deepest are not looked into."""
    waiting: list[tuple[Any, int]] = [(told, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > _DEEPEST:
            yield "The file nests deeper than any questionnaire does."
            return
        if isinstance(value, str) and any(unicodedata.category(each) in ("Cc", "Cs") for each in value):
            yield f"{_shown(value)} holds a control character."
        elif isinstance(value, dict):
            waiting.extend((each, depth + 1) for pair in value.items() for each in pair)
        elif isinstance(value, list):
            waiting.extend((each, depth + 1) for each in value)


def _of_head(told: dict[str, Any]) -> Iterator[str]:
    for name in sorted(told.keys() - set(_KNOWN)):
        yield f"The file says {_shown(name)}: it has key, title and questions only."
    key, title = told.get("key"), told.get("title")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        yield "key: letters, digits and dashes, 40 at most, such as knee-imaging."
    if not isinstance(title, str) or not 0 < len(title.strip()) <= LONGEST_TITLE:
        yield f"title: a text of up to {LONGEST_TITLE} characters."


def _of_questions(told: dict[str, Any]) -> tuple[str, ...]:
    content = {"questions": told.get("questions")}
    try:
        questions = questionnaire_data.read(content)
    except BadQuestionnaire as error:
        return error.faults
    return tuple(questionnaire_checks.faults(content["questions"] or (), questions))


def _shown(text: str) -> str:
    return ascii(text[:_SHOWN])
