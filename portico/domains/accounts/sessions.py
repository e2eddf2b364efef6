"""Open sessions of a user and the browsers known for it, each with its end (session_store: a row is one).

A page never gets the id of a session, which would open it: each is named by a keyed index of that id.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from portico.domains.accounts import known_devices, models
from portico.domains.accounts.known_devices import OwnDevice
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

SEEN_BY_THE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as its owner knows it again; `name` is what `end` takes. Instants are aware.

    `address` is empty where none was told; `seen_at` is right to the minute.
    """

    name: str
    started_at: datetime
    seen_at: datetime
    browser: str
    address: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class Own:
    """Where somebody is signed in, this session first; and which browsers are known, the last used first."""

    sessions: tuple[OpenSession, ...]
    devices: tuple[OwnDevice, ...]


def own(*, actor: Actor, current: str) -> Own:
    """The actor's open sessions, this one of the id `current`, and known browsers. Raises NotPermitted."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        found = [_shown(row, current) for row in _open(given).order_by("-seen_at", "pk")]
        given.conclude("sessions_listed")
        return Own(tuple(sorted(found, key=lambda each: not each.is_this)), known_devices.own(given))


def count(given: Permit) -> int:
    """How many sessions of the actor are open, within a permit."""
    return _open(given).count()


def end(*, actor: Actor, name: str) -> bool:
    """End one of the actor's sessions; its browser is signed out at its next request.

    False when the actor has none of that name. Raises NotPermitted.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        mine = _of(actor.user_id).values_list("pk", flat=True)
        key = next((each for each in mine if _name(each) == name), None)
        ended = _end(given, _of(actor.user_id).filter(pk=key)) if key else 0
        given.conclude("session_ended" if ended else "nothing_to_end")
        return bool(ended)


def end_others(*, actor: Actor, current: str) -> int:
    """End every session of the actor but the one of the id `current`; answers how many were open.

    Raises NotPermitted.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        ended = end_all(given, actor.user_id, except_key=current)
        given.conclude("sessions_ended" if ended else "nothing_to_end")
        return ended


def forget_device(*, actor: Actor, device_id: int, current: str) -> bool:
    """Make a known browser of the actor a stranger again, and end the sessions begun in it but this one.

    False when the actor has none of that number. Raises NotPermitted.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        index = next((each.index for each in known_devices.own(given) if each.id == device_id), None)
        known = index is not None and known_devices.forget(given, device_id)
        if known:
            _end(given, _of(actor.user_id).filter(device_index=index).exclude(pk=current))
        given.note_subject("user", str(actor.user_id))
        given.conclude("device_forgotten" if known else "nothing_to_forget")
        return known


def end_all(given: Permit, user_id: int | None, *, except_key: str = "") -> int:
    """End the user's sessions, within a permit, but the one of the id `except_key`; answers how many."""
    return _end(given, _of(user_id).exclude(pk=except_key))


def _end(given: Permit, rows: "QuerySet[models.Session]") -> int:
    users = set(rows.values_list("user_id", flat=True))
    for user_id in users:
        given.note_subject("user", str(user_id))
    return rows.delete()[0]


def _open(given: Permit) -> "QuerySet[models.Session]":
    """Those that go on at the actor's next request; one that was idle too long only waits to be dropped."""
    at = given.actor.asked_at
    idle_since = at - timedelta(minutes=settings.IDLE_MINUTES) - SEEN_BY_THE_MINUTE
    return _of(given.actor.user_id).filter(expire_date__gt=at, seen_at__gt=idle_since)


def _of(user_id: int | None) -> "QuerySet[models.Session]":
    return models.Session.objects.filter(user_id=user_id or 0)


def _shown(row: models.Session, current: str) -> OpenSession:
    at = row.started_at or row.expire_date
    return OpenSession(
        name=_name(row.session_key),
        started_at=at,
        seen_at=row.seen_at or at,
        browser=row.browser,
        address=row.address or "",
        is_this=row.session_key == current,
    )


def _name(key: str) -> str:
    index: bytes = settings.PORTICO_VAULT.index(key, purpose="session")
    return index.hex()
