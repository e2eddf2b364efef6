"""Forgets what moved long ago: every node has taken it in, or builds its index anew when it comes back."""

from datetime import timedelta
from typing import Final

from portico.domains.library import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

KEPT_FOR: Final = timedelta(days=7)


def forget(*, actor: Actor) -> int:
    """Drop movements of more than seven days ago, but for the latest of all, by which a node knows that it
    missed none; answers how many. Raises NotPermitted.
    """
    with permit(actor, Function.HOUSEKEEPING) as given:
        latest = models.Movement.objects.order_by("-pk").values_list("pk", flat=True).first()
        old = models.Movement.objects.filter(made_at__lt=actor.asked_at - KEPT_FOR).exclude(pk=latest or 0)
        count, _ = old.delete()
        given.conclude("movements_forgotten" if count else "nothing_old")
    return count
