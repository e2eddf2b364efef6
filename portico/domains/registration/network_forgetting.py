"""Forgetting, of wishes to take part in the network: notes and whom to reach, a year after the answer."""

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import models, network_rules


def forget(*, actor: Actor) -> int:
    """Erase notes and contact of wishes answered a year ago; answers of how many. Raises NotPermitted.

    That the office asked, and what it was answered, stays.
    """
    with permit(actor, Function.HOUSEKEEPING) as given:
        old = models.NetworkRequest.objects.filter(decided_at__lte=actor.asked_at - network_rules.KEEP)
        noted = models.NetworkEvent.objects.filter(request__in=old, sealed__isnull=False)
        notes = noted.update(sealed=None)
        count = old.exclude(email="").update(contact_name="", email="", telephone="")
        given.conclude("network_erased" if count or notes else "nothing_old")
        return max(count, notes)
