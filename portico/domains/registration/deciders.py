"""Who of the plan may decide on an application: nobody on their own, and two yeses are of two people."""

from portico.domains.accounts.proving import one_person
from portico.domains.permits.actors import Actor
from portico.domains.registration import models
from portico.domains.registration.deciding_rules import Stop


def stops(actor: Actor, application: models.Application) -> Stop | None:
    """Why somebody else has to decide; None where the actor may."""
    return of_own(actor, application) or _of_first_yes(actor, application)


def of_own(actor: Actor, application: models.Application) -> Stop | None:
    """Is it the actor's own application? It names the mail address of their account."""
    own = actor.user_id or 0
    return Stop.OWN_CASE if one_person.is_reached_at(own, application.email) else None


def _of_first_yes(actor: Actor, application: models.Application) -> Stop | None:
    """The second yes is another person's, and neither of the two has made the other's account."""
    own, first = actor.user_id or 0, application.first_yes_by
    if application.state != models.Application.State.SECONDING or first is None:
        return None
    if one_person.is_same(own, first):
        return Stop.SAID_YES_FIRST
    made_by_other = one_person.has_invited(own, first) or one_person.has_invited(first, own)
    return Stop.INVITED if made_by_other else None
