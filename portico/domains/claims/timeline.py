"""What happened to a claim and when, and the days that its deadlines run between."""

from datetime import date

from portico.domains.claims import models
from portico.domains.claims.answers import Happened
from portico.domains.claims.deadline_rules import Course
from portico.domains.claims.models import ClaimEvent
from portico.domains.claims.rules import DECIDED

_DECISIONS = frozenset({ClaimEvent.Kind.PAID, ClaimEvent.Kind.DENIED, ClaimEvent.Kind.ADJUSTED})


def of(row: models.Claim) -> tuple[Happened, ...]:
    """Everything that happened, the first first. One query."""
    return tuple(Happened(each.kind, each.on, each.code, each.amount) for each in row.events.all())


def course(row: models.Claim, happened: tuple[Happened, ...]) -> Course:
    """The days that count: prompt payment is judged by the first decision, a dispute by the last."""
    decided = [each.on for each in happened if each.kind in _DECISIONS]
    last = row.decided_on if row.status in DECIDED else None
    return Course(
        line=row.line_id,
        tax_id=row.tax_id,
        serviced_on=row.last_on,
        received_on=row.received_on,
        first_decided_on=_first(decided, row.decided_on),
        decided_on=last,
    )


def _first(decided: list[date], decided_on: date | None) -> date | None:
    """The first decision there is word of; a claim taken over late has only its last one."""
    return min([*decided, *([decided_on] if decided_on else [])], default=None)
