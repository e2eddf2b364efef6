"""Users as others see them, and making one. Personas and grants are `access`' business."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from portico.domains.accounts import models, rules
from portico.domains.accounts.credentials import passwords
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import misses
from portico.domains.permits.actors import AccountState, ActorKind
from portico.domains.permits.permit import Permit

STATES = frozenset({AccountState.PENDING, AccountState.ACTIVE, AccountState.DISABLED})
VOUCHED = "desk"
"""The prover of somebody whom the plan's own desk, or its operator, vouches for."""


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user to be made; `totp_secret` is the base-32 text of an authenticator already set up, or None.

    Without a password it is somebody to be invited (`invitations.invite`): until the steps of the first
    sign-in are done the account opens nothing else. `is_verified`, who it is was made sure of before: that is
    the operator's to say alone.
    """

    username: str
    password: str | None = field(repr=False)
    first_name: str
    last_name: str
    email: str = ""
    totp_secret: str | None = field(default=None, repr=False)
    is_verified: bool = False
    state: str = AccountState.ACTIVE
    audience: str = "provider"
    telephone: str = field(default="", repr=False)


class UsernameTaken(ValueError):
    """Another user has this name, perhaps in another case."""


class BadUsername(ValueError):
    """This can be no username: letters, digits, dots, dashes and underscores are, from 2 to 60 of them."""


class MayNotVerify(PermissionError):
    """A desk makes nobody who counts as verified at once; it vouches afterwards (`proofs.vouch_for`)."""


def make(given: Permit, new: NewUser) -> int:
    """Make the user and answer its id. Raises BadUsername, UsernameTaken, WeakPassword, MayNotVerify."""
    if new.is_verified and given.actor.kind is not ActorKind.SYSTEM:
        raise MayNotVerify("only the operator makes somebody who counts as verified at once")
    check_name(new.username)
    if models.User.objects.named(new.username):
        raise _taken(new.username)
    user = keep(_row(new, given.actor.asked_at))
    if new.totp_secret is not None:
        factors.keep(user.pk, new.totp_secret, at=user.created_at)
    return user.pk


def check_name(username: str) -> None:
    """Can this be a username, whoever has it? Raises BadUsername."""
    if rules.username_key(username) != username.lower():
        raise BadUsername(f"{username!r} can be no username")


def keep(user: models.User) -> models.User:
    """The new user, saved; misses of that name are forgotten.

    Raises UsernameTaken, also for a name taken at this very moment.
    """
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        if models.User.objects.named(user.username) is None:
            raise
        raise _taken(user.username) from error
    misses.forget(user.username)
    return user


def take_turn(given: Permit) -> None:
    """Wait until what the actor's user asked before in parallel is done; held until the transaction ends."""
    user = models.User.objects.filter(pk=given.actor.user_id or 0)
    user.select_for_update().order_by().values_list("pk").first()


def _row(new: NewUser, at: datetime) -> models.User:
    since = None if new.password is None else at
    return models.User(
        username=new.username,
        password=_password(new),
        email=new.email,
        first_name=new.first_name,
        last_name=new.last_name,
        state=_state(new.state),
        audience=new.audience,
        telephone=new.telephone,
        proofs={VOUCHED: at.isoformat()} if new.is_verified else {},
        created_at=at,
        activated_at=since,
        password_set_at=since,
    )


def _taken(username: str) -> UsernameTaken:
    return UsernameTaken(f"the username {username} is taken")


def _password(new: NewUser) -> str:
    if new.password is None:
        return passwords.unusable()
    return passwords.encoded(new.password, username=new.username, has_factor=new.totp_secret is not None)


def _state(state: str) -> AccountState:
    """A state a user may be kept in; raises ValueError for any other, such as locked, which is no state."""
    if state not in STATES:
        raise ValueError(f"{state!r} is no state a user is kept in")
    return AccountState(state)
