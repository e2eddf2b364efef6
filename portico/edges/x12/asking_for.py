"""For which tax ID somebody asks who sends an NPI: the same for every pair of transactions."""

from portico.domains.offices import providers
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function


def tax_id_of(actor: Actor, npi: str, function: Function, registered: str) -> tuple[str, bool]:
    """A tax ID that the NPI bills under, and whether it is one of the actor's own office. One query.

    The one the partner is registered with comes first, then those granted; of another's, the first. Empty
    where the plan knows none.
    """
    billed = providers.tax_ids_of(npi, on=actor.today)
    own = sorted(billed & actor.standing.tax_ids)
    if registered in own:
        return registered, True
    granted = [tax_id for tax_id in own if actor.held.reaching(function, tax_id)]
    if own:
        return (granted or own)[0], True
    return min(billed, default=""), False
