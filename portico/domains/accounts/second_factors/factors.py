"""Second factors: by what somebody passes one; an authenticator (TOTP, RFC 6238) and checking its codes.

The instant comes from the actor, and the step a code was used for is kept with the factor, so that a
code works once even in two processes (decision record 0004).
"""

import base64
import secrets
from datetime import datetime
from enum import StrEnum

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from portico.domains.accounts import models, rules

SECRET_BYTES = 20
DIGITS = 6


class Way(StrEnum):
    """By what a second factor can be passed, the best first."""

    PASSKEY = "passkey"
    CODE = "code"
    RECOVERY_CODE = "recovery_code"


def ways(user_id: int) -> tuple[Way, ...]:
    """By what the user can pass a second factor; nothing where neither passkey nor authenticator is set up.

    Recovery codes stand in for one of those, so alone they ask for nothing. One query.
    """
    mine = {"user": OuterRef("pk")}
    held = models.User.objects.filter(pk=user_id).values_list(
        Exists(models.Passkey.objects.filter(**mine)),
        Exists(models.Factor.objects.filter(**mine, kind=models.Factor.Kind.TOTP)),
        Exists(models.RecoveryCode.objects.filter(**mine, used_at__isnull=True)),
    )
    found = next(iter(held), (False, False, False))
    if not (found[0] or found[1]):
        return ()
    return tuple(way for way, is_held in zip(Way, found, strict=True) if is_held)


def new_secret() -> str:
    """A new TOTP secret, in the base-32 text that authenticator applications take."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def keep(user_id: int, secret: str, *, at: datetime, last_step: int = 0) -> None:
    """Make `secret` the user's authenticator, instead of any earlier one; steps to `last_step` are spent."""
    sealed = settings.PORTICO_VAULT.seal(secret, place=_place(user_id))
    models.Factor.objects.update_or_create(
        user_id=user_id,
        kind=models.Factor.Kind.TOTP,
        defaults={"secret_sealed": sealed, "last_step": last_step, "created_at": at},
    )


def has_authenticator(user_id: int) -> bool:
    """Has the user an authenticator set up?"""
    return models.Factor.objects.filter(user_id=user_id, kind=models.Factor.Kind.TOTP).exists()


def spend(user_id: int, code: str, *, at: datetime) -> bool:
    """Is `code` right at `at`, and not used before? If so it is used up, even against a parallel try."""
    factor = models.Factor.objects.filter(user_id=user_id, kind=models.Factor.Kind.TOTP).first()
    if factor is None:
        return False
    secret = settings.PORTICO_VAULT.open(bytes(factor.secret_sealed), place=_place(user_id))
    step = matching_step(secret, code, at=at, last_step=factor.last_step)
    if step is None:
        return False
    unused = models.Factor.objects.filter(Q(pk=factor.pk) & Q(last_step__lt=step))
    return unused.update(last_step=step) == 1


def matching_step(secret: str, code: str, *, at: datetime, last_step: int = 0) -> int | None:
    """The step for which `code` is right at `at`; None when it is wrong, stale, or already used."""
    digits = "".join(code.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    totp = _totp(secret)
    return next((s for s in rules.usable_steps(at, last_step) if _is_right(totp, digits, s)), None)


def code_at(secret: str, at: datetime) -> str:
    """The code an authenticator shows at `at`."""
    return _totp(secret).generate(int(at.timestamp())).decode()


def provisioning_uri(secret: str, *, username: str, issuer: str) -> str:
    """The otpauth:// address that authenticator applications read from a QR picture."""
    # Some applications show the plus signs of a form's encoding as they are.
    return _totp(secret).get_provisioning_uri(username, issuer).replace("+", "%20")


def _totp(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), rules.STEP_SECONDS)  # noqa: S303 - RFC 6238


def _is_right(totp: TOTP, digits: str, step: int) -> bool:
    try:
        totp.verify(digits.encode(), step * rules.STEP_SECONDS)
    except InvalidToken:
        return False
    return True


def _place(user_id: int) -> str:
    return f"accounts.factor.secret:{user_id}"
