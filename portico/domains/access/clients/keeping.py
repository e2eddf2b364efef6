"""Permissions that are over by themselves get an end: their last day is past, or the tax ID has moved on.

They reach nothing already; without an end, a tax ID that came back would bring the old permission back.
"""

from typing import Final

from django.db.models import Q

from portico.domains.access import models
from portico.domains.access.clients import rows
from portico.domains.access.clients.rules import Ending
from portico.domains.offices import standing
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

CHUNK: Final = 200


def keep(*, actor: Actor) -> int:
    """End a chunk of those; answers how many there were. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        theirs = standing.bills_under(office="client_id", number="tax_id")
        held = models.ClientGrant.objects.filter(ended_at=None).alias(is_theirs=theirs)
        over = held.filter(Q(last_on__lt=actor.today) | Q(is_theirs=False)).order_by("pk")
        found = list(over.select_for_update(of=("self",))[:CHUNK])
        for row in found:
            is_past = row.last_on is not None and row.last_on < actor.today
            rows.end(given, row, Ending.LAST_DAY if is_past else Ending.MOVED)
        given.conclude("client_access_kept" if found else "no_client_access_over")
        return len(found)
