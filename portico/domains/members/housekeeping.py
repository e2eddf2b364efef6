"""Drops what searches and batches left behind once it is of no use."""

from datetime import timedelta

from portico.domains.members import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

KEEP_FOR = timedelta(days=2)


def forget(*, actor: Actor) -> int:
    """Drop lookups and misses older than two days, and batches that were kept long enough; answer how many.

    A batch goes with its rows, unless it was saved as a list. The audit keeps its own rows.
    """
    before = actor.asked_at - KEEP_FOR
    with permit(actor, Function.HOUSEKEEPING) as given:
        lookups, _ = models.Lookup.objects.filter(created_at__lt=before).delete()
        misses, _ = models.Miss.objects.filter(at__lt=before).delete()
        over = models.Batch.objects.filter(keep_until__lt=actor.asked_at, is_saved=False)
        batches = over.delete()[1].get(models.Batch._meta.label, 0)
        given.conclude("forgotten" if lookups or misses or batches else "nothing_old")
        return lookups + misses + batches
