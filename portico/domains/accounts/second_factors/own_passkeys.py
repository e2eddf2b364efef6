"""Adding, renaming and removing one's own passkeys; at most ten."""

import secrets

from django.db import IntegrityError, transaction

from portico.domains.accounts import models
from portico.domains.accounts.second_factors import new_passkeys, own_factors
from portico.domains.accounts.second_factors.new_passkeys import Attested
from portico.domains.accounts.second_factors.own_factors import Change, OwnPasskey, Removal
from portico.domains.accounts.second_factors.passkeys import Asked
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit

MOST = 10
HANDLE_BYTES = 32
LONGEST_NAME = 60


def propose(*, actor: Actor) -> Asked | Change:
    """What the browser is asked for a new passkey; or why there can be none. Raises NotPermitted.

    The user's handle, by which passkeys know their owner, is made here on first use: random, no name.
    """
    with own_factors.changing(actor) as given:
        user = _room(given)
        if isinstance(user, Change):
            return own_factors.ended(given, user)
        if user.handle is None:
            user.handle = secrets.token_bytes(HANDLE_BYTES)
            user.save(update_fields=["handle"])
        given.conclude("passkey_asked_for")
        return new_passkeys.ask(given, user)


def add(*, actor: Actor, challenge: str, reply: str, name: str) -> Change:
    """Keep the passkey that the browser's answer shows, under the person's name for it, cut at 60 signs.

    Raises NotPermitted.
    """
    with own_factors.changing(actor) as given:
        user = _room(given)
        if isinstance(user, Change):
            return own_factors.ended(given, user)
        new = new_passkeys.attested(given, user, challenge=challenge, reply=reply)
        if new is None or not _keep(given, user, new, name):
            return own_factors.ended(given, Change.NOT_SHOWN)
        own_factors.tell(given, user, "passkey_added")
        return Change.DONE


def one(*, actor: Actor, passkey_id: int) -> OwnPasskey | None:
    """One of the actor's passkeys, to be changed; None where none has that number. Raises NotPermitted."""
    with own_factors.changing(actor) as given:
        given.note_subject("user", str(actor.user_id))
        row = models.Passkey.objects.filter(user_id=actor.user_id or 0, pk=passkey_id).first()
        given.conclude("passkey_shown" if row else "not_found")
        return own_factors.shown(row) if row else None


def rename(*, actor: Actor, passkey_id: int, name: str) -> Change:
    """Call one of the actor's passkeys something else. Raises NotPermitted."""
    with own_factors.changing(actor) as given:
        user = own_factors.owner(given)
        if user is None:
            return own_factors.ended(given, Change.NOT_PASSED)
        mine = models.Passkey.objects.filter(user=user, pk=passkey_id)
        given.conclude("passkey_renamed")
        renamed = mine.update(name=name[:LONGEST_NAME])
        return Change.DONE if renamed else own_factors.ended(given, Change.NOT_FOUND)


def remove(*, actor: Actor, passkey_id: int) -> Removal:
    """Remove one of the actor's passkeys, unless it is the last factor. Raises NotPermitted."""
    mine = models.Passkey.objects.filter(user=actor.user_id or 0, pk=passkey_id)
    return own_factors.remove(mine, actor=actor, told_as="passkey_removed")


def _room(given: Permit) -> models.User | Change:
    """The actor's user where one more passkey may be added; else why not."""
    user = own_factors.owner(given)
    if user is None:
        return Change.NOT_PASSED
    return user if user.passkeys.count() < MOST else Change.TOO_MANY


def _keep(given: Permit, user: models.User, new: Attested, name: str) -> bool:
    """Keep it; false where that credential is somebody's already."""
    try:
        with transaction.atomic():
            models.Passkey.objects.create(
                user=user,
                credential_id=new.credential_id,
                credential=new.credential,
                sign_count=new.sign_count,
                name=name[:LONGEST_NAME],
                transports=list(new.transports),
                is_backed_up=new.is_backed_up,
                created_at=given.actor.asked_at,
            )
    except IntegrityError:
        return False
    return True
