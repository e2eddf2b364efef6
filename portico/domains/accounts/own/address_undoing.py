"""Undoing a change of one's mail address from the mailbox it had before; nobody need be signed in.

A link undoes the change it was sent about and all later ones, and then neither it nor theirs lead anywhere: a
thief who changes twice, or asks again and again, shakes nobody off (decision record 0035).
"""

import secrets
from datetime import datetime
from enum import StrEnum

from django.db.models import F

from portico.domains.accounts import models
from portico.domains.accounts.own import address_links as links
from portico.domains.accounts.own import profile_rules as rules
from portico.domains.accounts.signing_in import sessions
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit


class Undone(StrEnum):
    """What came of a link that undoes."""

    CANCELLED = "cancelled"
    RESTORED = "restored"
    NO_SUCH_LINK = "no_such_link"


def undo(*, actor: Actor, secret: str) -> Undone:
    """Undo the change this link was sent about, and every later one, from the old mailbox; nobody signs in.

    A change in force is turned back: the old address is the account's again, every session ends, and so do
    links to set a password. A link works once, and later ones of that account no more.
    """
    with permit(actor, Function.SIGN_IN) as given:
        change = models.AddressChange.objects.filter(cancel_index=links.index(secret, "cancel")).first()
        if change is None:
            given.conclude(Undone.NO_SUCH_LINK)
            return Undone.NO_SUCH_LINK
        models.User.objects.select_for_update().get(pk=change.user_id)
        outcome = _undo(given, change.pk, change.user_id, links.index(secret, "cancel"))
        given.note_subject("user", str(change.user_id))
        given.conclude(f"address_{outcome}" if outcome is not Undone.NO_SUCH_LINK else outcome)
        return outcome


def _undo(given: Permit, number: int, user_id: int, cancel_index: bytes) -> Undone:
    """Undo that change and all after it; nothing where another request did so first, or it is too late."""
    at = given.actor.asked_at
    concerned = list(links.of(user_id).filter(pk__gte=number).order_by("pk"))
    if not concerned or bytes(concerned[0].cancel_index) != cancel_index:
        return Undone.NO_SUCH_LINK
    left = [change for change in concerned if _can_be_undone(change, at)]
    if not left:
        return Undone.NO_SUCH_LINK
    for change in concerned:
        change.cancelled_at = change.cancelled_at or at
        change.cancel_index = secrets.token_bytes(16)  # no link leads here any more
        change.save(update_fields=["cancelled_at", "cancel_index"])
    in_force = next((change for change in left if change.confirmed_at is not None), None)
    if in_force is None:
        return Undone.CANCELLED
    _restore(given, user_id, in_force.email)
    return Undone.RESTORED


def _restore(given: Permit, user_id: int, email: str) -> None:
    user = models.User.objects.get(pk=user_id)
    taken_back, user.email = user.email, email
    user.session_epoch = F("session_epoch") + 1
    user.save(update_fields=["email", "session_epoch"])
    sessions.end_all(given, user_id)
    links.end_reset_links(user_id, given.actor.asked_at)
    links.mail(taken_back, "address_restored")


def _can_be_undone(change: models.AddressChange, at: datetime) -> bool:
    return rules.may_be_undone(
        expires_at=change.expires_at,
        confirmed_at=change.confirmed_at,
        is_over=change.cancelled_at is not None,
        now=at,
    )
