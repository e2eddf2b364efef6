"""Documents that go with a change: known by content, sealed for their own row, handed out as attachments."""

import base64
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db.models import BooleanField, Case, Q, Sum, Value, When

from portico.domains.directory import models, upkeep_rules
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared.files import checking, naming, scanning
from portico.shared.files.checking import Checked
from portico.shared.files.faults import BadFile, Fault
from portico.shared.files.scanning import Scan

MOST_FILES: Final = 3
MOST_BYTES_A_DAY: Final = 50 * 1_048_576
"""How much an office hands in within a day."""
ENDINGS: Final = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
EVERY_SECONDS: Final = 60
SUBJECT: Final = "directory_document"


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept: its name as it is shown, what it is, and how far the scanner is with it."""

    name: str
    checked: Checked
    scan: Scan


class Full(StrEnum):
    """Why no file more is kept."""

    TOO_MANY = "too_many_files"
    OFFICE_TODAY = "office_today"


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a change, without its content; `scan`: only a clean one is handed out."""

    number: int
    name: str
    size: int
    scan: Scan
    is_erased: bool


@dataclass(frozen=True, slots=True)
class File:
    """A document as it is handed out; `name` is one of ours."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


def look(name: str, content: bytes) -> Looked | Fault:
    """Is it a document that may be kept? The scanner is asked over a wire: no transaction may be open."""
    try:
        checked = checking.check(content)
    except BadFile as error:
        return error.fault
    scan = scanning.look(content)
    return Fault.INFECTED if scan is Scan.INFECTED else Looked(naming.shown(name), checked, scan)


def full(given: Permit, change: models.Change | None, *, size: int) -> Full | None:
    """Why no file of so many bytes is kept with the change, if none is; None: with one that is made now."""
    if change is not None and change.files.count() >= MOST_FILES:
        return Full.TOO_MANY
    lately = given.actor.asked_at - upkeep_rules.DAY
    rows = models.ChangeFile.objects.filter(change__office_id=given.actor.office_id or 0, sent_at__gt=lately)
    held = int(rows.aggregate(total=Sum("size"))["total"] or 0)
    return Full.OFFICE_TODAY if held + size > MOST_BYTES_A_DAY else None


def keep(given: Permit, change: models.Change, found: Looked) -> None:
    """Keep one more with the change."""
    row = models.ChangeFile.objects.create(
        change=change,
        name=found.name,
        content_type=found.checked.content_type,
        size=len(found.checked.content),
        sealed=b"",
        sent_at=given.actor.asked_at,
        scan=found.scan,
    )
    text = base64.b64encode(found.checked.content).decode()
    row.sealed = settings.PORTICO_VAULT.seal(text, place=_place(row))
    row.save(update_fields=["sealed"])
    given.note_subject(SUBJECT, str(row.pk))


def of(change: models.Change) -> tuple[Document, ...]:
    """The documents of a change, in the order they came."""
    rows = change.files.order_by("pk").defer("sealed").annotate(has_content=_is_sealed())
    return tuple(Document(row.pk, row.name, row.size, Scan(row.scan), not row.has_content) for row in rows)


def opened(row: models.ChangeFile) -> File | None:
    """The file, for whoever may see it; None unless it is known to be clean, and once it was erased."""
    if row.scan != Scan.CLEAN or not row.sealed:
        return None
    name = f"directory-{row.change_id}-{row.pk}.{ENDINGS[row.content_type]}"
    return File(name, row.content_type, _content(row))


def scan_waiting(*, actor: Actor) -> int:
    """Look at what came while the scanner was down, if there is one; answers how many were looked at.

    What was not clean loses its content at once. Nothing is written while the scanner is still down.
    """
    if scanning.configured() is None:
        return 0
    turn = int(actor.asked_at.timestamp()) // EVERY_SECONDS
    waiting = models.ChangeFile.objects.filter(scan=Scan.WAITING).order_by("pk").values_list("pk", flat=True)
    found = scanning.look_again(list(waiting), _read, turn=turn)
    return sum(_record(actor, number, scan) for number, scan in found)


def forget(*, actor: Actor) -> int:
    """Erase the documents of changes decided or taken back a year ago; how many. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        before = actor.asked_at - upkeep_rules.KEEP_DOCUMENTS
        taken_back = Q(change__state=models.Change.State.TAKEN_BACK, change__settled_at__lte=before)
        ended = Q(change__decided_at__lte=before) | taken_back
        old = models.ChangeFile.objects.filter(ended).exclude(sealed=b"")
        count = old.update(sealed=b"")
        given.conclude("directory_documents_erased" if count else "nothing_old")
        return count


def _read(number: int) -> bytes | None:
    row = models.ChangeFile.objects.filter(pk=number, scan=Scan.WAITING).first()
    return None if row is None else _content(row)


def _record(actor: Actor, number: int, scan: Scan) -> bool:
    with permit(actor, Function.HOUSEKEEPING) as given:
        rows = models.ChangeFile.objects.filter(pk=number, scan=Scan.WAITING)
        changes = {"scan": scan, "sealed": b""} if scan is Scan.INFECTED else {"scan": scan}
        count = rows.update(**changes)
        given.note_subject(SUBJECT, str(number))
        given.conclude(f"document_{scan}" if count else "document_gone")
        return bool(count)


def _is_sealed() -> Case:
    return Case(When(sealed=b"", then=Value(False)), default=Value(True), output_field=BooleanField())


def _content(row: models.ChangeFile) -> bytes:
    return base64.b64decode(settings.PORTICO_VAULT.open(bytes(row.sealed), place=_place(row)))


def _place(row: models.ChangeFile) -> str:
    return f"directory.change_file.sealed:{row.pk}"
