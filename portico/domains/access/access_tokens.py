"""Access tokens of FHIR clients: given for a signed assertion, five minutes long, dead with the client.

A token is 256 random bits; we keep its keyed index. It holds those of the scopes asked for that the client
registered. What the client may do within them is decided at each request by its grants, like anybody's.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.conf import settings

from portico.domains.access import assertions, machine_rules, models, strangers
from portico.domains.access.assertions import Proof, Refusal, Refused
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

LIFE: Final = timedelta(seconds=300)
KEPT_FOR: Final = timedelta(hours=1)
_BYTES: Final = 32
_REQUEST_REFUSED = "token_request_refused"


class NoScope(Exception):
    """Nothing of what was asked for is registered for the client."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token, to be told once, the scopes it holds, and for how many seconds."""

    text: str = field(repr=False)
    scopes: tuple[str, ...]
    seconds: int


def index(token: str) -> bytes:
    """The keyed index of a token; of what no token looks like, one that nobody has."""
    made: bytes = settings.PORTICO_VAULT.index(token if token.isascii() else "", purpose="access token")
    return made


def give(
    *, visitor: Actor, assertion: str, audience: str, scopes: Sequence[str], client_id: str = ""
) -> Token:
    """A token for whoever signed the assertion to `audience`, with what it may have of `scopes`.

    Where the request names a `client_id` beside, it must be the same. One audit row, whatever comes of it,
    while strangers have room for one. Of parallel copies of an assertion one gets a token. Raises
    assertions.Refused, NoScope.
    """
    try:
        proof = assertions.verify(assertion, audience=audience, at=visitor.asked_at, client_id=client_id)
    except Refused as refused:
        _note_refusal(visitor, refused)
        raise
    with permit(visitor, Function.SIGN_IN) as given:
        given.note_subject("machine", str(proof.machine.pk))
        outcome = _exchange(given, proof, scopes)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def note_bad_request(*, visitor: Actor) -> None:
    """Record that somebody asked for a token in a way that is none, while strangers have room."""
    if not strangers.has_room(visitor.door, visitor.asked_at):
        return
    with permit(visitor, Function.SIGN_IN) as given:
        given.conclude(_REQUEST_REFUSED)


def forget(*, actor: Actor) -> int:
    """Drop tokens and used assertions that ended an hour ago; answer how many."""
    before = actor.asked_at - KEPT_FOR
    with permit(actor, Function.HOUSEKEEPING) as given:
        tokens, _ = models.AccessToken.objects.filter(expires_at__lt=before).delete()
        used, _ = models.Assertion.objects.filter(expires_at__lt=before).delete()
        given.conclude("forgotten" if tokens or used else "nothing_old")
        return tokens + used


def _note_refusal(visitor: Actor, refused: Refused) -> None:
    """A row for each refusal, up to so many a minute: nothing here has proven who it is."""
    if not strangers.has_room(visitor.door, visitor.asked_at):
        return
    with permit(visitor, Function.SIGN_IN) as given:
        if refused.machine_id is not None:
            given.note_subject("machine", str(refused.machine_id))
        given.conclude(refused.why)


def _exchange(given: Permit, proof: Proof, scopes: Sequence[str]) -> Token | Refused | NoScope:
    """The assertion is spent even where no scope is left: it is never looked at again."""
    if not assertions.spend(proof):
        return _refused(given, proof, Refusal.REPLAYED)
    machine = models.Machine.objects.filter(pk=proof.machine.pk, revoked_at__isnull=True).first()
    if machine is None:
        return _refused(given, proof, Refusal.CLIENT_REVOKED)
    held = machine_rules.scopes_given(scopes, machine.scopes)
    if not held:
        given.conclude("token_scope_refused")
        return NoScope("nothing of what was asked for is registered for the client")
    given.conclude("token_given")
    return _made(given, machine, held)


def _refused(given: Permit, proof: Proof, why: Refusal) -> Refused:
    given.conclude(why)
    return Refused(why, proof.machine.pk)


def _made(given: Permit, machine: models.Machine, scopes: list[str]) -> Token:
    text, at = secrets.token_urlsafe(_BYTES), given.actor.asked_at
    models.AccessToken.objects.create(
        machine=machine, token_index=index(text), scopes=scopes, issued_at=at, expires_at=at + LIFE
    )
    return Token(text, tuple(scopes), int(LIFE.total_seconds()))
