"""One's own second factors: what there is, and what every change of them has in common.

A change needs a recent proof that it is you (Function.OWN_CREDENTIALS), or is a step of the first sign-in
(Function.ACTIVATION). Whoever has a factor changes it in a session that passed one, so that a password alone
never adds a key. The last factor is not removed, only replaced. Every change is told by mail and notice, and
ends what remembered browsers stand for; taking one away also ends the user's other sessions.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from portico.domains.accounts import models, telling
from portico.domains.accounts.joining import activation
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import known_devices, sessions
from portico.domains.permits.actors import AccountState, Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit


class Change(StrEnum):
    """How a change ended; also what the audit keeps of it."""

    DONE = "done"
    NOT_PASSED = "not_passed"
    NOT_FOUND = "not_found"
    NOT_SHOWN = "not_shown"
    TOO_MANY = "too_many"
    LAST = "last_factor"


@dataclass(frozen=True, slots=True)
class Removal:
    """How a removal ended; where it was done, the epoch that the session which goes on must carry."""

    change: Change
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class OwnPasskey:
    """A passkey as its owner knows it again; instants are aware."""

    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None
    is_backed_up: bool


@dataclass(frozen=True, slots=True)
class OwnFactors:
    """What somebody has: passkeys, since when an authenticator, and recovery codes that are left."""

    passkeys: tuple[OwnPasskey, ...]
    authenticator_since: datetime | None
    codes_left: int
    codes_made_at: datetime | None
    may_change: bool

    @property
    def count(self) -> int:
        """How many factors; recovery codes stand in for one and are none."""
        return len(self.passkeys) + (self.authenticator_since is not None)


def held(*, actor: Actor) -> OwnFactors:
    """What the actor has; `may_change` is false where the session did not pass it. Raises NotPermitted."""
    with reading(actor) as given:
        given.note_subject("user", str(actor.user_id))
        given.conclude("factors_shown")
        mine = actor.user_id or 0
        found = models.Passkey.objects.filter(user_id=mine).order_by("created_at", "pk")
        passkeys = tuple(shown(row) for row in found)
        totp = models.Factor.objects.filter(user_id=mine, kind=models.Factor.Kind.TOTP).first()
        codes = list(models.RecoveryCode.objects.filter(user_id=mine))
        return OwnFactors(
            passkeys,
            totp.created_at if totp else None,
            sum(code.used_at is None for code in codes),
            codes[0].made_at if codes else None,
            actor.account.second_factor or not (passkeys or totp),
        )


def prepare(*, actor: Actor) -> bool:
    """May the actor begin a change now? False where its session did not pass the factor there is.

    Raises NotPermitted, so that whoever has to show first that it is they is asked before anything is typed.
    """
    with changing(actor) as given:
        is_open = owner(given) is not None
        given.conclude("change_begun" if is_open else Change.NOT_PASSED)
        return is_open


def remove(mine: "QuerySet[Any]", *, actor: Actor, told_as: str) -> Removal:
    """Remove the factor among the actor's own that `mine` finds, unless it is the last one.

    `told_as` is the kind of change the owner hears of. Raises NotPermitted.
    """
    with changing(actor) as given:
        user = owner(given)
        if user is None:
            return Removal(ended(given, Change.NOT_PASSED))
        if not mine.exists():
            return Removal(ended(given, Change.NOT_FOUND))
        if is_last(user):
            return Removal(ended(given, Change.LAST))
        mine.delete()
        tell(given, user, told_as)
        return Removal(Change.DONE, sign_out(given, user))


def reading(actor: Actor) -> AbstractContextManager[Permit]:
    """The permit under which an actor looks at its own factors."""
    return permit(actor, _function(actor, Function.OWN_ACCOUNT))


def changing(actor: Actor) -> AbstractContextManager[Permit]:
    """The permit under which an actor changes its own factors."""
    return permit(actor, _function(actor, Function.OWN_CREDENTIALS))


def owner(given: Permit) -> models.User | None:
    """The actor's user, its row held; None where there is a factor that this session did not pass.

    Neither for somebody whose first sign-in has not come as far as the second factor.
    """
    actor = given.actor
    user = models.User.objects.select_for_update().get(pk=actor.user_id or 0)
    given.note_subject("user", str(user.pk))
    if actor.account.state is AccountState.INVITED and not activation.may_have_factors(user, actor):
        return None
    return None if factors.ways(user.pk) and not actor.account.second_factor else user


def ended(given: Permit, change: Change) -> Change:
    """Record how a change ended, where it did not come about."""
    given.conclude(change)
    return change


def tell(given: Permit, user: models.User, kind: str) -> None:
    """Record a change and tell its owner; no browser stands for a factor any more."""
    given.conclude(kind)
    known_devices.distrust(user.pk)
    telling.by_mail(given, user, "factors_changed", kind=kind)
    telling.by_notice(given, user, kind)


def is_last(user: models.User) -> bool:
    """Has the user one factor only? It is replaced, not removed: what opens patients needs one."""
    return user.passkeys.count() + user.factors.count() <= 1


def sign_out(given: Permit, user: models.User) -> int:
    """End the user's sessions, and sign-ins half-way: they may have begun with a factor that is gone.

    Answers the epoch that the session which goes on must carry.
    """
    return sessions.end_all_anew(given, user.pk)


def shown(row: models.Passkey) -> OwnPasskey:
    """The passkey as its owner knows it."""
    return OwnPasskey(row.pk, row.name, row.created_at, row.last_used_at, row.is_backed_up)


def _function(actor: Actor, activated: Function) -> Function:
    return Function.ACTIVATION if actor.account.state is AccountState.INVITED else activated
