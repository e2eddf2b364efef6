"""Signing in with a passkey: alone, as both factors and without a name, or as the second step.

Its answer cannot be guessed, so misses are counted against nobody: a stranger locks no one out by them.
"""

from portico.domains.accounts import models
from portico.domains.accounts.second_factors import passkeys
from portico.domains.accounts.second_factors.passkey_challenges import Purpose
from portico.domains.accounts.second_factors.passkeys import Asked
from portico.domains.accounts.signing_in import known_devices, sign_in
from portico.domains.accounts.signing_in.known_devices import ELSEWHERE, Browser
from portico.domains.accounts.signing_in.sign_in import REFUSED, Attempt
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit


def ask(*, actor: Actor, user_id: int | None = None) -> Asked:
    """What a browser is asked: for any passkey of this site, or after the right password for this user's."""
    with permit(actor, Function.SIGN_IN) as given:
        given.conclude("passkey_asked_for")
        return passkeys.ask(given, _purpose(user_id), user_id=user_id)


def enter(
    *,
    actor: Actor,
    challenge: str,
    reply: str,
    user_id: int | None = None,
    epoch: int = 0,
    browser: Browser = ELSEWHERE,
    remember: bool = False,
) -> Attempt:
    """Try a passkey: alone, or after the right password, which answered `user_id` and `epoch`.

    Every failure is answered alike. Alone it signs in who is neither disabled nor still to finish the first
    sign-in. `remember`: from now on this browser stands for the factor.
    """
    with permit(actor, Function.SIGN_IN) as given:
        verdict = passkeys.verify(given, _purpose(user_id), challenge=challenge, reply=reply, user_id=user_id)
        if verdict.user_id is None:
            given.conclude(verdict.fault or "passkey_refused")
            return REFUSED
        user = _activated(verdict.user_id) if user_id is None else sign_in.half_way(user_id, epoch)
        if user is None:
            given.conclude("passkey_refused")
            return REFUSED
        known = known_devices.find(browser, user, at=actor.asked_at)
        return sign_in.entered(given, user, known, browser, of="passkey_", remember=remember)


def _activated(user_id: int) -> models.User | None:
    user = models.User.objects.filter(pk=user_id, activated_at__isnull=False).first()
    return user if user and user.is_active else None


def _purpose(user_id: int | None) -> Purpose:
    return Purpose.SIGN_IN if user_id is None else Purpose.SECOND_STEP
