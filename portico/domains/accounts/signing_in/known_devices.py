"""Known devices: browsers in which somebody passed a second factor, and so is no stranger to that name.

A device keeps tallies of its own, so that whoever guesses elsewhere locks nobody out of it (decision record
0008). It is no factor by itself; but one that its person chose to have remembered stands for the factor until
the day it was remembered for, and not beyond a change of password or factors (decision record 0029).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from portico.domains.accounts import models, telling
from portico.domains.permits.permit import Permit
from portico.shared import identifiers

ID_SIGNS = 26
KEPT_FOR = timedelta(days=180)
MOST_A_USER = 50


@dataclass(frozen=True, slots=True)
class Device:
    """A browser as one user's: whose, and the random id of 130 bits that its cookie keeps.

    `number` is that of its row, which sessions begun in it carry; none where only the cookie was read.
    """

    user_id: int
    id: str = field(repr=False)
    number: int | None = field(default=None, compare=False)

    @property
    def index(self) -> bytes:
        """What is kept of the id: a keyed hash, 16 bytes, another for each user of a browser."""
        made: bytes = settings.PORTICO_VAULT.index(self.id, purpose=f"device of {self.user_id}")
        return made


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody signs in: as whose devices its cookie knows it, and what kind of browser it is."""

    devices: tuple[Device, ...] = ()
    name: str = ""


ELSEWHERE = Browser()


@dataclass(frozen=True, slots=True)
class Known:
    """A browser that is known for one user; `is_trusted`: until then it stands for the second factor."""

    row: models.KnownDevice
    device: Device
    is_trusted: bool


@dataclass(frozen=True, slots=True)
class OwnDevice:
    """A device as its owner knows it again. Instants are aware."""

    id: int
    name: str
    first_at: datetime
    last_at: datetime
    trusted_until: datetime | None


def find(browser: Browser, user: models.User | None, *, at: datetime) -> Known | None:
    """The browser as this user's; None for a stranger. No query where the cookie speaks of others alone."""
    mine = next((each for each in browser.devices if user and each.user_id == user.pk), None)
    if user is None or mine is None:
        return None
    row = _living(user, at).filter(device_index=mine.index).first()
    if row is None:
        return None
    return Known(row, replace(mine, number=row.pk), _is_trusted(row, user, at))


def id_of(known: Known | None) -> str:
    """The id by which misses are counted; empty for a stranger."""
    return "" if known is None else _counted_as(known.row.pk)


def ids_of(user_id: int) -> tuple[str, ...]:
    """The ids by which the misses in any browser of the user are counted, those unknown again among them."""
    return tuple(
        map(_counted_as, models.KnownDevice.objects.filter(user_id=user_id).values_list("pk", flat=True))
    )


def of(known: Known | None) -> Device | None:
    """What the browser's cookie says already; None for a stranger."""
    return None if known is None else known.device


def passed(
    given: Permit, user: models.User, known: Known | None, *, name: str, remember: bool = False
) -> Device:
    """Keep that the user passed a second factor in this browser; answers what its cookie is to say.

    `remember`: from now on it stands for the factor, as long as the plan lets it; it gets a new id then, so
    that a copy of its cookie made before is worth nothing. A new device is told to the user by mail.
    """
    at = given.actor.asked_at
    until = at + timedelta(days=settings.TRUSTED_DEVICE_DAYS) if remember else None
    if known is None:
        tell_of_new(given, user, name)
        return _make(given, user, name, until)
    device = replace(known.device, id=identifiers.new_reference(ID_SIGNS)) if until else known.device
    changed: dict[str, Any] = {"device_index": device.index, "name": name, "last_at": at}
    # What it was remembered for is never written back: a change of factors at this moment may have ended it.
    if until or not known.is_trusted:
        changed["trusted_until"] = until
    models.KnownDevice.objects.filter(pk=known.row.pk).update(**changed)
    return device


def begun(given: Permit, user: models.User, *, name: str) -> Device:
    """Keep the browser in which the first sign-in was done; it is told to nobody. Answers as `passed`."""
    return _make(given, user, name, None)


def tell_of_new(given: Permit, user: models.User, name: str) -> None:
    """Mail the user that somebody signed in with their account in a browser that is not known."""
    telling.by_mail(given, user, "new_device", at=telling.moment(given.actor.asked_at), browser=name)


def own(given: Permit) -> tuple[OwnDevice, ...]:
    """The devices of the actor's user, the one used last first."""
    at = given.actor.asked_at
    user = models.User.objects.get(pk=given.actor.user_id or 0)
    return tuple(_shown(row, user, at) for row in _living(user, at).order_by("-last_at", "-pk"))


def forget(given: Permit, device_id: int) -> bool:
    """Make one of the actor's devices a stranger again; False when there is none of that number.

    Its open sessions go on; they are ended by themselves (`sessions`).
    """
    mine = models.KnownDevice.objects.filter(user_id=given.actor.user_id or 0, forgotten_at__isnull=True)
    return bool(mine.filter(pk=device_id).update(forgotten_at=given.actor.asked_at, trusted_until=None))


def carry_on(user_id: int, epoch: int) -> None:
    """What was known until now stays known under the user's new epoch, which ended sessions alone."""
    before = models.KnownDevice.objects.filter(user_id=user_id, epoch=epoch - 1, forgotten_at__isnull=True)
    before.update(epoch=epoch)


def distrust(user_id: int) -> None:
    """No device of the user stands for a factor any more; they stay known."""
    models.KnownDevice.objects.filter(user_id=user_id).update(trusted_until=None)


def _counted_as(number: int) -> str:
    """Of the row, not of the cookie: the plan's desk can forget misses whose cookie it never sees."""
    return str(number)


def _make(given: Permit, user: models.User, name: str, until: datetime | None) -> Device:
    at, device = given.actor.asked_at, Device(user.pk, identifiers.new_reference(ID_SIGNS))
    _drop_dead(user, at)
    row = models.KnownDevice.objects.create(
        user=user,
        device_index=device.index,
        epoch=user.session_epoch,
        name=name,
        first_at=at,
        last_at=at,
        trusted_until=until,
    )
    return replace(device, number=row.pk)


def _living(user: models.User, at: datetime) -> "QuerySet[models.KnownDevice]":
    """Those known since the user's sessions were last all ended, and used within half a year."""
    return models.KnownDevice.objects.filter(
        user=user, epoch=user.session_epoch, forgotten_at__isnull=True, last_at__gt=at - KEPT_FOR
    )


def _drop_dead(user: models.User, at: datetime) -> None:
    """Delete what is a stranger again, and the longest unused beyond a number nobody comes to."""
    mine = models.KnownDevice.objects.filter(user=user)
    newest: Iterable[int] = _living(user, at).order_by("-last_at", "-pk").values_list("pk", flat=True)
    mine.filter(~Q(pk__in=list(newest)[: MOST_A_USER - 1])).delete()


def _is_trusted(row: models.KnownDevice, user: models.User, at: datetime) -> bool:
    """Does it stand for the factor? Not after another password was set than it last signed in with."""
    if not settings.TRUSTED_DEVICE_DAYS or row.trusted_until is None or row.trusted_until <= at:
        return False
    return user.password_set_at is None or user.password_set_at <= row.last_at


def _shown(row: models.KnownDevice, user: models.User, at: datetime) -> OwnDevice:
    until = row.trusted_until if _is_trusted(row, user, at) else None
    return OwnDevice(row.pk, row.name, row.first_at, row.last_at, until)
