"""Challenges that passkeys answer: random, sealed while they wait, spent by the first answer.

A spent one is kept as a keyed hash until it would have ended by itself, so that of two answers to one
challenge the first alone counts, in whichever process.
"""

import json
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import IntegrityError, transaction

from portico.domains.accounts import models
from portico.shared.vault import CannotOpen

ANSWERED_WITHIN = timedelta(minutes=5)
CHALLENGE_BYTES = 32
SWEPT_AT_ONCE = 20


class Purpose(StrEnum):
    """What a challenge is for; an answer to one is worth nothing for another."""

    SIGN_IN = "sign_in"
    SECOND_STEP = "second_step"
    CONFIRMATION = "confirmation"
    REGISTRATION = "registration"


def new() -> bytes:
    """A challenge nobody can guess."""
    return secrets.token_bytes(CHALLENGE_BYTES)


def sealed(challenge: bytes, purpose: Purpose, *, user_id: int | None, at: datetime) -> str:
    """The challenge as it may wait in a session: text that opens for this purpose and user alone."""
    said = json.dumps({"challenge": challenge.hex(), "at": at.isoformat()})
    kept: bytes = settings.PORTICO_VAULT.seal(said, place=_place(purpose, user_id))
    return kept.hex()


def spend(waiting: str, purpose: Purpose, *, user_id: int | None, at: datetime) -> bytes | None:
    """The challenge, from now on used up; None where it was before, is too old, or was made for another."""
    try:
        said = json.loads(settings.PORTICO_VAULT.open(bytes.fromhex(waiting), place=_place(purpose, user_id)))
    except (CannotOpen, ValueError):
        return None
    ends_at = datetime.fromisoformat(said["at"]) + ANSWERED_WITHIN
    index = settings.PORTICO_VAULT.index(said["challenge"], purpose="passkey challenge")
    if at >= ends_at or not _is_first(index, ends_at, at):
        return None
    return bytes.fromhex(said["challenge"])


def _is_first(index: bytes, ends_at: datetime, at: datetime) -> bool:
    old = models.SpentToken.objects.filter(expires_at__lt=at).values_list("pk", flat=True)
    models.SpentToken.objects.filter(pk__in=list(old[:SWEPT_AT_ONCE])).delete()
    try:
        with transaction.atomic():
            models.SpentToken.objects.create(token_index=index, expires_at=ends_at)
    except IntegrityError:
        return False
    return True


def _place(purpose: Purpose, user_id: int | None) -> str:
    return f"accounts.passkey.{purpose}:{user_id or ''}"
