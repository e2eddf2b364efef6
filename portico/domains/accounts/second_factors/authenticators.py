"""Setting up one's own authenticator: the secret is shown, and kept once a code proves it works."""

import base64

from django.conf import settings

from portico.domains.accounts import models
from portico.domains.accounts.second_factors import factors, own_factors
from portico.domains.accounts.second_factors.own_factors import Change, Removal
from portico.domains.permits.actors import Actor


def propose(*, actor: Actor) -> str:
    """A new secret for the actor's user, sealed: text that may wait outside until a code proves it."""
    sealed = settings.PORTICO_VAULT.seal(factors.new_secret(), place=_place(actor))
    return base64.b64encode(sealed).decode()


def proposed(*, actor: Actor, proposal: str) -> str:
    """The secret of a proposal, to be shown. Raises vault.CannotOpen for anybody else's or what is none."""
    try:
        sealed = base64.b64decode(proposal, validate=True)
    except ValueError:
        sealed = b""
    secret: str = settings.PORTICO_VAULT.open(sealed, place=_place(actor))
    return secret


def confirm(*, actor: Actor, secret: str, code: str) -> int | None:
    """Keep `secret` as the actor's authenticator when `code` is what it shows now; else change nothing.

    Answers the epoch that sessions carry after it, another one where it takes the place of another: then the
    user's sessions end. None where nothing is changed. Somebody who has a factor already must pass it first:
    such an actor without its second factor gets None, also when the other one was set up in this very moment.
    Raises NotPermitted.
    """
    with own_factors.changing(actor) as given:
        user = own_factors.owner(given)
        if user is None:
            given.conclude(Change.NOT_PASSED)
            return None
        step = factors.matching_step(secret, code, at=actor.asked_at)
        if step is None:
            given.conclude("code_wrong")
            return None
        replaces = factors.has_authenticator(user.pk)
        factors.keep(user.pk, secret, at=actor.asked_at, last_step=step)
        own_factors.tell(given, user, "authenticator_replaced" if replaces else "authenticator_added")
        return own_factors.sign_out(given, user) if replaces else user.session_epoch


def remove(*, actor: Actor) -> Removal:
    """Remove the actor's authenticator, unless it is the last factor. Raises NotPermitted."""
    mine = models.Factor.objects.filter(user=actor.user_id or 0, kind=models.Factor.Kind.TOTP)
    return own_factors.remove(mine, actor=actor, told_as="authenticator_removed")


def _place(actor: Actor) -> str:
    return f"accounts.authenticator.proposal:{actor.user_id}"
