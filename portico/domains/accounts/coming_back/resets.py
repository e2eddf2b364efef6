"""Asking for a way to set a new password: in the request one permit and one job, whoever is named.

Only the worker's job looks whether anybody has the name, and mails a link; so the answer, what it costs, and
how long it takes tell nothing (decision record 0031). The typed name waits in the job sealed.
"""

import base64
from datetime import datetime

from django.conf import settings

from portico.domains.accounts import models, telling
from portico.domains.accounts.coming_back import allowances
from portico.domains.accounts.coming_back import coming_back_rules as rules
from portico.domains.accounts.coming_back.allowances import Asked
from portico.domains.accounts.signing_in import misses
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.jobs import queue
from portico.domains.jobs.leases import Leased
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

LINK_PATH = "/reset/?t="
JOB = "mail_reset"
MAILER = "reset-mailer"


def ask(*, actor: Actor, username: str, address: str) -> None:
    """Have a reset link mailed to whoever has this name, if anybody does and may have one.

    `address` is the network address that asks. Three an hour are taken for a name, known or not, and sixty
    from an address; more are answered alike and do nothing.
    """
    with permit(actor, Function.SIGN_IN) as given:
        given.note_subject("sign_in_name", misses.index(Step.PASSWORD, username).hex())
        key = misses.name_key(username)
        name_index = allowances.index(key, purpose=Asked.RESET)
        if allowances.take(Asked.RESET, name_index=name_index, address=address, at=actor.asked_at):
            enqueue(given, JOB, key)
            given.conclude("reset_asked")
        else:
            given.conclude("reset_asked_too_often")


def enqueue(given: Permit, kind: str, typed: str) -> None:
    """Write the job that looks after what was typed, sealed for it alone, under the permit's reference."""
    sealed = settings.PORTICO_VAULT.seal(typed, place=_place(kind, given.reference))
    payload = {"reference": given.reference, "sealed": base64.b64encode(sealed).decode()}
    queue.enqueue(actor=given.actor, kind=kind, payload=payload)


def typed_in(leased: Leased) -> str:
    """What was typed, as the job's payload keeps it. Raises vault.CannotOpen."""
    sealed = base64.b64decode(leased.payload["sealed"])
    place = _place(leased.kind, leased.payload["reference"])
    typed: str = settings.PORTICO_VAULT.open(sealed, place=place)
    return typed


class MailReset:
    """The handler of jobs of kind `mail_reset`."""

    def run(self, leased: Leased) -> None:
        """Mails a link to the user of that name, if there is one who may have it; else does nothing."""
        username = typed_in(leased)
        with permit(leased.actor(MAILER), Function.SENDING) as given:
            given.note_subject("sign_in_name", misses.index(Step.PASSWORD, username).hex())
            user = _entitled(username)
            if user is not None:
                given.note_subject("user", str(user.pk))
                _mail(given, user)
            given.conclude("reset_mailed" if user is not None else "reset_not_mailed")
            queue.finish(leased)


def may_reset(user: models.User) -> bool:
    """May this user set a new password by mail? Not who is disabled, or has not finished the first sign-in.

    Who has no password here signs in elsewhere.
    """
    return user.is_active and user.activated_at is not None and user.has_usable_password()


def end_links(user: models.User, at: datetime) -> None:
    """End the reset links of the user that are still open."""
    models.ResetLink.objects.filter(user=user, used_at=None, ended_at=None).update(ended_at=at)


def _entitled(username: str) -> models.User | None:
    """The user of that name, held until the transaction ends, when a link may be mailed."""
    named = models.User.objects.named(username)
    if named is None:
        return None
    user = models.User.objects.select_for_update().get(pk=named.pk)
    return user if may_reset(user) and user.email else None


def _mail(given: Permit, user: models.User) -> None:
    """A new link; an older open one ends, and those long over are dropped."""
    at = given.actor.asked_at
    models.ResetLink.objects.filter(user=user, expires_at__lt=at - rules.KEPT_FOR).delete()
    end_links(user, at)
    secret = rules.new_link_secret()
    models.ResetLink.objects.create(
        user=user, secret_index=link_index(secret), made_at=at, expires_at=at + rules.LINK_LASTS
    )
    telling.by_mail(given, user, "password_reset", link=settings.SITE + LINK_PATH + secret)


def link_index(secret: str) -> bytes:
    """The keyed index of a link's secret, 16 bytes."""
    return allowances.index(secret, purpose="reset_link")


def _place(kind: str, reference: str) -> str:
    return f"accounts.{kind}:{reference}"
