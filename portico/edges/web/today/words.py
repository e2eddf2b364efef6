"""Tasks of Today in words: what it is and where it is done, the next step, how near its end is, with whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from portico.domains.work.today_rules import Kind, Near, Side, Task
from portico.edges.web.codes import states
from portico.edges.web.staff import work

KINDS: Final[Mapping[Kind, str]] = {
    Kind.QUESTION: "The plan's questions about requests",
    Kind.DRAFT: "Drafts handed over",
    Kind.DECISION: "Requests to be decided",
    Kind.CLAIM: "Claims that wait for something",
    Kind.ACCESS_REQUEST: "Access requests to decide",
    Kind.OWN_ACCESS_REQUEST: "Access asked for",
    Kind.ACCESS_REVIEW: "Access review",
    Kind.ATTESTATION: "Directory entries to confirm",
    Kind.WORK_ITEM: "Work items",
}
NEAR: Final[Mapping[Near, str]] = {
    Near.OVER: "Overdue",
    Near.TODAY: "Due today",
    Near.SOON: "Within a week",
    Near.LATER: "Later",
    Near.OPEN: "No due date",
}
TONES: Final[Mapping[Near, str]] = {
    Near.OVER: "negative",
    Near.TODAY: "caution",
    Near.SOON: "info",
    Near.LATER: "neutral",
    Near.OPEN: "neutral",
}
_ASKED: Final[Mapping[str, str]] = {
    "authorization": "Authorization",
    "referral": "Referral",
    "admission": "Admission",
    "expedited": "Expedited request",
}
_OFFICE: Final[Mapping[Kind, str]] = {
    Kind.QUESTION: "authorization",
    Kind.DRAFT: "request_draft",
    Kind.DECISION: "authorization",
    Kind.CLAIM: "claim",
    Kind.ACCESS_REQUEST: "office_request",
    Kind.OWN_ACCESS_REQUEST: "access_request",
    Kind.ACCESS_REVIEW: "office_review",
    Kind.ATTESTATION: "office_directory_confirm",
}
_PLAN: Final[Mapping[Kind, str]] = {
    Kind.DECISION: "authorization_case",
    Kind.ACCESS_REQUEST: "staff_request",
    Kind.WORK_ITEM: "work_items",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A task as the list shows it."""

    task: Task
    what: str
    url: str
    step: str
    near: str
    tone: str
    with_whom: str


def row(task: Task, *, is_plan: bool) -> Row:
    """A task in words, with the page on which it is done."""
    route = (_PLAN if is_plan else _OFFICE)[task.kind]
    return Row(
        task=task,
        what=_what(task),
        url=reverse(route, args=[task.target] if task.target else []),
        step=_step(task),
        near=NEAR[task.near],
        tone=TONES[task.near],
        with_whom=_with_whom(task, is_plan=is_plan),
    )


def _what(task: Task) -> str:
    return _WHAT[task.kind].format(
        asked=_ASKED.get(task.action, "Request"), number=task.number, who=task.who or "somebody"
    )


_WHAT: Final[Mapping[Kind, str]] = {
    Kind.QUESTION: "{asked} {number}",
    Kind.DRAFT: "{asked}, a draft",
    Kind.DECISION: "{asked} {number}",
    Kind.CLAIM: "Claim {number}",
    Kind.ACCESS_REQUEST: "Access request of {who}",
    Kind.OWN_ACCESS_REQUEST: "Access you asked for",
    Kind.ACCESS_REVIEW: "Access review",
    Kind.ATTESTATION: "Directory entries",
    Kind.WORK_ITEM: "Work item {number}",
}


def _step(task: Task) -> str:
    return _STEPS[task.kind](task)


_STEPS: Final[Mapping[Kind, Callable[[Task], str]]] = {
    Kind.QUESTION: lambda task: "Answer what the plan asks.",
    Kind.DRAFT: lambda task: f"Finish it and send it: {task.who or 'a colleague'} handed it to you.",
    Kind.DECISION: lambda task: "Decide it." if task.side is Side.OURS else "The plan decides it.",
    Kind.CLAIM: lambda task: states.action(task.action),
    Kind.ACCESS_REQUEST: lambda task: "Say yes or no to it.",
    Kind.OWN_ACCESS_REQUEST: lambda task: f"{_answerer(task)} answers it.",
    Kind.ACCESS_REVIEW: lambda task: _review(task.count),
    Kind.ATTESTATION: lambda task: f"Confirm {_counted(task.count, 'entry', 'entries')}, or correct them.",
    Kind.WORK_ITEM: lambda task: (
        f"{work.KINDS.get(task.action) or task.action.replace('_', ' ').capitalize()}."
    ),
}


def _answerer(task: Task) -> str:
    return "The plan" if task.action == "with_plan" else "Your administrator"


def _review(people: int) -> str:
    if not people:
        return "Finish it: everybody has been looked at."
    return f"Look through what {_counted(people, 'person', 'people')} may do."


def _with_whom(task: Task, *, is_plan: bool) -> str:
    if task.kind is Kind.OWN_ACCESS_REQUEST:
        return _answerer(task)
    if task.side is Side.THEIRS:
        return "The plan"
    if task.is_mine:
        return "You"
    return task.assigned_to or ("Your desk" if is_plan else "Your office")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
