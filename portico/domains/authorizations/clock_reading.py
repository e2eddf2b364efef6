"""The clocks of requests as they stand: read from the ledger, or at a glance from the request's own columns.

Which rule counts: the plan's own of the line, else its own for all, else the law's (clock_defaults).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from portico.domains.authorizations import clock_defaults, clock_rules, models
from portico.domains.authorizations.clock_rules import Counts, Happened, Rule, Unit
from portico.domains.authorizations.facts.shown import OPEN, Clock, Standing
from portico.domains.plan import days, opening
from portico.shared.periods import Period


def now(row: models.Authorization, at: datetime) -> Clock:
    """Where the clock stands by the request's whole ledger. At most two queries."""
    return standing_of(row, models.Event.objects.filter(authorization=row), at)


def standing_of(row: models.Authorization, events: Iterable[models.Event], at: datetime) -> Clock:
    """Where the clock stands by these events, in the ledger's order; reads `row.clock`."""
    if row.clock is None:
        return Clock(Standing.NONE)
    return clock_rules.standing(map(happened, events), rule_of(row.clock), at, opening.hours())


def glance(row: models.Authorization, at: datetime) -> Clock:
    """Where it stands, for rows of lists: by the request's own columns, so without the ledger.

    The same as `standing_of` says but for what only the ledger knows: `starts_at` is when it came in, and
    neither extensions nor the reason of a pause are told. Reads `row.clock`.
    """
    if row.clock is None:
        return Clock(Standing.NONE)
    settled_at = None if row.state in OPEN else row.decided_at or row.changed_at
    is_cancelled = row.state == models.Authorization.State.CANCELLED
    return Clock(
        Standing.NONE if is_cancelled else clock_rules.stands(row.due_at, settled_at, at),
        starts_at=row.received_at,
        due_at=row.due_at,
        settled_at=settled_at,
        left_seconds=clock_rules.left(row.due_at, settled_at, at),
        amount=row.clock.amount,
        unit=row.clock.unit,
        citation=row.clock.citation,
        is_law=row.clock.is_law,
    )


def notice_of(line: str, admitted_at: datetime, received_at: datetime) -> Clock:
    """Did the notice of an admission in this line come in time?"""
    rule = in_force((Counts.ADMISSION_NOTICE,), line, admitted_at)
    return clock_rules.noticed(rule, admitted_at, received_at, opening.hours())


def answer_due(line: str, at: datetime) -> datetime:
    """By when an office answers what the plan asks at this instant, where the plan says nothing else."""
    return clock_rules.ends(in_force((Counts.INFORMATION,), line, at), at, opening.hours())


def in_force(kinds: Sequence[Counts], line: str, at: datetime) -> Rule:
    """The rule that counts at an instant for a line; the law's own is kept when it is first needed.

    Raises LookupError where neither the plan nor the law says anything of these kinds.
    """
    on = days.of(at)
    rows = models.ClockRule.objects.filter(kind__in=kinds, line__in=("", line), first_on__lte=on)
    said = [*map(rule_of, rows), *clock_defaults.DEFAULTS]
    rule = clock_rules.narrowest(said, kinds, line=line, on=on)
    if rule is None:
        raise LookupError(kinds)
    return rule if rule.id is not None else _kept(rule)


def rule_of(row: models.ClockRule) -> Rule:
    """A row as the rules read it."""
    return Rule(
        kind=Counts(row.kind),
        amount=row.amount,
        unit=Unit(row.unit),
        citation=row.citation,
        period=Period(row.first_on, row.last_on),
        line=row.line,
        extension_days=row.extension_days,
        pauses=tuple(row.pauses),
        warn_hours=row.warn_hours,
        is_law=row.is_law,
        id=row.pk,
    )


def happened(event: models.Event) -> Happened:
    """An event as the rules read it."""
    details = event.details
    return Happened(
        event.kind,
        event.at,
        event.code,
        int(details.get("days", 0)),
        int(details.get("left", 0)),
        event.due_at,
    )


def _kept(rule: Rule) -> Rule:
    """What the law says, as a row that a request can name."""
    row, _ = models.ClockRule.objects.get_or_create(
        kind=rule.kind,
        line=rule.line,
        first_on=rule.period.first,
        defaults={
            "amount": rule.amount,
            "unit": rule.unit,
            "extension_days": rule.extension_days,
            "pauses": list(rule.pauses),
            "warn_hours": rule.warn_hours,
            "is_law": rule.is_law,
            "citation": rule.citation,
        },
    )
    return rule_of(row)
