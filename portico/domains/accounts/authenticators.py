"""Setting up one's own authenticator: the secret is shown, and kept once a code proves it works."""

import base64

from django.conf import settings

from portico.domains.accounts import factors, models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit


def propose(*, actor: Actor) -> str:
    """A new secret for the actor's user, sealed: text that may wait in a session until a code proves it."""
    sealed = settings.PORTICO_VAULT.seal(factors.new_secret(), place=_place(actor))
    return base64.b64encode(sealed).decode()


def proposed(*, actor: Actor, proposal: str) -> str:
    """The secret of a proposal, to be shown. Raises vault.CannotOpen for anybody else's."""
    secret: str = settings.PORTICO_VAULT.open(base64.b64decode(proposal), place=_place(actor))
    return secret


def confirm(*, actor: Actor, secret: str, code: str) -> bool:
    """Keep `secret` as the actor's authenticator when `code` is what it shows now; else change nothing.

    Somebody who has one already must pass it first: such an actor without its second factor gets False, also
    when the other one was set up in this very moment.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        user = models.User.objects.select_for_update().get(pk=actor.user_id or 0)
        given.note_subject("user", str(user.pk))
        if factors.has_authenticator(user.pk) and not actor.account.second_factor:
            given.conclude("authenticator_not_passed")
            return False
        step = factors.matching_step(secret, code, at=actor.asked_at)
        given.conclude("code_wrong" if step is None else "authenticator_kept")
        if step is not None:
            factors.keep(user.pk, secret, at=actor.asked_at, last_step=step)
        return step is not None


def _place(actor: Actor) -> str:
    return f"accounts.authenticator.proposal:{actor.user_id}"
