"""When a decision or a notice is due, and where a clock stands: read from the ledger alone. Pure.

    received ──────────────────────────────► due          hours, calendar days, or business days
        └ extended, once, with a reason ────────────► due
        └ paused ┄┄┄┄ resumed ──────────────────► due    for a reason the rule lists; nothing else stops it
    decided: kept or breached      reopened: a new clock      cancelled: none

Hours are real ones: 72 of them are 72 whether or not the clocks change. A calendar day ends at the same time
of the plan's own clock as it began; where the clocks go back the earlier of the two counts. Business days are
those of plan.business_time. What happens at the instant it is due is in time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from portico.domains.authorizations.facts.requested import Kind, Level
from portico.domains.authorizations.facts.shown import OPEN, Clock, Standing
from portico.domains.plan import business_time
from portico.domains.plan.business_time import Hours
from portico.shared.periods import Period


class Counts(StrEnum):
    """What a rule is for."""

    STANDARD = "standard"
    EXPEDITED = "expedited"
    CONCURRENT = "concurrent"
    REFERRAL = "referral"
    ADMISSION_NOTICE = "admission_notice"
    RECONSIDERATION = "reconsideration"
    APPEAL = "appeal"
    INFORMATION = "information"


class Unit(StrEnum):
    """What is counted."""

    HOURS = "hours"
    CALENDAR = "calendar"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class Rule:
    """So long for something; an empty line: every one. `id` None: the rule was never kept."""

    kind: Counts
    amount: int
    unit: Unit
    citation: str
    period: Period
    line: str = ""
    extension_days: int = 0
    pauses: tuple[str, ...] = ()
    warn_hours: int = 24
    is_law: bool = False
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the ledger, as far as clocks go; `kind` and `code` are the ledger's own.

    `days`: how much longer an extension made it. `left`: how many services a decision left undecided.
    """

    kind: str
    at: datetime
    code: str = ""
    days: int = 0
    left: int = 0
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Run:
    """A clock as the events so far have set it."""

    starts_at: datetime
    due_at: datetime
    paused_at: datetime | None = None
    pause_code: str = ""
    settled_at: datetime | None = None
    is_cancelled: bool = False
    extended_by: int = 0


@dataclass(frozen=True, slots=True)
class _By:
    """What a clock is counted by."""

    rule: Rule
    hours: Hours = field(repr=False)


def kinds_for(kind: Kind | str, level: Level | str, basis: str = "first") -> tuple[Counts, ...]:
    """The kinds of rules a request is decided by, the one to be preferred first.

    An expedited one is always expedited, also when it is reopened.
    """
    if level == Level.EXPEDITED:
        return (Counts.EXPEDITED,)
    own = {Kind.REFERRAL: Counts.REFERRAL, Kind.ADMISSION: Counts.CONCURRENT}.get(Kind(kind))
    again = {"reconsideration": Counts.RECONSIDERATION, "appeal": Counts.APPEAL}.get(basis)
    return tuple(each for each in (again, own, Counts.STANDARD) if each is not None)


def narrowest(rules: Iterable[Rule], kinds: Sequence[Counts], *, line: str, on: date) -> Rule | None:
    """The rule in force on a day: of the first kind that has one, and one for the line before one for all.

    Among equals the one that began last. None where the plan has said nothing.
    """
    fitting = [
        rule for rule in rules if rule.kind in kinds and rule.line in ("", line) and rule.period.holds(on)
    ]
    return max(
        fitting,
        key=lambda rule: (-kinds.index(rule.kind), bool(rule.line), rule.period.first),
        default=None,
    )


def ends(rule: Rule, start: datetime, hours: Hours) -> datetime:
    """When what began at `start` is due, in UTC. Raises business_time.NeverOpen."""
    if rule.unit is Unit.HOURS:
        return start.astimezone(UTC) + timedelta(hours=rule.amount)
    if rule.unit is Unit.CALENDAR:
        return days_later(start, rule.amount, hours)
    return business_time.after(hours, start, Decimal(rule.amount))


def days_later(start: datetime, days: int, hours: Hours) -> datetime:
    """The same time of the plan's own clock so many calendar days later, in UTC."""
    local = start.astimezone(hours.zone)
    then = datetime.combine(local.date() + timedelta(days=days), local.time(), hours.zone)
    return then.replace(fold=0).astimezone(UTC)


def standing(events: Iterable[Happened], rule: Rule | None, at: datetime, hours: Hours) -> Clock:
    """Where the clock of a request stands at an instant; `events` in the order of the ledger.

    `rule` is the one its present run is counted by; None: nobody set a clock. Events later than `at` have not
    happened yet.
    """
    if rule is None:
        return Clock(Standing.NONE)
    by, run = _By(rule, hours), None
    for event in events:
        if event.at <= at:
            run = _after(run, event, by)
    return _shown(run, rule, at) if run is not None else Clock(Standing.NONE)


def noticed(rule: Rule, admitted_at: datetime, received_at: datetime, hours: Hours) -> Clock:
    """Did the notice of an admission come in time? The office's own clock: it began with the admission."""
    due_at = ends(rule, admitted_at, hours)
    return Clock(
        Standing.KEPT if received_at <= due_at else Standing.BREACHED,
        starts_at=admitted_at,
        due_at=due_at,
        settled_at=received_at,
        amount=rule.amount,
        unit=rule.unit,
        citation=rule.citation,
        is_law=rule.is_law,
    )


def stands(due_at: datetime | None, settled_at: datetime | None, at: datetime) -> Standing:
    """Where a clock that was set and was not paused for good stands: the one comparison there is."""
    if due_at is None:
        return Standing.PAUSED if settled_at is None else Standing.KEPT
    if settled_at is not None:
        return Standing.KEPT if settled_at <= due_at else Standing.BREACHED
    return Standing.RUNNING if at <= due_at else Standing.OVERDUE


def left(due_at: datetime | None, settled_at: datetime | None, at: datetime) -> int | None:
    """The seconds left until it is due, negative once over; None for a clock at rest."""
    if due_at is None or settled_at is not None:
        return None
    return int((due_at - at).total_seconds())


def _after(run: _Run | None, event: Happened, by: _By) -> _Run | None:
    if event.kind in ("received", "reopened"):
        return _Run(starts_at=event.at, due_at=ends(by.rule, event.at, by.hours))
    step = _STEPS.get(event.kind)
    if step is None or run is None or run.settled_at is not None:
        return run
    return step(run, event, by)


def _levelled(run: _Run, event: Happened, by: _By) -> _Run:
    """A change of the level sets the due time anew, and its event says to when."""
    return replace(run, due_at=event.due_at or ends(by.rule, event.at, by.hours), paused_at=None)


def _extended(run: _Run, event: Happened, by: _By) -> _Run:
    due_at = days_later(run.due_at, event.days, by.hours)
    return replace(run, due_at=due_at, extended_by=run.extended_by + event.days)


def _paused(run: _Run, event: Happened, by: _By) -> _Run:
    """What is over already is not paused."""
    if run.paused_at is not None or event.at > run.due_at:
        return run
    return replace(run, paused_at=event.at, pause_code=event.code)


def _resumed(run: _Run, event: Happened, by: _By) -> _Run:
    if run.paused_at is None:
        return run
    if by.rule.unit is Unit.BUSINESS:
        share = business_time.share(by.hours, run.paused_at, run.due_at)
        days = Decimal(share.numerator) / Decimal(share.denominator)
        due_at = business_time.after(by.hours, event.at, days)
    else:
        due_at = run.due_at + (event.at - run.paused_at)
    return replace(run, due_at=due_at, paused_at=None, pause_code="")


def _decided(run: _Run, event: Happened, by: _By) -> _Run:
    """One that leaves a service open, so that the whole is still in review or pended, settles nothing."""
    return run if event.left or event.code in OPEN else replace(run, settled_at=event.at)


def _determined(run: _Run, event: Happened, by: _By) -> _Run:
    """What the list says needs no authorization is settled with that."""
    return replace(run, settled_at=event.at) if event.code == "not_needed" else run


def _cancelled(run: _Run, event: Happened, by: _By) -> _Run:
    return replace(run, settled_at=event.at, is_cancelled=True)


_STEPS: Mapping[str, Callable[[_Run, Happened, _By], _Run]] = {
    "levelled": _levelled,
    "extended": _extended,
    "paused": _paused,
    "resumed": _resumed,
    "decided": _decided,
    "determined": _determined,
    "cancelled": _cancelled,
}


def _shown(run: _Run, rule: Rule, at: datetime) -> Clock:
    due_at = run.due_at if run.paused_at is None else None
    where = Standing.NONE if run.is_cancelled else stands(due_at, run.settled_at, at)
    return Clock(
        where,
        starts_at=run.starts_at,
        due_at=due_at,
        settled_at=run.settled_at,
        left_seconds=left(due_at, run.settled_at, at),
        amount=rule.amount,
        unit=rule.unit,
        extended_by=run.extended_by,
        pause_code=run.pause_code if run.settled_at is None else "",
        citation=rule.citation,
        is_law=rule.is_law,
    )
