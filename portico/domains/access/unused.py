"""Accounts that nobody uses, chunk by chunk: who is told, who is suspended, and what their offices hear.

What counts as use, and the days, are accounts.inactivity's. The plan's own staff are treated alike.
"""

from collections import Counter
from collections.abc import Sequence

from portico.domains.access import models
from portico.domains.access.officers import standing
from portico.domains.access.officers.standing import Cause
from portico.domains.accounts import inactivity
from portico.domains.notifications import notices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

NOTICE = "accounts_suspended"


def tell(*, actor: Actor, after: int = 0) -> int | None:
    """Tell a chunk of owners; answers where the next begins, None when nobody is left.

    Raises NotPermitted.
    """
    with permit(actor, Function.HOUSEKEEPING) as given:
        return _last(inactivity.tell(given, after=after))


def suspend(*, actor: Actor, after: int = 0) -> int | None:
    """Suspend a chunk of accounts, and tell their offices; answers as `tell` does.

    Offices that lose their last administrator by it are settled. Raises NotPermitted.
    """
    with permit(actor, Function.HOUSEKEEPING) as given:
        suspended = inactivity.suspend(given, after=after)
        for office_id, count in sorted(_offices(suspended).items()):
            context = {"accounts": count}
            notices.tell_office(office_id=office_id, kind=NOTICE, context=context, now=actor.asked_at)
        for office_id in _administered(suspended):
            standing.settle(given, office_id, cause=Cause.UNUSED)
        return _last(suspended)


def _offices(user_ids: Sequence[int]) -> Counter[int]:
    held = models.Persona.objects.filter(user__in=user_ids, suspended_at=None, office__isnull=False)
    return Counter(office for _, office in held.values_list("user_id", "office_id").distinct())


def _administered(user_ids: Sequence[int]) -> list[int]:
    """The offices some of them administered, by number."""
    return sorted({office_id for user_id in user_ids for office_id in standing.offices_of(user_id)})


def _last(numbers: Sequence[int]) -> int | None:
    return max(numbers, default=None)
