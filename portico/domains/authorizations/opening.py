"""Opens one request: the way in for whoever reads it or acts on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from portico.domains.authorizations import models, reach
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide


class AuthorizationNotFound(LookupError):
    """There is no such request, as far as the asking actor may see."""


@contextmanager
def opened(
    actor: Actor, authorization: UUID, *, function: Function = Function.AUTHORIZATION_INQUIRY
) -> Iterator[tuple[Permit, models.Authorization]]:
    """A request that may be seen, through a permit for the tax ID by which it is reached; noted as shown.

    Raises AuthorizationNotFound, NotPermitted.
    """
    tax_id = _tax_id_within(actor, authorization, function)
    with permit(actor, function, tax_id=tax_id) as given:
        row = reach.reached(given).filter(public_id=authorization).select_related("clock").first()
        if row is not None:
            given.note_subject("member", row.member_id)
            given.note_subject("authorization", row.number)
            yield given, row
            return
        given.conclude("not_found")
    raise AuthorizationNotFound


def _tax_id_within(actor: Actor, authorization: UUID, function: Function) -> str | None:
    """The one tax ID by which the actor reaches it; None where several do, or none, so nothing is told."""
    scope = decide(actor, Question(function)).scope
    parties = models.Party.objects.filter(authorization__public_id=authorization)
    own = {party.tax_id for party in reach.own_parties(scope, parties)}
    return own.pop() if len(own) == 1 else None
