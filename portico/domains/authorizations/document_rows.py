"""Documents as rows: kept sealed for their own row, with a receipt; told without their content."""

from datetime import timedelta
from typing import Final

from django.db.models import Count, QuerySet, Sum

from portico.domains.authorizations import document_kinds, models, sealing
from portico.domains.authorizations.document_kinds import Full
from portico.domains.authorizations.facts.shown import DocumentFacts
from portico.domains.permits.permit import Permit
from portico.shared import references
from portico.shared.files import keeping
from portico.shared.files.keeping import File, Looked
from portico.shared.files.scanning import Scan

DAY: Final = timedelta(days=1)
SUBJECT: Final = "authorization_document"


def full(given: Permit, belonging: "QuerySet[models.Document]", size: int, *, more: int = 1) -> Full | None:
    """Why no document of so many bytes (or so many `more`) is kept beside those, if none is. Two queries."""
    lately = models.Document.objects.filter(
        office_id=given.actor.office_id or 0, received_at__gt=given.actor.asked_at - DAY
    )
    own = belonging.aggregate(count=Count("pk"), total=Sum("size"))
    today = int(lately.aggregate(total=Sum("size"))["total"] or 0)
    return document_kinds.full(
        count=own["count"] + more - 1, held=int(own["total"] or 0), today=today, size=size
    )


def keep(
    given: Permit,
    file: Looked,
    *,
    kind: str,
    authorization: models.Authorization | None = None,
    draft: models.Draft | None = None,
    service: models.Service | None = None,
    answers: models.InformationRequest | None = None,
) -> models.Document:
    """Keep it with the request or the draft, with a receipt of its own."""
    row = models.Document(
        reference=references.new(),
        authorization=authorization,
        draft=draft,
        service=service,
        answers=answers,
        kind=document_kinds.known(kind),
        name=file.name,
        content_type=file.checked.content_type,
        size=file.size,
        digest=file.digest,
        scan=file.scan,
        office_id=given.actor.office_id,
        persona_id=given.actor.persona_id,
        received_at=given.actor.asked_at,
    )
    row.sealed = keeping.sealed(file.checked.content, place=sealing.place(row, "content"))
    row.save(force_insert=True)
    given.note_subject(SUBJECT, row.reference)
    return row


def told(rows: "QuerySet[models.Document]") -> tuple[DocumentFacts, ...]:
    """These documents with their receipts, in the order they came. One query."""
    found = rows.order_by("pk").defer("sealed").select_related("service")
    return tuple(facts(row) for row in found)


def facts(row: models.Document) -> DocumentFacts:
    """A document with its receipt."""
    return DocumentFacts(
        id=row.public_id,
        reference=row.reference,
        kind=row.kind,
        name=row.name,
        content_type=row.content_type,
        size=row.size,
        digest=row.digest,
        scan=row.scan,
        received_at=row.received_at,
        service=row.service.position if row.service else None,
    )


def opened(row: models.Document) -> File | None:
    """The file, for whoever may see it; None unless it is known to be clean."""
    if row.scan != Scan.CLEAN or not row.sealed:
        return None
    name = f"document-{row.reference}.{keeping.ENDINGS[row.content_type]}"
    return File(name, row.content_type, content_of(row))


def content_of(row: models.Document) -> bytes:
    """What a document holds. Raises vault.CannotOpen."""
    return keeping.opened(row.sealed, place=sealing.place(row, "content"))
