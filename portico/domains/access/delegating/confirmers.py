"""Who confirms what was proposed for somebody, as that person is told."""

from portico.domains.access import models, personas
from portico.domains.access.delegating import confirming
from portico.domains.access.personas import Contact
from portico.domains.permits.actors import Actor, GrantState
from portico.domains.plan import policy


def of_own(actor: Actor) -> tuple[Contact, ...]:
    """The administrators of the actor's office who may confirm what waits for the actor, by name.

    Empty: only the plan does. Nobody confirms what they alone proposed, nor what is their own.
    """
    if actor.office_id is None or policy.current().access.confirmed_by == confirming.BY_PLAN:
        return ()
    waits = models.Grant.objects.filter(persona_id=actor.persona_id or 0, state=GrantState.PROPOSED)
    proposers = set(waits.order_by().values_list("proposed_by", flat=True).distinct())
    alone = proposers if len(proposers) == 1 else set()
    return personas.administrators_of(actor.office_id, but_for={actor.user_id, *alone})
