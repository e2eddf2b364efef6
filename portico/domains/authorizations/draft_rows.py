"""Drafts as rows: their sealed content, what is told of them, and what becomes of one that is sent."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from portico.domains.access import coworkers
from portico.domains.authorizations import documents, draft_content, models, sealing
from portico.domains.authorizations.at_hand import FUNCTIONS
from portico.domains.authorizations.draft_content import Content
from portico.domains.authorizations.draft_faults import NotYours, UnknownDraft
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit

SUBJECT: Final = "authorization_draft"
State = models.Draft.State


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft as a list shows it: whose it is now, and who handed it over."""

    id: UUID
    kind: Kind
    tax_id: str
    line: str
    patient: str
    member_id: str
    owner: str
    is_mine: bool
    handed_by: str
    handed_at: datetime | None
    changed_at: datetime
    owner_id: int


def within(given: Permit) -> "QuerySet[models.Draft]":
    """The drafts of the actor's office that the permit reaches, open or not; also of who has no coverage.

    Of a provider the permit does not reach only one's own, since one may still name another.
    """
    own = Q(owner_id=given.actor.persona_id or 0) | Q(provider_npi="")
    wanted = scoping.q(given, tax_id="tax_id", line="line", provider="provider_npi")
    wanted |= scoping.q(given, tax_id="tax_id", line="line") & own
    uncovered = scoping.q(given, tax_id="tax_id", provider="provider_npi") & Q(line="")
    uncovered |= scoping.q(given, tax_id="tax_id") & Q(line="") & own
    return models.Draft.objects.filter(wanted | uncovered, office_id=given.actor.office_id or 0)


def listed(given: Permit, rows: Iterable[models.Draft]) -> tuple[Listed, ...]:
    """What a list shows of these, each noted as shown. One query."""
    found = list(rows)
    people = {row.owner_id for row in found} | {row.handed_by for row in found if row.handed_by}
    names = coworkers.names(given, people)
    return tuple(_listed(given, row, names) for row in found)


def content_of(row: models.Draft) -> Content:
    """What a draft holds. Raises vault.CannotOpen."""
    content: Content = draft_content.CODEC.of_json(
        sealing.opened_json(row.content_sealed, place=sealing.place(row, "content"))
    )
    return content


def sealed(row: models.Draft, content: Content) -> bytes:
    """What a draft is to hold, sealed for it."""
    return sealing.sealed_json(draft_content.CODEC.to_json(content), place=sealing.place(row, "content"))


def size_of(content: Content) -> int:
    """How many bytes a draft of this content holds."""
    return len(json.dumps(draft_content.CODEC.to_json(content)))


def open_one(given: Permit, draft: UUID) -> models.Draft | None:
    """The open draft of that id, held until the transaction ends and noted; None where there is none."""
    row = within(given).select_for_update().filter(public_id=draft, state=State.OPEN).first()
    if row is not None:
        given.note_subject(SUBJECT, str(row.public_id))
    return row


def hindrance(given: Permit, row: models.Draft | None) -> Exception | None:
    """Why who asks writes nothing in this draft, if anything keeps it."""
    if row is None:
        return UnknownDraft()
    return None if row.owner_id == given.actor.persona_id else NotYours()


def function_of(actor: Actor, draft: UUID) -> Function:
    """What one needs for a draft of the own office; for one that is none, what requests are sent with."""
    rows = models.Draft.objects.filter(office_id=actor.office_id or 0, public_id=draft)
    kind = rows.values_list("kind", flat=True).first()
    return FUNCTIONS[Kind(kind)] if kind else Function.AUTHORIZATION_SUBMISSION


def touch(given: Permit, row: models.Draft, *fields: str) -> None:
    """Save these fields of a draft that is held, as a version of its own."""
    row.version, row.changed_at = row.version + 1, given.actor.asked_at
    row.save(update_fields=[*fields, "version", "changed_at"])


def sent_as(given: Permit, draft: UUID) -> models.Authorization | None:
    """The request that a draft of the actor's office was sent as; None while it was not."""
    rows = models.Draft.objects.filter(office_id=given.actor.office_id or 0, public_id=draft)
    row = rows.select_related("authorization").first()
    return row.authorization if row is not None else None


def sent_within(given: Permit, draft: UUID) -> models.Authorization | None:
    """The same, where the permit reaches the draft."""
    row = within(given).filter(public_id=draft).select_related("authorization").first()
    return row.authorization if row is not None else None


def became(given: Permit, draft: UUID, authorization: models.Authorization) -> None:
    """The draft was sent as this request: its documents are the request's, and its words are kept no more.

    For `sending`, in its transaction. A draft that is not open any more stays as it is.
    """
    row = open_one(given, draft)
    if row is None:
        return
    row.state, row.authorization = State.SENT, authorization
    row.content_sealed, row.changed_at = b"", given.actor.asked_at
    row.save(update_fields=["state", "authorization", "content_sealed", "changed_at"])
    for document in row.documents.defer("sealed").order_by("pk"):
        document.authorization, document.draft = authorization, None
        document.save(update_fields=["authorization", "draft"])
        documents.note(given, authorization, document)
    given.note_subject(SUBJECT, str(row.public_id))


def _listed(given: Permit, row: models.Draft, names: dict[int, str]) -> Listed:
    patient = content_of(row).patient
    given.note_subject("member", patient.member_id)
    return Listed(
        id=row.public_id,
        kind=Kind(row.kind),
        tax_id=row.tax_id,
        line=row.line,
        patient=patient.name,
        member_id=patient.member_id,
        owner=names.get(row.owner_id, ""),
        is_mine=row.owner_id == given.actor.persona_id,
        handed_by=names.get(row.handed_by or 0, ""),
        handed_at=row.handed_at,
        changed_at=row.changed_at,
        owner_id=row.owner_id,
    )
