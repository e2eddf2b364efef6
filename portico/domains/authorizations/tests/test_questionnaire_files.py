"""A file of a questionnaire is read, or refused with all that is wrong and where."""

import json
from typing import Any

import pytest

from portico.domains.authorizations import questionnaire_data, questionnaire_files
from portico.domains.authorizations.questionnaire_files import MOST_BYTES, BadQuestionnaire

TRIED: dict[str, Any] = {
    "id": "tried",
    "kind": "choice",
    "text": "What was tried?",
    "options": [["none", "Nothing"], ["drugs", "Medicines"]],
}
WEEKS: dict[str, Any] = {
    "id": "weeks",
    "kind": "number",
    "text": "For how many weeks?",
    "least": 1,
    "most": 520,
    "when": [{"question": "tried", "is": ["drugs"]}],
}
WHOLE: dict[str, Any] = {"key": "knee-imaging", "title": " The knee ", "questions": [TRIED, WEEKS]}


def faults(told: object) -> tuple[str, ...]:
    sent = told if isinstance(told, bytes) else json.dumps(told).encode()
    with pytest.raises(BadQuestionnaire) as caught:
        questionnaire_files.read(sent)
    return caught.value.faults


def with_weeks(**more: Any) -> dict[str, Any]:
    return {**WHOLE, "questions": [TRIED, {**WEEKS, **more}]}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark of its order"])
def test_a_file_is_read(mark: bytes) -> None:
    file = questionnaire_files.read(mark + json.dumps(WHOLE).encode())
    assert (file.key, file.title) == ("knee-imaging", "The knee")
    assert [each.id for each in questionnaire_data.read(file.content)] == ["tried", "weeks"]
    assert set(file.content) == {"questions"}


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (b"{\n  'key': 1}", "Line 2, column 3: this is no JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[]", "one object with key, title and questions"),
        (b'{"key": "a", "key": "b"}', "says 'key' twice"),
        (b'{"key": NaN}', "NaN is no number"),
        (b'{"key": 1e999}', "1e999 is no number"),
        (b'{"key": ' + b"9" * 5000 + b"}", "counts further"),
        (b"[" * 100_000, "nests deeper"),
        (b'{"key": ' + b"[" * 20 + b"]" * 20 + b"}", "nests deeper"),
        (b'{"key": "a\\u0000"}', "control character"),
        (b'{"key": "\\ud800"}', "control character"),
        (b" " * (MOST_BYTES + 1), "larger than 256 KB"),
    ],
    ids=range(12),
)
def test_what_is_no_file_of_one_is_refused(sent: bytes, says: str) -> None:
    assert says in " ".join(faults(sent))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({**WHOLE, "key": "knee imaging"}, "key: letters"),
        ({**WHOLE, "key": "kn\N{LATIN SMALL LETTER E WITH ACUTE}"}, "key: letters"),
        ({**WHOLE, "title": "x" * 121}, "title: a text of up to 120"),
        ({**WHOLE, "author": "x"}, "The file says 'author'"),
        ({**WHOLE, "questions": {}}, "list of one to"),
        (with_weeks(requried=True), "Question 2 (weeks): no question says 'requried'."),
        (with_weeks(required="no"), "Question 2 (weeks): required is true or false"),
        (with_weeks(hint=5), "its hint is a text"),
        (with_weeks(options=[["a", "A"]]), "only a choice or several has options"),
        (with_weeks(least=9, most=1), "Question 2 (weeks): least is more than most"),
        (with_weeks(kind="text"), "only a number has least and most"),
        (
            with_weeks(when=[{"question": "tried", "is": "drug"}]),
            "no answer 'drug'; it has none, drugs",
        ),
        (with_weeks(when=[{"question": "tried", "is": True}]), "stands in quotes"),
        (with_weeks(when=[{"question": "tried", "is": "drugs", "or": 1}]), "no condition says 'or'"),
        (with_weeks(when=[{"question": "tried", "least": 1}]), "look at a number, and tried is none"),
        ({**WHOLE, "questions": [{**TRIED, "options": [["a", "A"], ["b", 2]]}]}, "each option is a pair"),
    ],
    ids=range(16),
)
def test_a_slip_is_refused_with_its_place(told: dict[str, Any], says: str) -> None:
    assert says in " ".join(faults(told))


def test_all_that_is_wrong_is_said_at_once() -> None:
    questions = [{**TRIED, "kind": "song"}, {**WEEKS, "text": ""}, {**TRIED, "id": "X"}]
    found = faults({"key": "", "title": "", "questions": questions})
    assert [fault.partition(":")[0] for fault in found] == [
        "key",
        "title",
        "Question 1 (tried)",
        "Question 2 (weeks)",
        "Question 3",
    ]
