"""Documents handed in with an application: known by content, kept sealed for their own row, handed out as
attachments under names of ours, and looked at again where the scanner was down when they came.
"""

import base64
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db.models import QuerySet, Sum

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.registration import budgets, events, models
from portico.domains.registration.budgets import Budget
from portico.domains.registration.events import Kind
from portico.shared.files import checking, naming, scanning
from portico.shared.files.checking import Checked
from portico.shared.files.faults import BadFile, Fault
from portico.shared.files.scanning import Scan

KINDS: Final = ("photo_id", "licence", "tax_form", "letter", "other")
MOST_FILES: Final = 5
MEBIBYTE: Final = 1_048_576
MOST_BYTES: Final = 10 * MEBIBYTE
"""How much the files of one application may have together."""
ENDINGS: Final = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
EVERY_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept, and how far the scanner is with it."""

    checked: Checked
    scan: Scan


class Full(StrEnum):
    """Why no file more is kept: the application has enough, or too much came from a network or in all."""

    TOO_MANY = "too_many"
    TOO_MUCH = "too_much"
    NETWORK_TODAY = "network_today"
    PLAN_TODAY = "plan_today"


@dataclass(frozen=True, slots=True)
class File:
    """A document as it is handed out; `name` is one of ours."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


def look(content: bytes) -> Looked | Fault:
    """Is it a document that may be kept? The scanner is asked over a wire: no transaction may be open."""
    try:
        checked = checking.check(content)
    except BadFile as error:
        return error.fault
    scan = scanning.look(content)
    return Fault.INFECTED if scan is Scan.INFECTED else Looked(checked, scan)


def full(given: Permit, application: models.Application, *, address: str, size: int = 0) -> Full | None:
    """Why no file of so many bytes is kept with the application, if none is; `address`: whose network it is.

    One in which a virus was found counts no more.
    """
    at, whole = given.actor.asked_at, models.Document.objects.exclude(scan=Scan.INFECTED)
    own = whole.filter(application=application)
    if own.count() >= MOST_FILES:
        return Full.TOO_MANY
    if _bytes(own) + size > MOST_BYTES:
        return Full.TOO_MUCH
    if budgets.closed_until(Budget.DOCUMENT, address, at=at) is not None:
        return Full.NETWORK_TODAY
    today = _bytes(whole.filter(sent_at__gt=at - budgets.DAY))
    return Full.PLAN_TODAY if today + size > settings.REGISTRATION_MEGABYTES_A_DAY * MEBIBYTE else None


def _bytes(rows: "QuerySet[models.Document]") -> int:
    return int(rows.aggregate(total=Sum("size"))["total"] or 0)


def keep(
    given: Permit, application: models.Application, *, kind: str, name: str, found: Looked, address: str
) -> None:
    """Keep one more with the application, counted to the network it comes from."""
    budgets.spend(Budget.DOCUMENT, address, at=given.actor.asked_at)
    row = models.Document.objects.create(
        application=application,
        kind=kind if kind in KINDS else "other",
        name=naming.shown(name),
        content_type=found.checked.content_type,
        size=len(found.checked.content),
        sealed=b"",
        sent_at=given.actor.asked_at,
        scan=found.scan,
    )
    text = base64.b64encode(found.checked.content).decode()
    row.sealed = settings.PORTICO_VAULT.seal(text, place=_place(row))
    row.save(update_fields=["sealed"])
    events.note(given, application, Kind.HANDED_IN, code=row.kind)
    given.note_subject("registration_document", str(row.pk))


def opened(row: models.Document) -> File | None:
    """The file, for whoever may see it; None unless it is known to be clean, and once it was erased."""
    if row.scan != Scan.CLEAN or not row.sealed:
        return None
    name = f"registration-{row.application_id}-{row.pk}.{ENDINGS[row.content_type]}"
    return File(name, row.content_type, _content(row))


def scan_waiting(*, actor: Actor) -> int:
    """Look at what came while the scanner was down, if there is one; answers how many were looked at.

    What was not clean loses its content at once. Nothing is written while the scanner is still down.
    """
    if scanning.configured() is None:
        return 0
    turn = int(actor.asked_at.timestamp()) // EVERY_SECONDS
    waiting = models.Document.objects.filter(scan=Scan.WAITING).order_by("pk").values_list("pk", flat=True)
    found = scanning.look_again(list(waiting), _read, turn=turn)
    return sum(_record(actor, number, scan) for number, scan in found)


def _read(number: int) -> bytes | None:
    row = models.Document.objects.filter(pk=number, scan=Scan.WAITING).first()
    return None if row is None else _content(row)


def _record(actor: Actor, number: int, scan: Scan) -> bool:
    with permit(actor, Function.HOUSEKEEPING) as given:
        rows = models.Document.objects.select_for_update().filter(pk=number, scan=Scan.WAITING)
        changes = {"scan": scan, "sealed": b""} if scan is Scan.INFECTED else {"scan": scan}
        count = rows.update(**changes)
        given.note_subject("registration_document", str(number))
        given.conclude(f"document_{scan}" if count else "document_gone")
        return bool(count)


def _content(row: models.Document) -> bytes:
    return base64.b64decode(settings.PORTICO_VAULT.open(bytes(row.sealed), place=_place(row)))


def _place(row: models.Document) -> str:
    return f"registration.document.sealed:{row.pk}"
