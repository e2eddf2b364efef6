"""Machines sign in: a trading partner by username and secret, a FHIR client by the token it was given.

No password hash is made: secrets and tokens are random, and found by a keyed index. A right secret is never
kept waiting, so no stranger locks a partner out; only the answers to wrong ones grow short (decision 0018).
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import BinaryField, CharField

from portico.domains.access import access_tokens, actors, machine_rules, machine_secrets, models, tallies
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.shared import prepared
from portico.shared.prepared import Given

MISSES_A_MINUTE = 10
MISSES_OF_AN_ADDRESS = 100
USED_EVERY = timedelta(minutes=1)
REFUSED, THROTTLED = "machine_not_signed_in", "machine_throttled"


class NotSignedIn(Exception):
    """Unknown, wrong, ended and revoked alike. `retry_after`: in seconds, after too many tries from there."""

    def __init__(self, retry_after: int | None = None) -> None:
        super().__init__("the machine is not signed in")
        self.retry_after = retry_after


def by_password(*, visitor: Actor, username: str, secret: str, peer: str = "") -> Actor:
    """The trading partner of that username and secret, with what it holds now. Two queries.

    Raises NotSignedIn after one audit row. `peer` is the address it asks from: after eleven wrong tries of
    the name from there, or a hundred and one of any names, the rest of that minute leaves no more rows.
    """
    name = _canonical(username)
    found = _SECRET.first(secret=machine_secrets.index(secret), username=name)
    if found is not None and _is_live(found, visitor.asked_at):
        return _actor(visitor, found.machine)
    raise NotSignedIn(_missed(visitor, name, peer))


def by_token(*, visitor: Actor, token: str, scope: tuple[str, str] | None) -> Actor:
    """The FHIR client of that access token, with what it holds now. Two queries.

    `scope` is what is about to be done, such as ("Coverage", "r") to read or ("Coverage", "s") to search;
    outside the token's scopes the actor's account says so (`in_scope`). Raises NotSignedIn, without an audit
    row: what is then asked as a visitor leaves one.
    """
    found = _TOKEN.first(token=access_tokens.index(token))
    if found is None or found.expires_at <= visitor.asked_at or found.machine.revoked_at is not None:
        raise NotSignedIn
    holds = scope is None or machine_rules.holds(found.scopes, *scope)
    return _actor(visitor, found.machine, scopes_hold=holds)


def _canonical(username: str) -> str:
    """The username as it is kept; for what no username looks like, one that nobody has."""
    name = username.strip().lower()
    return name if name.isascii() and name.isprintable() else ""


def _is_live(secret: models.MachineSecret, at: datetime) -> bool:
    is_running = secret.ends_at is None or at < secret.ends_at
    return is_running and secret.machine.revoked_at is None


def _actor(visitor: Actor, machine: models.Machine, *, scopes_hold: bool = True) -> Actor:
    _touch(machine, visitor.asked_at)
    return actors.of_machine(
        machine,
        asked_at=visitor.asked_at,
        today=visitor.today,
        door=visitor.door,
        scopes_hold=scopes_hold,
    )


def _touch(machine: models.Machine, at: datetime) -> None:
    """Note that the machine was here, at most once a minute."""
    last = machine.last_used_at
    if last is None or at - last >= USED_EVERY:
        models.Machine.objects.filter(pk=machine.pk).update(last_used_at=at)


def _missed(visitor: Actor, name: str, peer: str) -> int | None:
    """Count and record a wrong try; answers after how many seconds the count begins anew, once it is full."""
    sign_in_name: bytes = settings.PORTICO_VAULT.index(name, purpose="machine username")
    second = int(visitor.asked_at.timestamp())
    over = max(
        _counted(f"{name} from {peer}", visitor.asked_at) - MISSES_A_MINUTE,
        _counted(f"from {peer}", visitor.asked_at) - MISSES_OF_AN_ADDRESS,
    )
    if over <= 1:
        _record(visitor, name, sign_in_name, THROTTLED if over > 0 else REFUSED)
    return None if over <= 0 else tallies.SECONDS - second % tallies.SECONDS


def _counted(who: str, at: datetime) -> int:
    """How many wrong tries there were of `who` in that minute; the cache holds no name."""
    return tallies.count(f"misses:{settings.PORTICO_VAULT.index(who, purpose='machine misses').hex()}", at)


def _record(visitor: Actor, name: str, sign_in_name: bytes, conclusion: str) -> None:
    with permit(visitor, Function.SIGN_IN) as given:
        given.note_subject("sign_in_name", sign_in_name.hex())
        known = models.Machine.objects.filter(username=name).values_list("pk", flat=True).first()
        if known is not None:
            given.note_subject("machine", str(known))
        given.conclude(conclusion)


_SECRET = prepared.Query(
    lambda: models.MachineSecret.objects.filter(
        secret_index=Given("secret", BinaryField()), machine__username=Given("username", CharField())
    ).select_related("machine__office")
)
_TOKEN = prepared.Query(
    lambda: models.AccessToken.objects.filter(token_index=Given("token", BinaryField())).select_related(
        "machine__office"
    )
)
