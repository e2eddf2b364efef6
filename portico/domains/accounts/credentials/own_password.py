"""Changing one's own password, signed in. The one in use is asked for too, besides a recent proof.

The proof may be minutes old: whoever finds a browser open at a desk does not know the password. Wrong ones
have a tally of their own: they spend no try of the sign-in, nor do tries at confirming spend these.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portico.domains.accounts import models, rules
from portico.domains.accounts.credentials import new_passwords, passwords
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import misses
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit


class Outcome(StrEnum):
    """How it ended."""

    CHANGED = "password_changed"
    WRONG = "password_wrong"
    LOCKED = "password_locked"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Attempt:
    """How it ended; `epoch` is what the session that goes on must carry, `locked_until` only while locked."""

    outcome: Outcome
    epoch: int = 0
    locked_until: datetime | None = None


def is_held(*, actor: Actor) -> bool:
    """Has the actor a password here, to be changed? Who signs in elsewhere has none. Raises NotPermitted."""
    with permit(actor, Function.OWN_CREDENTIALS) as given:
        given.conclude("password_asked_about")
        return _user(actor).has_usable_password()


def change(*, actor: Actor, current: str, password: str) -> Attempt:
    """Change the password from `current`; all sessions end, and the one at hand goes on with the new epoch.

    Busy, when this process hashes as many passwords as it may: nothing was tried, counted or recorded.
    Raises WeakPassword, NotPermitted.
    """
    user = _user(actor)
    has_factor = bool(factors.ways(user.pk))
    # The new one is looked at first: told to be weak only after the right one in use, it would tell that one.
    encoded = passwords.encoded(password, username=user.username, has_factor=has_factor)
    try:
        is_right = passwords.is_right(current, user.password)
    except passwords.Busy:
        return Attempt(Outcome.BUSY)
    with permit(actor, Function.OWN_CREDENTIALS) as given:
        given.note_subject("user", str(user.pk))
        attempt = _tried(given, user, encoded if is_right else "")
        given.conclude(attempt.outcome)
        return attempt


def _tried(given: Permit, user: models.User, encoded: str) -> Attempt:
    """Keeps the new one unless the tally is locked, or the one in use was wrong or is another by now."""
    held, at = misses.index(Step.OWN_PASSWORD, user.username), given.actor.asked_at
    tally = misses.hold(held, at=at)
    if not rules.is_locked(tally, at):
        same = models.User.objects.select_for_update().filter(pk=user.pk, password=user.password)
        if encoded and same.exists():
            misses.forget_one(held)
            return Attempt(Outcome.CHANGED, epoch=new_passwords.keep(given, user, encoded))
        tally = misses.add(held, tally, at=at)
    is_locked = rules.is_locked(tally, at)
    return Attempt(Outcome.LOCKED if is_locked else Outcome.WRONG, locked_until=tally.locked_until)


def _user(actor: Actor) -> models.User:
    """Raises User.DoesNotExist for an actor without a user: no edge asks for one."""
    return models.User.objects.get(pk=actor.user_id or 0)
