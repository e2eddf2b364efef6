"""The published figures: what the ledger says of requests, and what a year of them comes to. Pure.

    request    received ── … ── decided, wholly ── … ── decided again, after an appeal
    counted    in the year of its first whole decision; an appeal in the year of its own decision
    time       from the receipt to the first whole decision, every hour of it, extensions and pauses too

A request whose services were decided differently counts as approved in part. What needed no authorization,
and what was cancelled before it was decided, is no decision and counts nowhere. Neither does a request whose
clock is not the law's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any, Final

FEW: Final = 11
"""Fewer requests than this say something of single people: no figure of so few is published."""
LEVELS: Final = ("standard", "expedited")
_OUTCOMES: Final = frozenset({"approved", "partly", "denied"})
_OPEN: Final = frozenset({"in_review", "pended"})
_APPEALS: Final = frozenset({"reconsideration", "appeal"})
_TENTH: Final = Decimal("0.1")
_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Told:
    """An event of a request as the ledger keeps it."""

    kind: str
    at: datetime
    code: str = ""
    basis: str = "first"
    details: Mapping[str, Any] = field(default_factory=dict)
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What became of a request; `appeals` are when an appeal of it was decided, and whether it then held.

    `in_time`: it was decided by when it was due; None where that is not known.
    """

    line: str
    level: str
    is_law: bool
    received_at: datetime
    decided_at: datetime | None = None
    outcome: str = ""
    was_extended: bool = False
    in_time: bool | None = None
    appeals: tuple[tuple[datetime, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; `percent` has one decimal, and is None of nothing.

    `is_few`: of so few that it is not told, as if there were none.
    """

    count: int = 0
    of: int = 0
    is_few: bool = False

    @property
    def percent(self) -> Decimal | None:
        """The share in percent, halves rounded up."""
        if not self.of:
            return None
        return (Decimal(self.count * 100) / Decimal(self.of)).quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Figures:
    """A level's figures of a year, for a line or for all ("").

    `after_extension`: approved after the time was made longer, of all decided; `after_appeal`: approved, also
    in part, by an appeal or a reconsideration, of those decided in the year. Hours have one decimal.
    """

    line: str
    level: str
    decided: int
    approved: Share = Share()
    partly: Share = Share()
    denied: Share = Share()
    after_extension: Share = Share()
    after_appeal: Share = Share()
    in_time: Share = Share()
    average_hours: Decimal | None = None
    median_hours: Decimal | None = None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """What a year's requests are counted by: their line, level, course, and which part falls in the year."""

    course: Course
    is_decided: bool
    appeals: tuple[bool, ...]


def course(line: str, events: Sequence[Told]) -> Course | None:
    """The course of a request by its events, in the ledger's order; None for one that never came in."""
    came = next((event for event in events if event.kind == "received"), None)
    if came is None:
        return None
    made = _begun(Course(line, "", False, came.at), str(came.details.get("level", "standard")), came)
    due_at, said = came.due_at, set[str]()
    for event in events:
        if event.kind == "levelled":
            made = _begun(made, event.code, event)
        if event.kind in ("extended", "resumed", "levelled"):
            due_at = event.due_at or due_at
            made = replace(made, was_extended=made.was_extended or event.kind == "extended")
        if event.kind == "decided":
            said.add(event.code)
            if not event.details.get("left") and event.code not in _OPEN:
                return _appealed(_decided(made, event.at, said, due_at), events)
    return made


def of_year(courses: Iterable[Course], first: datetime, end: datetime) -> tuple[Counted, ...]:
    """What of them belongs to the time from `first` up to, not including, `end`."""
    found = []
    for each in courses:
        appeals = tuple(held for at, held in each.appeals if first <= at < end)
        is_decided = (
            each.decided_at is not None and first <= each.decided_at < end and each.outcome in _OUTCOMES
        )
        if each.is_law and (is_decided or appeals):
            found.append(Counted(each, is_decided, appeals))
    return tuple(found)


def figures(counted: Iterable[Counted], *, line: str, level: str) -> Figures:
    """The figures of a line ("": all of them) and a level."""
    here = [each for each in counted if each.course.level == level and line in ("", each.course.line)]
    decided = [each.course for each in here if each.is_decided]
    appeals = [held for each in here for held in each.appeals]
    known = [each.in_time for each in decided if each.in_time is not None]
    seconds = sorted(_seconds(each) for each in decided)
    total = len(decided)
    return Figures(
        line=line,
        level=level,
        decided=total,
        approved=Share(_count(decided, "approved"), total),
        partly=Share(_count(decided, "partly"), total),
        denied=Share(_count(decided, "denied"), total),
        after_extension=Share(sum(each.was_extended and each.outcome != "denied" for each in decided), total),
        after_appeal=Share(sum(appeals), len(appeals)),
        in_time=Share(sum(known), len(known)),
        average_hours=_hours(Decimal(sum(seconds)) / total) if total else None,
        median_hours=_hours(Decimal(median(seconds))) if total else None,
    )


def published(counted: Sequence[Counted], lines: Sequence[str]) -> tuple[Figures, ...]:
    """Every level's figures: of all lines first, then of each line that decided any, in the order given.

    Those of few requests are withheld; where all that would be are still few, so is the smallest other line,
    else the figures of all would tell them. Appeals are few by themselves (`few_appeals`).
    """
    found: list[Figures] = []
    for level in LEVELS:
        of_lines = [figures(counted, line=line, level=level) for line in lines]
        whole, *kept = few_appeals(figures(counted, line="", level=level), of_lines)
        found += [_without(whole), *withheld([each for each in kept if each.decided])]
    return tuple(found)


def few_appeals(whole: Figures, of_lines: Sequence[Figures]) -> list[Figures]:
    """Those of all, then of each line: without their appeals where these are few, or would tell of few.

    A line of few appeals hides those of every line: what is left would tell it.
    """
    hides = any(0 < each.after_appeal.of < FEW for each in of_lines)
    few = Share(is_few=True)
    lines = [replace(each, after_appeal=few) if hides and each.after_appeal.of else each for each in of_lines]
    return [replace(whole, after_appeal=few) if 0 < whole.after_appeal.of < FEW else whole, *lines]


def withheld(of_lines: Sequence[Figures]) -> list[Figures]:
    """The same, those withheld that would tell of few people."""
    few = {each.line for each in of_lines if each.decided < FEW}
    others = sorted((each for each in of_lines if each.line not in few), key=lambda each: each.decided)
    while others and 0 < sum(each.decided for each in of_lines if each.line in few) < FEW:
        few.add(others.pop(0).line)
    return [_hidden(each) if each.line in few else each for each in of_lines]


def _without(each: Figures) -> Figures:
    return _hidden(each) if 0 < each.decided < FEW else each


def _hidden(each: Figures) -> Figures:
    return Figures(each.line, each.level, 0, is_withheld=True)


def _begun(made: Course, level: str, event: Told) -> Course:
    return replace(made, level=level, is_law=bool(event.details.get("law")))


def _decided(made: Course, at: datetime, said: set[str], due_at: datetime | None) -> Course:
    held = said & _OUTCOMES
    outcome = next(iter(held)) if len(held) == 1 else "partly" if held else ""
    return replace(made, decided_at=at, outcome=outcome, in_time=None if due_at is None else at <= due_at)


def _appealed(made: Course, events: Sequence[Told]) -> Course:
    again = [event for event in events if event.kind == "decided" and event.basis in _APPEALS]
    again = [event for event in again if event.code not in _OPEN]
    return replace(made, appeals=tuple((event.at, event.code in ("approved", "partly")) for event in again))


def _count(decided: Iterable[Course], outcome: str) -> int:
    return sum(each.outcome == outcome for each in decided)


def _seconds(made: Course) -> int:
    return int((made.decided_at - made.received_at).total_seconds()) if made.decided_at else 0


def _hours(seconds: Decimal) -> Decimal:
    return (seconds / _HOUR).quantize(_TENTH, ROUND_HALF_UP)
