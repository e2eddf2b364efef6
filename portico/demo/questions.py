"""What the plan asks about a new knee when an office asks for it: a questionnaire, and answers to it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

KNEE, KNEE_VERSION, KNEE_TITLE = "knee-replacement", "knee-replacement/1", "Replacing a knee"
_TRIED: Final = ("exercise", "tablets", "injections")
CONTENT: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "questions": [
            {
                "id": "tried",
                "kind": "several",
                "text": "What was tried before?",
                "options": [
                    ["exercise", "Exercises with a therapist"],
                    ["tablets", "Tablets against pain or inflammation"],
                    ["injections", "Injections into the joint"],
                    ["none", "Nothing so far"],
                ],
            },
            {
                "id": "weeks",
                "kind": "number",
                "text": "For how many weeks altogether?",
                "least": 1,
                "most": 520,
                "when": [{"question": "tried", "is": list(_TRIED)}],
            },
            {
                "id": "why_none",
                "kind": "text",
                "text": "Why was nothing tried?",
                "hint": "For example a fracture, or a joint that is destroyed.",
                "when": [{"question": "tried", "is": ["none"]}],
            },
            {"id": "pictured_on", "kind": "day", "text": "When was the knee last pictured?"},
            {
                "id": "walks",
                "kind": "choice",
                "text": "How far can the patient walk?",
                "options": [
                    ["room", "Within a room"],
                    ["house", "Within the house"],
                    ["block", "About a block"],
                    ["further", "Further"],
                ],
            },
            {"id": "operated", "kind": "yes_no", "text": "Was this knee operated on before?"},
            {
                "id": "operation",
                "kind": "text",
                "text": "Which operation was it, and when?",
                "when": [{"question": "operated", "is": ["yes"]}],
            },
        ]
    }
)
"""As the desk would write it: what was tried decides whether it asks for how long, or why not."""

KNEE_ANSWERS: Final = (
    ("tried", "exercise,tablets"),
    ("weeks", "26"),
    ("walks", "block"),
    ("operated", "no"),
)
"""Answers of an office that do not depend on the day; `pictured_on` is to be added."""
