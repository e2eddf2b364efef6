"""Dropping what signing in leaves behind: expired sessions, and tokens that could not count again."""

from typing import Any

from django.db.models import QuerySet

from portico.domains.accounts import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

AT_A_TIME = 1_000


def forget(*, actor: Actor) -> int:
    """Drop up to a thousand of each, visitors' sessions among them; answers how many. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        at = actor.asked_at
        sessions = _drop(models.Session.objects.filter(expire_date__lte=at))
        tokens = _drop(models.SpentToken.objects.filter(expires_at__lte=at))
        given.conclude("forgotten" if sessions or tokens else "nothing_old")
        return sessions + tokens


def _drop(old: "QuerySet[models.Session] | QuerySet[models.SpentToken]") -> int:
    """Those that nobody uses at this moment."""
    few: list[Any] = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:AT_A_TIME])
    return old.model.objects.filter(pk__in=few).delete()[0] if few else 0
