"""Signing in: a password, then a code. Known and unknown names are answered alike.

The password is hashed before the permit is opened, so that the database is not held while it is, and for
unknown and locked names too, so that timing tells nothing (SECURITY.md, Signing in).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from portico.domains.accounts import devices as known_devices
from portico.domains.accounts import factors, misses, models, passwords, rules
from portico.domains.accounts.devices import Device
from portico.domains.accounts.misses import Step
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

BUSY_SECONDS = 1


class Outcome(StrEnum):
    """How an attempt ended."""

    REFUSED = "refused"
    LOCKED = "locked"
    BUSY = "busy"
    FACTOR_NEEDED = "factor_needed"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class Attempt:
    """How it ended; `user_id` only after the right password, `locked_until` only while a lock ends by itself.

    `epoch` is what the new session must carry to be believed (accounts.User).
    """

    outcome: Outcome
    user_id: int | None = None
    locked_until: datetime | None = None
    epoch: int = 0


def with_password(*, actor: Actor, username: str, password: str, devices: Sequence[Device] = ()) -> Attempt:
    """Try a name and password. Locked, unknown and disabled names spend the same time and say the same.

    A browser known by one of `devices` for this name counts its misses by itself. Busy, when this process
    hashes as many passwords as it may: nothing was tried, counted or recorded.
    """
    user = models.User.objects.named(username)
    try:
        is_right = passwords.is_right(password, user.password if user else None)
    except passwords.Busy:
        return Attempt(Outcome.BUSY)
    with permit(actor, Function.SIGN_IN) as given:
        given.note_subject("sign_in_name", misses.index(Step.PASSWORD, username).hex())
        device = known_devices.known(devices, user)
        held = misses.counted(Step.PASSWORD, username, device=device, at=actor.asked_at)
        attempt = _try(given, held, lambda: _anew(user) if user and is_right else None)
        if attempt.user_id is not None and factors.has_authenticator(attempt.user_id):
            attempt = replace(attempt, outcome=Outcome.FACTOR_NEEDED)
        return _ended(given, attempt, device)


def with_code(
    *, actor: Actor, user_id: int, epoch: int, code: str, devices: Sequence[Device] = ()
) -> Attempt:
    """Try an authenticator's code after the right password, which answered `user_id` and `epoch`.

    Wrong codes are counted by themselves. A user who was disabled, or whose sessions were ended, since the
    password was given is refused.
    """
    with permit(actor, Function.SIGN_IN) as given:
        given.note_subject("user", str(user_id))
        user = models.User.objects.filter(pk=user_id, session_epoch=epoch).first()
        if user is None or not user.is_active:
            return _ended(given, Attempt(Outcome.REFUSED), of="code_")
        known, device = user, known_devices.known(devices, user)
        held = misses.counted(Step.CODE, known.username, device=device, at=actor.asked_at)
        attempt = _try(given, held, lambda: _spent(known, code, actor.asked_at))
        return _ended(given, attempt, device, of="code_")


def _anew(user: models.User) -> models.User | None:
    """The user as it is now, in the transaction: disabled, or given another password, it is not believed."""
    now = models.User.objects.filter(pk=user.pk, password=user.password).first()
    return now if now and now.is_active else None


def _spent(user: models.User, code: str, at: datetime) -> models.User | None:
    return user if factors.spend(user.pk, code, at=at) else None


def _try(given: Permit, held: bytes, proven: Callable[[], models.User | None]) -> Attempt:
    """Looks at the proof unless the tally is locked; a failed one counts as a miss."""
    at = given.actor.asked_at
    tally = misses.hold(held, at=at)
    if not rules.is_locked(tally, at):
        user = proven()
        if user is not None:
            return Attempt(Outcome.SIGNED_IN, user.pk, epoch=user.session_epoch)
        tally = misses.add(held, tally, at=at)
    is_locked = rules.is_locked(tally, at)
    return Attempt(Outcome.LOCKED if is_locked else Outcome.REFUSED, locked_until=tally.locked_until)


def _ended(given: Permit, attempt: Attempt, device: str = "", *, of: str = "") -> Attempt:
    """Record how it ended; a full sign-in forgets the misses of its device, or those of strangers."""
    given.conclude(of + attempt.outcome)
    if attempt.user_id is None:
        return attempt
    given.note_subject("user", str(attempt.user_id))
    if attempt.outcome is Outcome.SIGNED_IN:
        user = models.User.objects.get(pk=attempt.user_id)
        misses.forget(user.username, device=device)
        user.last_login = given.actor.asked_at
        user.save(update_fields=["last_login"])
    return attempt
