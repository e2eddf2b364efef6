"""Passwords whose hash costs something else by now: hashed anew at the next sign-in."""

from portico.domains.accounts import models
from portico.domains.accounts.credentials import passwords
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit


def keep_anew(actor: Actor, user: models.User, password: str) -> None:
    """Keep the right password of the user under today's cost, where its hash has another.

    It comes after the answer is known, in a permit of its own: so a locked name takes no longer when the
    password is right, and the database is not held while it is hashed.
    """
    if not passwords.is_outdated(user.password):
        return
    anew = passwords.hashed(password)
    with permit(actor, Function.SIGN_IN) as given:
        given.note_subject("user", str(user.pk))
        kept = models.User.objects.filter(pk=user.pk, password=user.password).update(password=anew)
        given.conclude("password_hashed_anew" if kept else "password_changed_meanwhile")
