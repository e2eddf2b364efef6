"""New passwords and given ones: what is refused, and how many are hashed at a time.

A hash costs some 90 ms and 46 MiB on purpose. Whoever asks for many at once gets `Busy`, so that a flood of
sign-ins starves nobody else (SECURITY.md, Signing in).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.contrib.auth import hashers
from django.contrib.auth.password_validation import CommonPasswordValidator

from portico.domains.accounts import rules

MOST_AT_ONCE = 2
_slots = threading.BoundedSemaphore(MOST_AT_ONCE)


class Busy(Exception):
    """As many passwords as this process takes at once are being hashed already."""


class WeakPassword(ValueError):
    """The password cannot be used; `faults` say why."""

    def __init__(self, faults: tuple[rules.PasswordFault, ...]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


def encoded(password: str, *, username: str, has_factor: bool) -> str:
    """The new password, hashed for keeping; waits for its turn. Raises WeakPassword."""
    faults = rules.password_faults(password, username=username, has_factor=has_factor, common=_common())
    if faults:
        raise WeakPassword(faults)
    return hashed(password)


def hashed(text: str) -> str:
    """The text as a password is kept; waits for its turn."""
    with _slots:
        return hashers.make_password(rules.normal_password(text))


def unusable() -> str:
    """What is kept of somebody who has no password; nothing that is typed is right."""
    return hashers.make_password(None)


def is_right(password: str, kept: str | None) -> bool:
    """Is this the password of `kept`? Where None is kept it is wrong, after as much work. Raises Busy."""
    with _turn():
        return hashers.check_password(rules.normal_password(password), unusable() if kept is None else kept)


def is_outdated(kept: str) -> bool:
    """Was this password hashed in another way, or at another cost, than one is now?"""
    now, then = hashers.get_hasher(), hashers.identify_hasher(kept)
    return now.algorithm != then.algorithm or now.must_update(kept)


@contextmanager
def _turn() -> Iterator[None]:
    if not _slots.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _slots.release()


@cache
def _common() -> frozenset[str]:
    """The 20,000 passwords people use most, as they come with Django."""
    return frozenset(CommonPasswordValidator().passwords)
