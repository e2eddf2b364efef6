"""Documents of requests: handed in by the offices that may, handed out to whoever reads the request.

Known by content, looked at for viruses, sealed for their own row. Each has a receipt: a reference, its size,
its SHA-256 and the instant it came.
"""

from typing import Final
from uuid import UUID

from portico.domains.authorizations import at_hand, document_rows, ledger, models, reach
from portico.domains.authorizations.at_hand import FUNCTIONS, NotNow
from portico.domains.authorizations.at_hand import UnknownRequest as UnknownRequest
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.document_kinds import Full
from portico.domains.authorizations.document_rows import SUBJECT
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.authorizations.facts.shown import DocumentFacts
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared.files import keeping as keeping
from portico.shared.files import scanning
from portico.shared.files.keeping import File, Looked
from portico.shared.files.scanning import Scan

EVERY_SECONDS: Final = 60


class UnknownDocument(LookupError):
    """Whoever asks reaches no document of this id; or it waits for the scanner, or was found infected."""


def add(
    *,
    actor: Actor,
    authorization: UUID,
    of: Kind,
    kind: str,
    file: Looked,
    service: int | None = None,
) -> DocumentFacts | Full:
    """Keep a document with a request, perhaps with one of its services (the place, from 1).

    Raises UnknownRequest, NotNow where the office may add none or the request is closed, NotPermitted.
    """
    with permit(actor, FUNCTIONS[of]) as given:
        row = at_hand.held(given, authorization)
        ended = _added(given, row, kind, file, service) if row is not None else UnknownRequest()
        if isinstance(ended, UnknownRequest):
            given.conclude("not_found")
    if isinstance(ended, Exception):
        raise ended
    return ended


def hand_out(*, actor: Actor, authorization: UUID, document: UUID, function: Function) -> File:
    """The file, for a party of the request (AUTHORIZATION_INQUIRY) or the plan (AUTHORIZATION_REVIEW).

    Raises UnknownDocument, NotPermitted.
    """
    with permit(actor, function) as given:
        request = reach.reached(given).filter(public_id=authorization).first()
        row = request.documents.filter(public_id=document).first() if request is not None else None
        file = document_rows.opened(row) if row is not None else None
        given.conclude("not_found" if file is None else "document_handed_out")
        if request is not None and row is not None:
            given.note_subject("member", request.member_id)
            given.note_subject("authorization", request.number)
            given.note_subject(SUBJECT, row.reference)
    if file is None:
        raise UnknownDocument
    return file


def note(given: Permit, authorization: models.Authorization, row: models.Document) -> None:
    """Write into the ledger that a document came, with its receipt."""
    details: dict[str, str | int] = {"reference": row.reference, "size": row.size, "digest": row.digest}
    if row.service is not None:
        details["service"] = row.service.position
    kind, side = ledger.Kind.DOCUMENT, ledger.Side.OFFICE
    ledger.note(given, authorization, kind, side=side, code=row.kind, details=details)


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


def _added(
    given: Permit, row: models.Authorization, kind: str, file: Looked, service: int | None
) -> DocumentFacts | Full | Exception:
    line = row.services.filter(position=service).first() if service is not None else None
    if not at_hand.may(given, row, Act.ADD_DOCUMENT) or (service is not None and line is None):
        given.conclude("not_now")
        return NotNow()
    if (full := document_rows.full(given, row.documents.all(), file.size)) is not None:
        given.conclude(full)
        return full
    kept = document_rows.keep(given, file, kind=kind, authorization=row, service=line)
    note(given, row, kept)
    at_hand.touch(given, row)
    given.conclude("document_kept")
    return document_rows.facts(kept)


def _read(number: int) -> bytes | None:
    row = models.Document.objects.filter(pk=number, scan=Scan.WAITING).first()
    return None if row is None else document_rows.content_of(row)


def _record(actor: Actor, number: int, scan: Scan) -> bool:
    with permit(actor, Function.HOUSEKEEPING) as given:
        rows = models.Document.objects.filter(pk=number, scan=Scan.WAITING)
        changes = {"scan": scan, "sealed": b""} if scan is Scan.INFECTED else {"scan": scan}
        count = rows.update(**changes)
        given.note_subject(SUBJECT, str(number))
        given.conclude(f"document_{scan}" if count else "document_gone")
        return bool(count)
