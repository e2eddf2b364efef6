"""Taking a proof of who somebody is away again: its provider is trusted no more, or spoke of another person.

A new mail address before the first sign-in takes all away: whoever reads it may be somebody else.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from portico.domains.accounts import models
from portico.domains.accounts.proving.proof_rows import OPEN, State
from portico.domains.accounts.proving.provers import OPENID_CONNECT
from portico.domains.permits.permit import Permit


def proven_by(provider: str) -> tuple[int, ...]:
    """The numbers of the users whom the provider (its key) has ever proven, in order."""
    found = _by_providers().filter(told__provider=provider).order_by("user_id")
    return tuple(found.values_list("user_id", flat=True).distinct())


def of_provider(user_ids: Iterable[int], provider: str) -> None:
    """The word of the provider (its key) proves these users no more, where it was the last that did."""
    for user_id in user_ids:
        user = models.User.objects.select_for_update().get(pk=user_id)
        last = _by_providers().filter(user=user).order_by("decided_at", "pk").last()
        if last is not None and last.told.get("provider") == provider:
            user.proofs = {code: at for code, at in user.proofs.items() if code != OPENID_CONNECT}
            user.save(update_fields=["proofs"])


def everything(given: Permit, user_id: int) -> None:
    """Nothing that was proven of the user counts any more, and what is under way ends."""
    models.User.objects.filter(pk=user_id).update(proofs={})
    under_way = models.Proof.objects.filter(user_id=user_id, state__in=OPEN)
    under_way.update(state=State.CANCELLED, decided_at=given.actor.asked_at, code_index=None, expires_at=None)


def _by_providers() -> "QuerySet[models.Proof]":
    return models.Proof.objects.filter(prover=OPENID_CONNECT, state=State.PASSED)
