"""Setting up one's own authenticator: the secret is shown, and kept once a code proves it works."""

from portico.domains.accounts import factors, models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit


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
