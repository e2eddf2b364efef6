"""Another mail address for one's account: asked for, and confirmed from the new mailbox.

The new mailbox proves itself by a link, and the account by being signed in: a link that went to a stranger,
as after a slip of the pen, is worth nothing to them. The old mailbox is told at once, and its link undoes the
change without a sign-in (address_undoing), until 72 hours after it was made: whoever took over a session does
not take over the account. Whether another account has the address is told to nobody; two may share one
(decision record 0035).

A row's `email` is the new address while it waits, and the one it replaced from the moment it is confirmed.
Whoever opens an account without having read a mail begins so too: with no address, and one that waits.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db.models import QuerySet

from portico.domains.accounts import models, users
from portico.domains.accounts.own import address_links
from portico.domains.accounts.own import profile_rules as rules
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import days

SECRET_BYTES = 32


class Asked(StrEnum):
    """What came of asking for another address."""

    ASKED = "asked"
    NO_ADDRESS = "no_address"
    SAME = "same"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Links:
    """Where the links in mails lead: addresses that want their secret appended."""

    confirm: str
    cancel: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An address that waits to be confirmed."""

    email: str
    asked_at: datetime
    expires_at: datetime


def ask(*, actor: Actor, email: str, links: Links) -> Asked:
    """Ask for another address: a link goes to it, and a warning to the old one. Replaces what still waits.

    At most five a day, so that nobody uses the portal to trouble a stranger. Raises NotPermitted, also where
    it is a while since they showed that it is they.
    """
    with permit(actor, Function.OWN_CREDENTIALS) as given:
        users.take_turn(given)
        user = models.User.objects.get(pk=actor.user_id or 0)
        new = rules.mail_address(email)
        outcome = _may_ask(user, new, actor.asked_at)
        if outcome is Asked.ASKED and new is not None:
            _withdraw(user.pk, actor.asked_at)
            _begin(user, new, links, actor.asked_at)
        given.conclude(f"address_{outcome}")
        return outcome


def begin(given: Permit, user: models.User, email: str) -> None:
    """Have the first address of an account confirmed, in the permit that opens the account without one."""
    at, secret = given.actor.asked_at, secrets.token_urlsafe(SECRET_BYTES)
    change = _kept(user, email, secret, at)
    link = settings.SITE + address_links.CONFIRM_PATH + secret
    address_links.mail(email, "address_first", link=link, expires_at=_said(change.expires_at))


def confirm(*, actor: Actor, secret: str, links: Links) -> bool:
    """Make the address that this link was sent to the actor's own; the old one is told again.

    False for a link that is wrong, somebody else's, used, replaced, cancelled or a day old: all the same.
    Links that were sent to the old mailbox to set a password end. Raises NotPermitted.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        users.take_turn(given)
        change = (
            address_links.of(actor.user_id)
            .filter(confirm_index=address_links.index(secret, "confirm"))
            .first()
        )
        if change is None or not _waits(change, actor.asked_at):
            given.conclude("no_such_link")
            return False
        _put_in_force(change, links, actor.asked_at)
        given.conclude("address_confirmed")
        return True


def withdraw(*, actor: Actor) -> bool:
    """Let the change that waits be; False where none does. Raises NotPermitted."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        users.take_turn(given)
        had_any = bool(_withdraw(actor.user_id or 0, actor.asked_at))
        given.conclude("address_withdrawn" if had_any else "nothing_to_withdraw")
        return had_any


def pending(user_id: int, *, at: datetime) -> Pending | None:
    """The address that waits to be confirmed at `at`, if one does."""
    change = _open(user_id).first()
    if change is None or not _waits(change, at):
        return None
    return Pending(change.email, change.asked_at, change.expires_at)


def _may_ask(user: models.User, new: str | None, at: datetime) -> Asked:
    if new is None:
        return Asked.NO_ADDRESS
    if rules.is_same_address(new, user.email):
        return Asked.SAME
    lately = address_links.of(user.pk).filter(asked_at__gt=at - rules.DAY).count()
    return Asked.ASKED if lately < rules.MOST_CHANGES_A_DAY else Asked.TOO_MANY


def _begin(user: models.User, new: str, links: Links, at: datetime) -> None:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    change = _kept(user, new, secret, at)
    undoes = links.cancel + address_links.cancel_secret(bytes(change.confirm_index))
    until = _said(change.expires_at)
    address_links.mail(new, "address_confirm", link=links.confirm + secret, expires_at=until)
    address_links.mail(user.email, "address_change_asked", link=undoes)


def _kept(user: models.User, new: str, secret: str, at: datetime) -> models.AddressChange:
    """The row of a change that waits for the link of that secret."""
    confirm_index = address_links.index(secret, "confirm")
    return models.AddressChange.objects.create(
        user=user,
        email=new,
        confirm_index=confirm_index,
        cancel_index=address_links.index(address_links.cancel_secret(confirm_index), "cancel"),
        asked_at=at,
        expires_at=at + rules.LINK_LASTS,
    )


def _put_in_force(change: models.AddressChange, links: Links, at: datetime) -> None:
    user = models.User.objects.get(pk=change.user_id)
    new, old = change.email, user.email
    change.email, change.confirmed_at, user.email = old, at, new
    change.save(update_fields=["email", "confirmed_at"])
    user.save(update_fields=["email"])
    address_links.end_reset_links(user.pk, at)
    link = links.cancel + address_links.cancel_secret(bytes(change.confirm_index))
    address_links.mail(old, "address_changed", link=link, expires_at=_said(at + rules.UNDONE_WITHIN))


def _withdraw(user_id: int, at: datetime) -> int:
    return _open(user_id).update(cancelled_at=at)


def _open(user_id: int) -> "QuerySet[models.AddressChange]":
    return address_links.of(user_id).filter(confirmed_at=None, cancelled_at=None)


def _waits(change: models.AddressChange, at: datetime) -> bool:
    is_over = change.confirmed_at is not None or change.cancelled_at is not None
    return rules.may_be_confirmed(expires_at=change.expires_at, is_over=is_over, now=at)


def _said(at: datetime) -> str:
    local = days.local(at)
    return f"{local:%m/%d/%Y %I:%M %p %Z}"
