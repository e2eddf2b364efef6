"""Claims that wait for the office: pended until it sends something, the one due first before the others.

For the list of what an office owes, which stands on a first page: no patient is named, only the claims are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from portico.domains.audit import uses
from portico.domains.claims import matching, models, rules
from portico.domains.claims.rules import NextAction, Owner
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class WaitingClaim:
    """A claim that waits for the office: what is to be sent, and by which day the plan expects it."""

    public_id: UUID
    claim_number: str
    action: NextAction
    due_on: date


@dataclass(frozen=True, slots=True)
class WaitingClaims:
    """Those due first, and how many there are in all."""

    claims: tuple[WaitingClaim, ...]
    count: int


def of(*, actor: Actor, size: int = SIZE) -> WaitingClaims:
    """The claims within reach that wait for the office. Raises NotPermitted."""
    with permit(actor, Function.CLAIMS_INQUIRY) as given:
        rows = models.Claim.objects.filter(
            matching.reached(given), status=models.Claim.Status.PENDED, pend_reason__in=_STEPS
        )
        near = sorted(_soonest(rows, size), key=lambda claim: (claim.due_on, claim.claim_number))
        found = near[:size]
        for claim in found:
            given.note_subject("claim", claim.claim_number)
        given.conclude(uses.GLANCED)
        return WaitingClaims(tuple(found), rows.count() if len(near) >= size else len(near))


_STEPS: Final = {
    reason: step for reason, step in rules.PEND_REASONS.items() if step.owner is Owner.OFFICE and step.days
}
"""What an office sends, by pend reason."""
_LENGTHS: Final = sorted({step.days or 0 for step in _STEPS.values()})


def _soonest(rows: "QuerySet[models.Claim]", size: int) -> Iterator[WaitingClaim]:
    """At least those due first: of the ones with a day of their own, and of each length of time.

    A query for each, so that the database finds the first by the day it keeps.
    """
    columns = ("public_id", "claim_number", "pend_reason")
    own = rows.filter(awaited_on__isnull=False).order_by("awaited_on", "pk")
    for public_id, number, reason, on in own.values_list(*columns, "awaited_on")[:size]:
        yield WaitingClaim(public_id, number, _STEPS[reason].action, on or date.max)
    for days in _LENGTHS:
        reasons = [reason for reason, step in _STEPS.items() if step.days == days]
        others = rows.filter(awaited_on__isnull=True, pend_reason__in=reasons).order_by("stated_on", "pk")
        for public_id, number, reason, on in others.values_list(*columns, "stated_on")[:size]:
            yield WaitingClaim(public_id, number, _STEPS[reason].action, on + timedelta(days=days))
