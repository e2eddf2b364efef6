"""When something about a claim has to be done: which rule of the plan counts, and its last day. Pure.

A deadline is counted from the day after its event, and its last day still counts. Calendar days are not
moved when they end on a day on which the plan is closed; business days are those on which it works.

    timely filing   from the last day of service until the claim comes in
    dispute         from the last decision
    prompt pay      from the day the claim came in until its first decision, however often it is decided again
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portico.shared.periods import Period

_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What a deadline is for."""

    TIMELY_FILING = "timely_filing"
    DISPUTE = "dispute"
    PROMPT_PAY = "prompt_pay"


class Unit(StrEnum):
    """What is counted."""

    CALENDAR = "calendar"
    BUSINESS = "business"


class Standing(StrEnum):
    """Where a deadline stands: it runs, it was kept, it was missed, or it ran out."""

    RUNNING = "running"
    KEPT = "kept"
    MISSED = "missed"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Rule:
    """So many days for something; an empty line or tax ID: every one. `document` is the library's key."""

    kind: Kind
    days: int
    unit: Unit
    citation: str
    period: Period
    line: str = ""
    tax_id: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Workdays:
    """The days of the week on which the plan works (0 is Monday), and its holidays."""

    weekdays: frozenset[int]
    holidays: frozenset[date] = frozenset()

    def holds(self, day: date) -> bool:
        """Does the plan work on that day?"""
        return day.weekday() in self.weekdays and day not in self.holidays


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline of one claim. `settled_on` is the day it was met on, or missed; None while it runs.

    `days_left` counts to `due_on`: 0 is the last day, negative the days it is late. None once it is settled.
    """

    kind: Kind
    starts_on: date
    due_on: date
    standing: Standing
    rule: Rule
    settled_on: date | None = None
    days_left: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """The days of a claim that deadlines run between; `first_decided_on` and `decided_on` None: not yet."""

    line: str
    tax_id: str
    serviced_on: date
    received_on: date
    first_decided_on: date | None = None
    decided_on: date | None = None


def narrowest(rules: Iterable[Rule], *, kind: Kind, line: str, tax_id: str, on: date) -> Rule | None:
    """The rule that counts on a day: one for a contract before one for a line before one for all.

    Among equals the one that began last. None where the plan has said nothing.
    """
    fitting = [
        rule
        for rule in rules
        if rule.kind is kind
        and rule.line in ("", line)
        and rule.tax_id in ("", tax_id)
        and rule.period.holds(on)
    ]
    return max(
        fitting, key=lambda rule: (bool(rule.tax_id), bool(rule.line), rule.period.first), default=None
    )


def last_day(start: date, days: int, unit: Unit, workdays: Workdays) -> date:
    """The last day of a deadline that begins with the day after `start`; at most the calendar's own last."""
    if unit is Unit.CALENDAR or not workdays.weekdays:
        return later(start, days)
    day, left = start, days
    while left and day < date.max:
        day += _DAY
        left -= workdays.holds(day)
    return day


def later(day: date, days: int) -> date:
    """So many days later; a feed may tell the calendar's last day, and nothing comes after that."""
    return day + timedelta(days=min(days, (date.max - day).days))


def deadlines(
    rules: Iterable[Rule], course: Course, *, today: date, workdays: Workdays
) -> tuple[Deadline, ...]:
    """The deadlines of a claim for which the plan has a rule, in the order of `Kind`."""
    held = tuple(rules)
    runs = (
        (Kind.TIMELY_FILING, course.serviced_on, course.received_on),
        (Kind.DISPUTE, course.decided_on, None),
        (Kind.PROMPT_PAY, course.received_on, course.first_decided_on),
    )
    found = []
    for kind, start, settled_on in runs:
        rule = start and narrowest(held, kind=kind, line=course.line, tax_id=course.tax_id, on=start)
        if start and rule:
            due_on = last_day(start, rule.days, rule.unit, workdays)
            found.append(_stands(rule, start, due_on, settled_on, today))
    return tuple(found)


def _stands(rule: Rule, start: date, due_on: date, settled_on: date | None, today: date) -> Deadline:
    if settled_on is not None:
        standing = Standing.KEPT if settled_on <= due_on else Standing.MISSED
        return Deadline(rule.kind, start, due_on, standing, rule, settled_on)
    left = (due_on - today).days
    return Deadline(rule.kind, start, due_on, _unsettled(rule.kind, left), rule, days_left=left)


def _unsettled(kind: Kind, left: int) -> Standing:
    if left >= 0:
        return Standing.RUNNING
    return Standing.OVER if kind is Kind.DISPUTE else Standing.MISSED
