"""The clocks of requests: started, extended, paused, resumed, begun anew; each with its row of the ledger.

Every function here takes the request that the open transaction has locked (ledger.locked; a new one is its
own), writes the event, and sets the request's `clock` and `due_at`. The act that calls it changes `state`,
`changed_at` and `version`. clock_rules decides; nobody else computes a due time.

A decision stops the clock by its own event: DECIDED, whose code is the state of the whole; where that is
still open, the clock runs on. So does CANCELLED. `due_at` stays what it was, to tell whether it was kept.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from portico.domains.authorizations import clock_reading, clock_rules, ledger, models
from portico.domains.authorizations.clock_reading import answer_due as answer_due
from portico.domains.authorizations.clock_reading import glance as glance
from portico.domains.authorizations.clock_reading import notice_of as notice_of
from portico.domains.authorizations.clock_reading import now as now
from portico.domains.authorizations.clock_reading import standing_of as standing_of
from portico.domains.authorizations.clock_rules import Happened, Rule
from portico.domains.authorizations.facts.requested import Level
from portico.domains.authorizations.facts.shown import Clock, Standing
from portico.domains.permits.permit import Permit
from portico.domains.plan import opening

Kind = models.Event.Kind
Basis = models.Event.Basis
Side = models.Event.Side


class Extension(StrEnum):
    """For what a decision may take longer."""

    PATIENT_ASKED = "patient_asked"
    OFFICE_ASKED = "office_asked"
    EVIDENCE_ELSEWHERE = "evidence_elsewhere"
    UNUSUAL_CIRCUMSTANCES = "unusual_circumstances"


class Pause(StrEnum):
    """For what a clock may stand still, where the line's rule lists it."""

    INFORMATION_ASKED = "information_asked"
    PATIENT_UNAVAILABLE = "patient_unavailable"
    EXAMINATION = "examination"


class CannotSet(ValueError):
    """The clock cannot be set so; `code` says why.

    no_clock, settled, overdue, extended_before, paused_already, not_paused, not_allowed, reason_unknown.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def start(given: Permit, row: models.Authorization, *, side: Side = Side.OFFICE) -> Clock:
    """Start the clock of a request that just came in, with its event RECEIVED; the rule counts for good.

    Needs `kind`, `level`, `line_id` and `received_at`; saves `clock` and `due_at`.
    """
    rule = clock_reading.in_force(clock_rules.kinds_for(row.kind, row.level), row.line_id, row.received_at)
    return _begin(given, row, rule, Kind.RECEIVED, side=side, at=row.received_at)


def reopen(
    given: Permit, row: models.Authorization, *, basis: Basis, side: Side = Side.OFFICE, code: str = ""
) -> Clock:
    """Begin a new clock for a request that is looked at again, with its event REOPENED."""
    at = given.actor.asked_at
    rule = clock_reading.in_force(clock_rules.kinds_for(row.kind, row.level, basis), row.line_id, at)
    return _begin(given, row, rule, Kind.REOPENED, side=side, at=at, basis=basis, code=code)


def level(given: Permit, row: models.Authorization, *, level: Level, side: Side = Side.OFFICE) -> Clock:
    """Make an open request expedited or standard, with its event LEVELLED; saves `level` too.

    Made expedited, it is due as one that came in now, yet never later than before; so it may be late already.
    Made standard, as one that was so from the beginning. Raises CannotSet.
    """
    at = given.actor.asked_at
    before = now(row, at)
    if before.standing is not Standing.OVERDUE or level is not Level.EXPEDITED:
        before = _running(row, at)
    if row.level == level:
        raise CannotSet("not_allowed")
    row.level = level
    rule = clock_reading.in_force(clock_rules.kinds_for(row.kind, level), row.line_id, at)
    starts_at = at if level is Level.EXPEDITED else before.starts_at or at
    due_at = clock_rules.ends(rule, starts_at, opening.hours())
    if level is Level.EXPEDITED and before.due_at is not None:
        due_at = min(due_at, before.due_at)
    row.clock_id = rule.id
    ledger.note(given, row, Kind.LEVELLED, side=side, code=level, details=_told(row, rule), due_at=due_at)
    return _saved(row, at, "level")


def extend(given: Permit, row: models.Authorization, *, code: str, side: Side = Side.PLAN) -> Clock:
    """Make the clock longer, once, by as much as its rule allows and for a coded reason (Extension).

    Raises CannotSet.
    """
    clock, rule = _running(row, given.actor.asked_at), _rule(row)
    if code not in set(Extension):
        raise CannotSet("reason_unknown")
    if clock.extended_by:
        raise CannotSet("extended_before")
    if not rule.extension_days:
        raise CannotSet("not_allowed")
    details = {"days": rule.extension_days}
    return _noted(given, row, Kind.EXTENDED, side=side, code=code, details=details)


def pause(given: Permit, row: models.Authorization, *, code: str, side: Side = Side.PLAN) -> Clock:
    """Let the clock stand still, where its rule lists the reason (Pause). Raises CannotSet."""
    clock, rule = _running(row, given.actor.asked_at), _rule(row)
    if clock.standing is Standing.PAUSED:
        raise CannotSet("paused_already")
    if code not in set(Pause):
        raise CannotSet("reason_unknown")
    if code not in rule.pauses:
        raise CannotSet("not_allowed")
    return _noted(given, row, Kind.PAUSED, side=side, code=code)


def resume(given: Permit, row: models.Authorization, *, side: Side = Side.PLAN) -> Clock:
    """Let the clock go on, for as long as was left of it; one that does not stand still just goes on."""
    clock = now(row, given.actor.asked_at)
    if clock.standing is not Standing.PAUSED:
        return clock
    return _noted(given, row, Kind.RESUMED, side=side)


def may_pause(row: models.Authorization, code: str) -> bool:
    """Does the rule of the request list this reason for standing still?"""
    return row.clock is not None and code in row.clock.pauses


def _begin(
    given: Permit,
    row: models.Authorization,
    rule: Rule,
    kind: Kind,
    *,
    side: Side,
    at: datetime,
    basis: Basis = Basis.FIRST,
    code: str = "",
) -> Clock:
    due_at = clock_rules.ends(rule, at, opening.hours())
    row.clock_id = rule.id
    ledger.note(
        given, row, kind, side=side, basis=basis, code=code, details=_told(row, rule), at=at, due_at=due_at
    )
    return _saved(row, max(at, given.actor.asked_at))


def _noted(
    given: Permit,
    row: models.Authorization,
    kind: Kind,
    *,
    side: Side,
    code: str = "",
    details: Mapping[str, str | int] | None = None,
) -> Clock:
    """The event is written first, so that its row can say what it makes of the clock."""
    at = given.actor.asked_at
    told = Happened(kind, at, code, int((details or {}).get("days", 0)))
    before = models.Event.objects.filter(authorization=row)
    events = [*map(clock_reading.happened, before), told]
    then = clock_rules.standing(events, _rule(row), at, opening.hours())
    ledger.note(given, row, kind, side=side, code=code, details=details, due_at=then.due_at)
    return _saved(row, at)


def _saved(row: models.Authorization, at: datetime, *changed: str) -> Clock:
    clock = now(row, at)
    row.due_at = clock.due_at
    row.save(update_fields=["clock", "due_at", *changed])
    return clock


def _running(row: models.Authorization, at: datetime) -> Clock:
    """The clock of a request that is not decided, and not over; raises CannotSet."""
    clock = now(row, at)
    if clock.standing is Standing.NONE:
        raise CannotSet("no_clock")
    if clock.settled_at is not None:
        raise CannotSet("settled")
    if clock.standing is Standing.OVERDUE:
        raise CannotSet("overdue")
    return clock


def _rule(row: models.Authorization) -> Rule:
    if row.clock is None:
        raise CannotSet("no_clock")
    return clock_reading.rule_of(row.clock)


def _told(row: models.Authorization, rule: Rule) -> dict[str, str | int]:
    """What the ledger keeps of the rule, so that metrics need no other table."""
    return {
        "level": row.level,
        "request": row.kind,
        "clock": rule.id or 0,
        "amount": rule.amount,
        "unit": rule.unit,
        "law": int(rule.is_law),
    }
