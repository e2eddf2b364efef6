"""Users as others see them, and making one. Personas and grants are `access`' business."""

from dataclasses import dataclass, field

from django.db.models import F

from portico.domains.accounts import factors, misses, models, passwords, rules, sessions
from portico.domains.permits.actors import AccountState
from portico.domains.permits.permit import Permit

STATES = frozenset({AccountState.PENDING, AccountState.ACTIVE, AccountState.DISABLED})
VOUCHED = "desk"
"""The prover of somebody whom the plan's own desk, or its operator, vouches for."""


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user to be made; `totp_secret` is the base-32 text of an authenticator already set up, or None.

    Without a password it is somebody to be invited (`invitations.invite`): until the steps of the first
    sign-in are done the account opens nothing else.
    """

    username: str
    password: str | None = field(repr=False)
    first_name: str
    last_name: str
    email: str = ""
    totp_secret: str | None = field(default=None, repr=False)
    is_verified: bool = True
    state: str = AccountState.ACTIVE
    audience: str = "provider"


class UsernameTaken(ValueError):
    """Another user has this name, perhaps in another case."""


class BadUsername(ValueError):
    """This can be no username: letters, digits, dots, dashes and underscores are, from 2 to 60 of them."""


class UnknownUser(LookupError):
    """No user has this name."""


def make(given: Permit, new: NewUser) -> int:
    """Make the user and answer its id. Raises BadUsername, UsernameTaken, WeakPassword."""
    if rules.username_key(new.username) != new.username.lower():
        raise BadUsername(f"{new.username!r} can be no username")
    if models.User.objects.named(new.username):
        raise UsernameTaken(f"the username {new.username} is taken")
    at = given.actor.asked_at
    since = None if new.password is None else at
    user = models.User.objects.create(
        username=new.username,
        password=_password(new),
        email=new.email,
        first_name=new.first_name,
        last_name=new.last_name,
        state=_state(new.state),
        audience=new.audience,
        proofs={VOUCHED: at.isoformat()} if new.is_verified else {},
        created_at=at,
        activated_at=since,
        password_set_at=since,
    )
    misses.forget(new.username)
    if new.totp_secret is not None:
        factors.keep(user.pk, new.totp_secret, at=at)
    return user.pk


def take_turn(given: Permit) -> None:
    """Wait until what the actor's user asked before in parallel is done; held until the transaction ends."""
    user = models.User.objects.filter(pk=given.actor.user_id or 0)
    user.select_for_update().order_by().values_list("pk").first()


def set_state(given: Permit, user_id: int, state: str) -> None:
    """Set the user's state: pending, active or disabled; its open sessions end."""
    given.note_subject("user", str(user_id))
    models.User.objects.filter(pk=user_id).update(state=_state(state), session_epoch=F("session_epoch") + 1)
    sessions.end_all(given, user_id)


def _password(new: NewUser) -> str:
    if new.password is None:
        return passwords.unusable()
    return passwords.encoded(new.password, username=new.username, has_factor=new.totp_secret is not None)


def _state(state: str) -> AccountState:
    """A state a user may be kept in; raises ValueError for any other, such as locked, which is no state."""
    if state not in STATES:
        raise ValueError(f"{state!r} is no state a user is kept in")
    return AccountState(state)
