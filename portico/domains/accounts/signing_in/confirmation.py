"""Showing again that it is you, before a sensitive act: by a second factor where one is held.

Where none is, the password does. Whoever asks sits at an open session, so what is told here tells nothing to
strangers. Misses have a tally of their own with the locks of the sign-in: they spend no try there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth import hashers

from portico.domains.accounts import models, rules
from portico.domains.accounts.credentials import passwords
from portico.domains.accounts.rules import Tally
from portico.domains.accounts.second_factors import factors, passkeys, recovery_codes
from portico.domains.accounts.second_factors.passkey_challenges import Purpose
from portico.domains.accounts.signing_in import misses
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit


class Means(StrEnum):
    """By what somebody can show it."""

    PASSKEY = "passkey"
    CODE = "code"
    RECOVERY_CODE = "recovery_code"
    PASSWORD = "password"  # noqa: S105 - the name of a means, no secret


class Outcome(StrEnum):
    """How a try ended."""

    CONFIRMED = "confirmed"
    MISSED = "confirmation_missed"
    BLOCKED = "confirmation_blocked"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class State:
    """By what the user can show it, and how the tally stands.

    `tries_left` before the next lock; 0 while blocked. `blocked_until` is None for a block that somebody has
    to lift. Without any means the way is to sign in again.
    """

    means: tuple[Means, ...]
    tries_left: int
    is_blocked: bool = False
    blocked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a try ended, and how things stand after it; `with_factor`: a second factor was shown."""

    outcome: Outcome
    state: State
    with_factor: bool = False


def ask_passkey(*, actor: Actor) -> passkeys.Asked | None:
    """What the browser of somebody with a passkey is asked; None without one, or while blocked.

    Raises NotPermitted.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        user = _user(actor)
        given.note_subject("user", str(user.pk))
        stands = _state(user, misses.standing(_index(user)), actor.asked_at)
        is_open = Means.PASSKEY in stands.means and not stands.is_blocked
        given.conclude("passkey_asked" if is_open else "passkey_not_asked")
        return passkeys.ask(given, Purpose.CONFIRMATION, user_id=user.pk) if is_open else None


def state(*, actor: Actor) -> State:
    """How the actor's user can show it, and whether it is blocked. Raises NotPermitted."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        given.conclude("confirmation_shown")
        user = _user(actor)
        return _state(user, misses.standing(_index(user)), actor.asked_at)


def with_password(*, actor: Actor, password: str) -> Attempt:
    """Try the password; a miss for whoever holds a second factor. Raises NotPermitted.

    Busy, when this process hashes as many passwords as it may: nothing was tried, counted or recorded.
    """
    user = _user(actor)
    try:
        is_right = passwords.is_right(password, user.password)
    except passwords.Busy:
        return Attempt(Outcome.BUSY, _state(user, Tally(), actor.asked_at))
    unchanged = models.User.objects.filter(pk=user.pk, password=user.password)
    return _tried(actor, Means.PASSWORD, lambda given, user: is_right and unchanged.exists())


def with_code(*, actor: Actor, code: str) -> Attempt:
    """Try the code an authenticator shows; it is used up. Raises NotPermitted."""
    return _tried(
        actor,
        Means.CODE,
        lambda given, user: factors.spend(user.pk, code, at=given.actor.asked_at),
    )


def with_recovery_code(*, actor: Actor, code: str) -> Attempt:
    """Try a recovery code; it is used up. Raises NotPermitted."""
    return _tried(
        actor,
        Means.RECOVERY_CODE,
        lambda given, user: recovery_codes.spend(given, user.pk, code),
    )


def with_passkey(*, actor: Actor, challenge: str, reply: str) -> Attempt:
    """Try what a browser answered to the question of `ask_passkey`, which is used up. Raises NotPermitted."""
    return _tried(
        actor,
        Means.PASSKEY,
        lambda given, user: (
            passkeys.verify(
                given, Purpose.CONFIRMATION, challenge=challenge, reply=reply, user_id=user.pk
            ).user_id
            == user.pk
        ),
    )


def _tried(actor: Actor, means: Means, is_proven: Callable[[Permit, models.User], bool]) -> Attempt:
    """Looks at the proof unless the tally is locked or the user has better means; a failed one is a miss."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        user = _user(actor)
        given.note_subject("user", str(user.pk))
        held = _index(user)
        tally = misses.hold(held, at=actor.asked_at)
        if not rules.is_locked(tally, actor.asked_at):
            if means in _means(_held(user)) and is_proven(given, user):
                misses.forget_one(held)
                return _ended(given, user, Tally(), Outcome.CONFIRMED, means)
            tally = misses.add(held, tally, at=actor.asked_at)
        is_locked = rules.is_locked(tally, actor.asked_at)
        return _ended(given, user, tally, Outcome.BLOCKED if is_locked else Outcome.MISSED, means)


def _ended(given: Permit, user: models.User, tally: Tally, outcome: Outcome, means: Means) -> Attempt:
    given.conclude(outcome)
    stands = _state(user, tally, given.actor.asked_at)
    return Attempt(outcome, stands, outcome is Outcome.CONFIRMED and means is not Means.PASSWORD)


def _state(user: models.User, tally: Tally, at: datetime) -> State:
    if rules.is_locked(tally, at):
        return State(_means(user), 0, is_blocked=True, blocked_until=tally.locked_until)
    return State(_means(user), rules.tries_left(tally, at))


def _means(user: models.User) -> tuple[Means, ...]:
    """Second factors where the user holds any, the password where there is nothing better."""
    found = tuple(Means(way) for way in factors.ways(user.pk))
    if found:
        return found
    return (Means.PASSWORD,) if hashers.is_password_usable(user.password) else ()


def _user(actor: Actor) -> models.User:
    """Raises User.DoesNotExist for an actor without a user: no edge asks for one."""
    return models.User.objects.get(pk=actor.user_id or 0)


def _held(user: models.User) -> models.User:
    """The same, its row held before those of its factors, as whoever changes factors does."""
    return models.User.objects.select_for_update().get(pk=user.pk)


def _index(user: models.User) -> bytes:
    return misses.index(Step.CONFIRM, user.username)
