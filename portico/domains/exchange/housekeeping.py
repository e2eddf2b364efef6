"""Drops what need not be kept: submissions after their time, and old rows of the log.

Messages of nobody we know are kept as long as submissions are; the rest of the log for two years. The audit
keeps its own rows.
"""

from datetime import timedelta

from django.db.models import Q

from portico.domains.exchange import models, submissions
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

KEEP_LOG_FOR = timedelta(days=731)
AT_A_TIME = 500


def forget(*, actor: Actor) -> int:
    """Drops some of what is over its time; how many, 0 when nothing more is. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        count = _drop(models.Submission, Q(keep_until__lt=actor.asked_at))
        nobodys = Q(machine_id=None, received_at__lt=actor.asked_at - submissions.KEEP_FOR)
        old = Q(received_at__lt=actor.asked_at - KEEP_LOG_FOR)
        count += _drop(models.Exchange, nobodys | old)
        given.conclude("forgotten" if count else "nothing_old")
        return count


def _drop(model: type[models.Submission | models.Exchange], over: Q) -> int:
    some = list(model._base_manager.filter(over).order_by("pk").values_list("pk", flat=True)[:AT_A_TIME])
    model._base_manager.filter(pk__in=some).delete()
    return len(some)
