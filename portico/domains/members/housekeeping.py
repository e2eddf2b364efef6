"""Drops what searches left behind once it is of no use: old lookups and old misses."""

from datetime import timedelta

from portico.domains.members import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

KEEP_FOR = timedelta(days=2)


def forget(*, actor: Actor) -> int:
    """Drop lookups and misses older than two days; answer how many. The audit keeps its own rows."""
    before = actor.asked_at - KEEP_FOR
    with permit(actor, Function.HOUSEKEEPING) as given:
        lookups, _ = models.Lookup.objects.filter(created_at__lt=before).delete()
        misses, _ = models.Miss.objects.filter(at__lt=before).delete()
        given.conclude("forgotten" if lookups or misses else "nothing_old")
        return lookups + misses
