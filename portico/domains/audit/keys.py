"""The keys that mark rows and sign heads: kept in the settings, never in the database.

Settings: `PORTICO_AUDIT_KEY`, 32 bytes or more, marks and signs; `PORTICO_AUDIT_OLD_KEYS`, a sequence of
former keys, only verifies. A key is known by its id, the first four bytes of a hash of it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core import checks

SHORTEST = 32


class WrongAuditKey(ValueError):
    """`PORTICO_AUDIT_KEY` is missing or too short."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key and the id that rows and heads name it by (8 hexadecimal digits)."""

    secret: bytes = field(repr=False)
    id: str


@lru_cache(maxsize=16)
def from_secret(secret: bytes) -> Key:
    """The key with its id. Raises WrongAuditKey when it is shorter than 32 bytes."""
    if len(secret) < SHORTEST:
        raise WrongAuditKey(f"PORTICO_AUDIT_KEY needs {SHORTEST} bytes or more")
    return Key(secret=secret, id=hashlib.sha256(b"portico-audit-key" + secret).hexdigest()[:8])


def current() -> Key:
    """The key that marks and signs now. Raises WrongAuditKey."""
    return from_secret(getattr(settings, "PORTICO_AUDIT_KEY", b""))


def known() -> dict[str, Key]:
    """Every key that may have marked a row or signed a head, by its id."""
    former = [from_secret(secret) for secret in getattr(settings, "PORTICO_AUDIT_OLD_KEYS", ())]
    return {key.id: key for key in [*former, current()]}


def check(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """The start-up check: a key that cannot be used is named before anything runs."""
    try:
        known()
    except (WrongAuditKey, TypeError) as error:
        hint = "Set PORTICO_AUDIT_KEY to 32 random bytes or more, kept outside the database."
        return [checks.Error(str(error), hint=hint, id="audit.E001")]
    return []
