"""Which questions apply, and which answers are wrong."""

from typing import Any

import pytest

from portico.domains.authorizations import questionnaire_data, questions
from portico.domains.authorizations.questionnaire_data import BadQuestionnaire
from portico.domains.authorizations.questions import Wrong

ASKED: dict[str, Any] = {
    "questions": [
        {"id": "first", "kind": "yes_no", "text": "Is it the first time?"},
        {
            "id": "tried",
            "kind": "several",
            "text": "What was tried?",
            "options": [["drugs", "Drugs"], ["exercise", "Exercise"], ["none", "Nothing"]],
            "when": [{"question": "first", "is": "no"}],
        },
        {
            "id": "weeks",
            "kind": "number",
            "text": "For how many weeks?",
            "least": 1,
            "most": "52.5",
            "when": [{"question": "tried", "is_not": ["none"]}],
        },
        {
            "id": "why",
            "kind": "text",
            "text": "Why so short?",
            "when": [{"question": "weeks", "most": 5}],
        },
        {"id": "since", "kind": "day", "text": "Since when?", "required": False},
    ]
}
QUESTIONS = questionnaire_data.read(ASKED)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, "first since"),
        ({"first": "yes"}, "first since"),
        ({"first": "no"}, "first tried since"),
        ({"first": "no", "tried": "none"}, "first tried since"),
        ({"first": "no", "tried": "drugs,exercise"}, "first tried weeks since"),
        ({"first": "no", "tried": "drugs,none"}, "first tried since"),
        ({"first": "no", "tried": "drugs", "weeks": "5"}, "first tried weeks why since"),
        ({"first": "no", "tried": "drugs", "weeks": "5.1"}, "first tried weeks since"),
        ({"first": "no", "tried": "drugs", "weeks": "few"}, "first tried weeks since"),
        ({"first": "yes", "tried": "drugs", "weeks": "1"}, "first since"),
    ],
)
def test_only_what_matters_is_asked(answers: dict[str, str], expected: str) -> None:
    assert [each.id for each in questions.applying(QUESTIONS, answers)] == expected.split()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, {"first": Wrong.MISSING}),
        ({"first": "perhaps"}, {"first": Wrong.NOT_AN_OPTION}),
        ({"first": "yes"}, {}),
        ({"first": "yes", "since": "2025-02-29"}, {"since": Wrong.NOT_A_DAY}),
        ({"first": "yes", "since": "2024-02-29"}, {}),
        ({"first": "no", "tried": "drugs,magic"}, {"tried": Wrong.NOT_AN_OPTION, "weeks": Wrong.MISSING}),
        ({"first": "no", "tried": "drugs", "weeks": "0"}, {"weeks": Wrong.TOO_SMALL, "why": Wrong.MISSING}),
        ({"first": "no", "tried": "drugs", "weeks": "1", "why": "x"}, {}),
        ({"first": "no", "tried": "drugs", "weeks": "52.5"}, {}),
        ({"first": "no", "tried": "drugs", "weeks": "52.51"}, {"weeks": Wrong.TOO_LARGE}),
        ({"first": "no", "tried": "drugs", "weeks": "NaN"}, {"weeks": Wrong.NOT_A_NUMBER}),
        (
            {"first": "no", "tried": "drugs", "weeks": "2", "why": "x" * 2_001},
            {"why": Wrong.TOO_LONG},
        ),
    ],
)
def test_wrong_answers_are_said_by_their_question(
    answers: dict[str, str], expected: dict[str, Wrong]
) -> None:
    assert questions.wrong(QUESTIONS, answers) == expected


def test_answers_to_what_does_not_apply_are_not_kept() -> None:
    given = {"first": "yes", "tried": "drugs", "weeks": "3", "since": " 2026-01-02 ", "else": "x"}
    assert questions.kept(QUESTIONS, given) == (("first", "yes"), ("since", "2026-01-02"))


def test_answers_are_read_in_words() -> None:
    given = {"first": "no", "tried": "drugs,exercise", "weeks": "12", "since": "2026-01-02"}
    assert questions.said(QUESTIONS, given) == (
        ("Is it the first time?", "No"),
        ("What was tried?", "Drugs, Exercise"),
        ("For how many weeks?", "12"),
        ("Since when?", "01/02/2026"),
    )


@pytest.mark.parametrize(
    ("content", "about"),
    [
        ({}, "list of one to"),
        ({"questions": []}, "list of one to"),
        ({"questions": ["x"]}, "is not an object"),
        ({"questions": [{"id": "A", "kind": "text", "text": "x"}]}, "its id has"),
        ({"questions": [{"id": "a", "kind": "song", "text": "x"}]}, "its kind is none of"),
        ({"questions": [{"id": "a", "kind": "text", "text": " "}]}, "has a text"),
        ({"questions": [{"id": "a", "kind": "text", "text": "x"}] * 2}, "another question"),
        ({"questions": [{"id": "a", "kind": "choice", "text": "x", "options": [["a", "A"]]}]}, "two to"),
        (
            {"questions": [{"id": "a", "kind": "text", "text": "x", "when": [{"question": "b", "is": "c"}]}]},
            "no question before it",
        ),
        (
            {"questions": [{"id": "a", "kind": "text", "text": "x", "when": [{"question": "a"}]}]},
            "a condition says",
        ),
        ({"questions": [{"id": "a", "kind": "number", "text": "x", "least": "many"}]}, "least is a number"),
    ],
    ids=range(11),
)
def test_what_is_no_questionnaire_is_refused_with_the_place(content: dict[str, Any], about: str) -> None:
    with pytest.raises(BadQuestionnaire, match=about):
        questionnaire_data.read(content)
