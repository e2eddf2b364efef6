"""Exports: a list of claims on its way to a file, for the persona who asked for it.

    ask -> running -> done -> forgotten after a week
                  `-> refused, where what it was asked with is no longer granted

The file is kept sealed. It is handed out as long as whoever asked reaches what they reached when it was
written; once that has changed, another one has to be asked for.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet

from portico.domains.accounts import users
from portico.domains.claims import asked_content, inquiries, models
from portico.domains.claims.asked import Asked
from portico.domains.jobs import queue
from portico.domains.jobs.rules import State
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

KIND: Final = "export_claims"
KEPT_FOR: Final = timedelta(days=7)
MOST_RUNNING: Final = 2
MOST_LISTED: Final = 50
FOLDER: Final = "exports"
_SCOPE: Final = "scope"
Format = models.Export.Format


class ExportNotFound(LookupError):
    """There is no such export of this persona, or no file of it yet."""


class ExportOutdated(Exception):
    """What may be seen has changed since the file was written."""


class TooManyRunning(Exception):
    """So many exports of this persona are being written that another has to wait."""


class Stage(StrEnum):
    """Where an export is."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ExportView:
    """An export; `was_cut`: there were more claims than an export holds."""

    id: UUID
    stage: Stage
    format: str
    row_count: int
    was_cut: bool
    created_at: datetime
    finished_at: datetime | None
    keep_until: datetime


@dataclass(frozen=True, slots=True)
class File:
    """The file of an export, as it is handed out."""

    content: bytes
    format: str
    created_at: datetime


def ask(*, actor: Actor, asked: Asked, format: str) -> UUID:
    """Have the claims meant written to a file. Raises TooManyRunning, NotPermitted."""
    with permit(actor, Function.CLAIMS_INQUIRY, tax_id=asked.tax_id, line=asked.line or None) as given:
        users.take_turn(given)
        is_room = _running(given) < MOST_RUNNING
        number = _enqueue(given, asked, Format(format)) if is_room else None
        given.conclude("export_asked" if number else "export_has_to_wait")
    if number is None:
        raise TooManyRunning
    return number


def mine(*, actor: Actor) -> tuple[ExportView, ...]:
    """The exports of this persona, the newest first. Raises NotPermitted."""
    with permit(actor, Function.CLAIMS_INQUIRY) as given:
        rows = _of(given).order_by("-created_at")[:MOST_LISTED]
        given.conclude("exports_listed")
        return tuple(map(view, rows))


def read(*, actor: Actor, export: UUID) -> File:
    """The file of an own export, while what it shows may still be seen.

    Raises ExportNotFound, ExportOutdated, NotPermitted.
    """
    row = models.Export.objects.filter(pk=export, persona_id=actor.persona_id or 0).first()
    if row is None or not row.file or actor.asked_at > row.keep_until:
        raise ExportNotFound
    image = _opened(row)
    asked = asked_content.asked_of({name: held for name, held in image.items() if name != _SCOPE})
    with permit(actor, Function.CLAIMS_INQUIRY, tax_id=asked.tax_id, line=asked.line or None) as given:
        is_same = image.get(_SCOPE) == scope_of(given)
        given.note_subject("export", str(row.pk))
        given.conclude("export_taken" if is_same else "export_outdated")
    if not is_same:
        raise ExportOutdated
    try:
        with default_storage.open(row.file, "rb") as held:
            text = settings.PORTICO_VAULT.open(held.read(), place=_file_place(row.pk))
    except FileNotFoundError:  # dropped meanwhile, by its owner or by housekeeping
        raise ExportNotFound from None
    return File(base64.b64decode(text), row.format, row.created_at)


def discard(*, actor: Actor, export: UUID) -> None:
    """Drop an own export and its file. Raises ExportNotFound, NotPermitted."""
    with permit(actor, Function.CLAIMS_INQUIRY) as given:
        row = _of(given).filter(pk=export).first()
        given.conclude("export_discarded" if row else "not_found")
        if row is not None:
            _drop(row)
    if row is None:
        raise ExportNotFound


def forget(*, actor: Actor) -> int:
    """Drop the exports that were kept long enough; answers how many. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        over = list(models.Export.objects.filter(keep_until__lt=actor.asked_at)[:1000])
        for row in over:
            _drop(row)
        given.conclude("exports_forgotten" if over else "nothing_old")
        return len(over)


def view(row: models.Export) -> ExportView:
    """An export as pages show it."""
    return ExportView(
        row.pk,
        _stage(row),
        row.format,
        row.row_count,
        row.was_cut,
        row.created_at,
        row.finished_at,
        row.keep_until,
    )


def asked_of(row: models.Export) -> Asked:
    """What an export is of."""
    return asked_content.asked_of({name: held for name, held in _opened(row).items() if name != _SCOPE})


def keep_file(row: models.Export, content: bytes) -> str:
    """Keep the file sealed; answers the name it is kept under."""
    sealed: bytes = settings.PORTICO_VAULT.seal(base64.b64encode(content).decode(), place=_file_place(row.pk))
    name = f"{FOLDER}/{row.pk}"
    if default_storage.exists(name):  # an earlier try was stopped after it had written
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(sealed))


def drop_file(name: str) -> None:
    """Drop a file that nobody asks for any more."""
    default_storage.delete(name)


def sealed(row: models.Export, asked: Asked, scope: str = "") -> bytes:
    """What an export is of, and the scope its file was written in, as the row keeps it."""
    image = asked_content.image_of(asked) | ({_SCOPE: scope} if scope else {})
    return inquiries.sealed(image, place=_asked_place(row.pk))


def scope_of(given: Permit) -> str:
    """A sign that stays the same while a permit reaches the same."""
    reaches = sorted(
        repr([None if held is None else sorted(held) for held in reach]) for reach in given.scope.reaches
    )
    return hashlib.blake2b("\n".join(reaches).encode(), digest_size=16).hexdigest()


def _enqueue(given: Permit, asked: Asked, format_: Format) -> UUID:
    actor = given.actor
    row = models.Export(
        id=uuid4(),
        persona_id=actor.persona_id or 0,
        user_id=actor.user_id,
        office_id=actor.office_id,
        about="claims",
        format=format_,
        created_at=actor.asked_at,
        keep_until=actor.asked_at + KEPT_FOR,
    )
    row.asked_sealed = sealed(row, asked)
    row.job = queue.enqueue(actor=actor, kind=KIND, payload={"export": str(row.pk)})
    row.save(force_insert=True)
    return row.pk


def _of(given: Permit) -> "QuerySet[models.Export]":
    return models.Export.objects.filter(persona_id=given.actor.persona_id or 0)


def _running(given: Permit) -> int:
    return sum(_stage(row) is Stage.RUNNING for row in _of(given).filter(finished_at=None))


def _stage(row: models.Export) -> Stage:
    if row.finished_at is not None:
        return Stage.DONE if row.file else Stage.REFUSED
    given_up = row.job is not None and queue.state_of(row.job) in (State.FAILED, State.CANCELLED)
    return Stage.FAILED if given_up else Stage.RUNNING


def _drop(row: models.Export) -> None:
    if row.file:
        drop_file(row.file)
    row.delete()


def _opened(row: models.Export) -> dict[str, str]:
    return inquiries.opened(bytes(row.asked_sealed), place=_asked_place(row.pk))


def _asked_place(number: UUID) -> str:
    return f"claims.export.asked:{number}"


def _file_place(number: UUID) -> str:
    return f"claims.export.file:{number}"
