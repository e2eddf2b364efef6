"""Who of an office follows a request: each office of it has its own, and sees no other's.

An assignment to somebody who left, or who may no longer read requests, counts as none: see views.assigned_to.
"""

from uuid import UUID

from portico.domains.access import coworkers
from portico.domains.access.coworkers import Coworker
from portico.domains.authorizations import models, opening, reach
from portico.domains.notifications import notices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit

NOTICE = "authorization_assigned"


class CannotAssign(ValueError):
    """The person is none of the office's who can read this request."""


def assign(*, actor: Actor, authorization: UUID, persona_id: int | None) -> None:
    """Let a colleague follow it, or nobody (None); whoever gets it from somebody else is told.

    Raises CannotAssign, opening.AuthorizationNotFound, NotPermitted.
    """
    with opening.opened(actor, authorization) as (given, row):
        whom = _coworker(given, row, persona_id)
        _keep(given, row, persona_id)
        if whom is not None and whom.user_id != actor.user_id:
            notices.tell_user(
                user_id=whom.user_id,
                kind=NOTICE,
                context={"authorization": str(row.public_id), "number": row.number},
                now=actor.asked_at,
            )
        given.conclude("assigned" if persona_id else "released")


def readers(given: Permit, row: models.Authorization) -> tuple[Coworker, ...]:
    """Those of the actor's own office who can read the request, by name; a query for each way to reach it."""
    ways: dict[tuple[str, str], set[str]] = {}
    for party in reach.own_parties(given.scope, row.parties.all()):
        ways.setdefault((party.tax_id, party.line), set()).add(party.npi)
    inquiry = Function.AUTHORIZATION_INQUIRY
    found = {
        each.persona_id: each
        for (tax_id, line), npis in sorted(ways.items())
        for each in coworkers.holding(given, inquiry, tax_id=tax_id, line=line, providers=npis)
    }
    return tuple(sorted(found.values(), key=lambda each: (each.name, each.persona_id)))


def _coworker(given: Permit, row: models.Authorization, persona_id: int | None) -> Coworker | None:
    if persona_id is None:
        return None
    for each in readers(given, row):
        if each.persona_id == persona_id:
            return each
    raise CannotAssign


def _keep(given: Permit, row: models.Authorization, persona_id: int | None) -> None:
    if given.actor.office_id is None:
        raise CannotAssign
    facts = {"persona_id": persona_id, "assigned_by": given.actor.persona_id}
    models.Assignment.objects.update_or_create(
        authorization=row,
        office_id=given.actor.office_id,
        defaults={**facts, "assigned_at": given.actor.asked_at},
    )
