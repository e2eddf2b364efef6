"""Open sessions of a user and the browsers known for it, each with its end (session_store: a row is one).

A page gets neither the id of a session nor that of its row: each is named by a keyed index.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, QuerySet

from portico.domains.accounts import models
from portico.domains.accounts.signing_in import known_devices, session_store
from portico.domains.accounts.signing_in.known_devices import OwnDevice
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


@dataclass(frozen=True, slots=True)
class Ended:
    """How many other sessions were ended, and the epoch that the one which goes on must carry."""

    others: int
    epoch: int


def own(*, actor: Actor, current: str) -> Own:
    """The actor's open sessions, this one of the id `current`, and known browsers. Raises NotPermitted."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        this = session_store.row_id(current)
        found = [_shown(row, this) for row in _open(given).order_by("-seen_at", "pk")]
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
        _hold(actor.user_id)
        mine = _of(actor.user_id).values_list("pk", flat=True)
        key = next((each for each in mine if _name(each) == name), None)
        ended = _end(given, _of(actor.user_id).filter(pk=key)) if key else 0
        given.conclude("session_ended" if ended else "nothing_to_end")
        return bool(ended)


def end_others(*, actor: Actor, current: str) -> Ended:
    """End every session of the actor; the one of the id `current` alone may go on, under the new epoch.

    Raises NotPermitted.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        others = _of(actor.user_id).exclude(pk=session_store.row_id(current)).count()
        epoch = end_all_anew(given, actor.user_id or 0)
        given.conclude("sessions_ended" if others else "nothing_to_end")
        return Ended(others, epoch)


def forget_device(*, actor: Actor, device_id: int, current: str) -> bool:
    """Make a known browser of the actor a stranger again, and end the sessions begun in it but this one.

    False when the actor has none of that number. Raises NotPermitted.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        _hold(actor.user_id)
        known = known_devices.forget(given, device_id)
        if known:
            begun = _of(actor.user_id).filter(device_id=device_id)
            _end(given, begun.exclude(pk=session_store.row_id(current)))
        given.note_subject("user", str(actor.user_id))
        given.conclude("device_forgotten" if known else "nothing_to_forget")
        return known


def end_all(given: Permit, user_id: int | None) -> int:
    """End the user's sessions, within a permit; answers how many."""
    return _end(given, _of(user_id))


def end_all_anew(given: Permit, user_id: int) -> int:
    """End the user's sessions and the sign-ins half-way, within a permit; known browsers stay known.

    Answers the new epoch: a session that goes on must carry it. By it even those end that began, or got a
    new id, in this very moment.
    """
    _hold(user_id)
    models.User.objects.filter(pk=user_id).update(session_epoch=F("session_epoch") + 1)
    epoch = models.User.objects.values_list("session_epoch", flat=True).get(pk=user_id)
    known_devices.carry_on(user_id, epoch)
    end_all(given, user_id)
    return epoch


def _end(given: Permit, rows: "QuerySet[models.Session]") -> int:
    users = set(rows.values_list("user_id", flat=True))
    for user_id in users:
        given.note_subject("user", str(user_id))
    return rows.delete()[0]


def _hold(user_id: int | None) -> None:
    """Hold the user's row: a session that gets a new id at the same moment does so before, or not at all."""
    held = models.User.objects.select_for_update().filter(pk=user_id or 0).order_by()
    held.values_list("pk").first()


def _open(given: Permit) -> "QuerySet[models.Session]":
    """Those that go on at the actor's next request; one that was idle too long only waits to be dropped."""
    at = given.actor.asked_at
    idle_since = at - timedelta(minutes=settings.IDLE_MINUTES) - SEEN_BY_THE_MINUTE
    return _of(given.actor.user_id).filter(expire_date__gt=at, seen_at__gt=idle_since)


def _of(user_id: int | None) -> "QuerySet[models.Session]":
    return models.Session.objects.filter(user_id=user_id or 0)


def _shown(row: models.Session, this: str) -> OpenSession:
    at = row.started_at or row.expire_date
    return OpenSession(
        name=_name(row.pk),
        started_at=at,
        seen_at=row.seen_at or at,
        browser=row.browser,
        address=row.address or "",
        is_this=row.pk == this,
    )


def _name(key: str) -> str:
    index: bytes = settings.PORTICO_VAULT.index(key, purpose="name of a session")
    return index.hex()
