"""What nobody came back for: matched and approved applications lapse, and old codes are forgotten."""

from typing import Final

from django.db.models import Q, QuerySet

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.registration import events, models
from portico.domains.registration import finishing_rules as rules

A_TIME: Final = 100
State = models.Application.State


def lapse(*, actor: Actor) -> int:
    """Lapse up to a hundred applications that nobody completed in time; answers how many. For the clock.

    A day after a match; after an approval thirty days, and one more for the last link.
    """
    with permit(actor, Function.HOUSEKEEPING) as given:
        over = list(_over(given).select_for_update(skip_locked=True).order_by("pk")[:A_TIME])
        for application in over:
            application.state = State.LAPSED
            application.save(update_fields=["state"])
            events.note(given, application, events.Kind.LAPSED)
        _forget_codes(given)
        given.conclude("registrations_lapsed" if over else "nothing_old")
        return len(over)


def _over(given: Permit) -> QuerySet[models.Application]:
    at = given.actor.asked_at
    matched = Q(state=State.MATCHED, matched_at__lte=at - rules.MATCH_LASTS)
    approved = Q(state=State.APPROVED, decided_at__lte=at - rules.APPROVAL_LASTS - rules.LINK_LASTS)
    return models.Application.objects.filter(matched | approved)


def _forget_codes(given: Permit) -> None:
    """A code that works no more opens nothing, not even as its keyed hash."""
    over = models.JoinRequest.objects.filter(
        code_index__isnull=False, code_expires_at__lte=given.actor.asked_at
    )
    over.update(code_index=None)
