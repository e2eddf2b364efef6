"""What stands on Today, in which order, and how near each thing is. Pure.

Whatever is over comes first, then what is due soonest; what has no day comes last.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What has to be done; stable codes."""

    QUESTION = "question"
    DRAFT = "draft"
    DECISION = "decision"
    CLAIM = "claim"
    ACCESS_REQUEST = "access_request"
    OWN_ACCESS_REQUEST = "own_access_request"
    ACCESS_REVIEW = "access_review"
    ATTESTATION = "attestation"
    WORK_ITEM = "work_item"


class Side(StrEnum):
    """Whose turn it is: that of the side that reads the list, or somebody else's."""

    OURS = "ours"
    THEIRS = "theirs"


class Near(StrEnum):
    """How near the end of a task is."""

    OVER = "over"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    OPEN = "open"


SOON_DAYS = 7
"""What ends within so many days after today is soon."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is owed.

    `action` is a stable code of what has to be done where a kind has several; `target` the opaque id of the
    page on which it is done, "" where the kind has one page. `due_at` ends it at an instant, `due_on` with a
    day of the plan; neither where it has no end. `count` is of what one task is about, such as entries to
    confirm. `who` names who asks, `assigned_to` who follows it here.
    """

    kind: Kind
    side: Side
    target: str = ""
    number: str = ""
    action: str = ""
    due_at: datetime | None = None
    due_on: date | None = None
    count: int = 1
    who: str = ""
    assigned_to: str = ""
    is_mine: bool = False
    near: Near = Near.OPEN


def near(*, due_on: date | None, is_over: bool, today: date) -> Near:
    """How near a task is that ends on a day; `is_over`: its instant has passed."""
    if due_on is None:
        return Near.OPEN
    if is_over or due_on < today:
        return Near.OVER
    if due_on == today:
        return Near.TODAY
    return Near.SOON if (due_on - today).days <= SOON_DAYS else Near.LATER


_ORDER = {each: place for place, each in enumerate(Near)}


def ordered(tasks: Iterable[tuple[datetime, Task]]) -> tuple[Task, ...]:
    """The tasks by how near they are, then by their end (the instant beside each), kind and number."""
    by_end = sorted(tasks, key=lambda pair: (_ORDER[pair[1].near], pair[0], pair[1].kind, pair[1].number))
    return tuple(task for _, task in by_end)
