"""One request with all that hangs on it: services, clock, questions, documents, letters, talks, history."""

from dataclasses import replace
from uuid import UUID

from portico.domains.authorizations import allowed, page_views
from portico.domains.authorizations.assigning import readers
from portico.domains.authorizations.facts.shown import AuthorizationPage
from portico.domains.authorizations.opening import AuthorizationNotFound as AuthorizationNotFound
from portico.domains.authorizations.opening import opened as opened
from portico.domains.permits.actors import Actor


def read(*, actor: Actor, authorization: UUID) -> AuthorizationPage:
    """A request. One to which no office of the actor is a party is as unknown as one that never was.

    A constant number of queries. Raises AuthorizationNotFound, NotPermitted.
    """
    with opened(actor, authorization) as (given, row):
        given.conclude("found")
        told = page_views.page(given, row, may=allowed.acts(given, row))
        return replace(told, coworkers=tuple((each.persona_id, each.name) for each in readers(given, row)))
