"""What a browser carries from the beginning of a sign-in elsewhere to its end: in its session, once."""

import secrets
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hmac import compare_digest
from typing import Final

from django.http import HttpRequest

from portico.domains.accounts.elsewhere.providers import Provider
from portico.edges.web import asking
from portico.edges.web.accounts.elsewhere.failing import Code, Failed

SECONDS: Final = 300
_KEY: Final = "elsewhere"


class Purpose(StrEnum):
    """What somebody goes elsewhere for."""

    SIGN_IN = "sign_in"
    PROVE = "prove"


@dataclass(frozen=True, slots=True)
class Pending:
    """One way there and back. `state`, `nonce` and `verifier` are unguessable; `target` is where it ends.

    `request_id` names the request of SAML; `user` is who was signed in when it began.
    """

    provider: int
    purpose: str
    target: str
    user: int | None
    at: float
    state: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)
    request_id: str = field(default_factory=lambda: f"id-{secrets.token_hex(20)}", repr=False)


def new(request: HttpRequest, provider: Provider, *, purpose: Purpose, target: str) -> Pending:
    """Another way, instead of one this browser may have begun before; a visitor's lives five minutes."""
    actor = asking.actor_of(request)
    made = Pending(provider.id, purpose, target, actor.user_id, asking.now().timestamp())
    request.session[_KEY] = asdict(made)
    if actor.user_id is None:
        request.session.set_expiry(SECONDS)
    return made


def take(request: HttpRequest, provider: Provider, state: str) -> Pending:
    """The way this browser is on; it is over with this. Raises Failed where it is another, or too old."""
    kept = request.session.pop(_KEY, None)
    if kept is None:
        raise Failed(Code.NOT_BEGUN)
    pending = Pending(**kept)
    if not 0 <= asking.now().timestamp() - pending.at <= SECONDS:
        raise Failed(Code.TOO_LATE)
    if pending.provider != provider.id or pending.user != asking.actor_of(request).user_id:
        raise Failed(Code.OTHER_PROVIDER)
    if not compare_digest(pending.state.encode(), state.encode()):
        raise Failed(Code.WRONG_STATE)
    return pending
