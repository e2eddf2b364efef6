"""Dropping what registration need not keep: drafts, transaction IDs, documents of what was decided, and notes
on wishes to take part.
"""

from datetime import timedelta
from typing import Final

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import drafts, models, network_forgetting

KEEP_DOCUMENTS: Final = timedelta(days=30)


def forget(*, actor: Actor) -> int:
    """Drop what is over its time; answers how many rows. Raises NotPermitted."""
    forgotten = drafts.forget(actor=actor) + forget_documents(actor=actor)
    return forgotten + network_forgetting.forget(actor=actor)


def forget_documents(*, actor: Actor) -> int:
    """Drop the documents of applications that were decided on thirty days ago."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        over = models.Document.objects.filter(application__decided_at__lt=actor.asked_at - KEEP_DOCUMENTS)
        count, _ = over.delete()
        given.conclude("forgotten" if count else "nothing_old")
        return count
