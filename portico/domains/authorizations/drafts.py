"""Requests being written: begun for a patient, saved, handed to a colleague, taken over, thrown away.

    begin -> save ... -> sent (sending)
                     `-> hand_over / take -> the other goes on
                     `-> drop, or forgotten after thirty days without a change

A draft belongs to an office; whoever of it may send such requests for its tax ID and line reads it, and who
has it now writes in it.
"""

import re
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from portico.domains.access import coworkers
from portico.domains.access.coworkers import Coworker
from portico.domains.authorizations import at_hand, document_rows, draft_faults, draft_rows, models
from portico.domains.authorizations.at_hand import FUNCTIONS
from portico.domains.authorizations.document_kinds import Full
from portico.domains.authorizations.draft_content import Content, Patient
from portico.domains.authorizations.draft_faults import NotYours as NotYours
from portico.domains.authorizations.draft_faults import Outdated, TooLong, UnknownDraft
from portico.domains.authorizations.draft_rows import SUBJECT, Listed, State
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.authorizations.facts.shown import DocumentFacts
from portico.domains.members import offered
from portico.domains.members.asked import ByKey, Inquiry, NotAnswered, SearchBy
from portico.domains.members.offered import Offered
from portico.domains.offices import practising, providers
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared.files.keeping import Looked

MOST_BYTES: Final = 64 * 1024
MOST_LISTED: Final = 100
_NPI: Final = re.compile(r"[0-9]{10}")


@dataclass(frozen=True, slots=True)
class Begun:
    """A new draft for the one patient that was meant."""

    id: UUID


@dataclass(frozen=True, slots=True)
class Several:
    """Several people are meant: one is chosen by its key."""

    people: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft whole; `version` is that which a save has to name. `colleagues` may be handed it.

    `requesters` are the providers of its tax ID, by NPI, a hundred at most; `named` says who the other
    providers are whose NPIs were typed, as far as the plan knows them.
    """

    listed: Listed
    content: Content
    documents: tuple[DocumentFacts, ...]
    colleagues: tuple[Coworker, ...]
    version: int
    requesters: tuple[tuple[str, str], ...] = ()
    named: tuple[tuple[str, str], ...] = ()


def begin(
    *, actor: Actor, kind: Kind, tax_id: str, by: SearchBy, follows: UUID | None = None
) -> Begun | Several | NotAnswered:
    """A draft for the patient meant, several to choose from, or why there is nobody.

    As in Patient Info, whoever is covered in other lines alone is not found. `follows` is a denied request
    that is asked anew. Raises NotPermitted, identifiers.BadIdentifier.
    """
    with permit(actor, FUNCTIONS[kind], tax_id=tax_id) as given:
        found = offered.to(given, Inquiry(tax_id, actor.today, by))
        if isinstance(found, NotAnswered):
            return found
        if len(found) > 1:
            return Several(found)
        row = _made(given, kind, tax_id, found[0], follows)
        given.note_subject(SUBJECT, str(row.public_id))
        given.conclude("draft_begun")
        return Begun(row.public_id)


def choose(*, actor: Actor, kind: Kind, tax_id: str, key: str) -> Begun | NotAnswered:
    """A draft for the one chosen among several. Raises NotPermitted."""
    begun = begin(actor=actor, kind=kind, tax_id=tax_id, by=ByKey(key))
    if isinstance(begun, Several):
        raise AssertionError("a key means one person")
    return begun


def read(*, actor: Actor, draft: UUID) -> Draft:
    """A draft whole. Raises UnknownDraft (which says as what it was sent), NotPermitted."""
    with permit(actor, draft_rows.function_of(actor, draft)) as given:
        row = draft_rows.within(given).filter(public_id=draft, state=State.OPEN).first()
        found = _whole(given, row) if row is not None else None
        sent = draft_rows.sent_as(given, draft) if row is None else None
        given.conclude("not_found" if row is None else "draft_shown")
    if found is None:
        raise UnknownDraft(sent.public_id if sent is not None else None)
    return found


def save(*, actor: Actor, draft: UUID, content: Content, version: int) -> int:
    """Keep this content; answers the version it has by now.

    The patient stays who it was. Raises UnknownDraft, NotYours, Outdated, TooLong, NotPermitted.
    """
    if draft_rows.size_of(content) > MOST_BYTES:
        raise TooLong(f"a draft holds {MOST_BYTES} bytes")
    with permit(actor, draft_rows.function_of(actor, draft)) as given:
        row = draft_rows.open_one(given, draft)
        ended = _written(given, row, content, version)
    if isinstance(ended, Exception):
        raise ended
    return ended


def add_document(*, actor: Actor, draft: UUID, kind: str, file: Looked) -> DocumentFacts | Full:
    """Keep a document with it, with a receipt. Raises UnknownDraft, NotYours, NotPermitted."""
    with permit(actor, draft_rows.function_of(actor, draft)) as given:
        row = draft_rows.open_one(given, draft)
        fault = draft_rows.hindrance(given, row)
        full = document_rows.full(given, row.documents.all(), file.size) if row and not fault else None
        kept = document_rows.keep(given, file, kind=kind, draft=row) if not fault and not full else None
        given.conclude(draft_faults.code(fault) if fault else full or "document_kept")
    if fault is not None:
        raise fault
    return document_rows.facts(kept) if kept is not None else full or Full.TOO_MANY


def remove_document(*, actor: Actor, draft: UUID, document: UUID) -> bool:
    """Take a document out again; False where there is none. Raises UnknownDraft, NotYours, NotPermitted."""
    with permit(actor, draft_rows.function_of(actor, draft)) as given:
        row = draft_rows.open_one(given, draft)
        fault = draft_rows.hindrance(given, row)
        count = row.documents.filter(public_id=document).delete()[0] if row and not fault else 0
        given.conclude(draft_faults.code(fault) if fault else "document_removed" if count else "not_found")
    if fault is not None:
        raise fault
    return bool(count)


def listing(*, actor: Actor, function: Function) -> tuple[Listed, ...]:
    """The open drafts of the office that this function sends, one's own first. Raises NotPermitted."""
    with permit(actor, function) as given:
        found = of_office(given, kinds=at_hand.kinds_of(function))
        given.conclude("drafts_shown")
        return found


def of_office(given: Permit, *, kinds: tuple[str, ...] = (), tax_id: str = "") -> tuple[Listed, ...]:
    """The open drafts of the actor's office within the permit, one's own first, then the newest. Two queries.

    For lists of other modules, of these kinds and this tax ID where they are given.
    """
    rows = draft_rows.within(given).filter(state=State.OPEN).order_by("-changed_at", "-pk")
    rows = rows.filter(kind__in=kinds) if kinds else rows
    rows = rows.filter(tax_id=tax_id) if tax_id else rows
    found = draft_rows.listed(given, rows[:MOST_LISTED])
    return tuple(sorted(found, key=lambda each: not each.is_mine))


def handed_to(given: Permit) -> tuple[Listed, ...]:
    """The open drafts that a colleague handed to the actor, the newest first. Two queries."""
    rows = draft_rows.within(given).filter(
        state=State.OPEN, owner_id=given.actor.persona_id or 0, handed_by__isnull=False
    )
    return draft_rows.listed(given, rows.order_by("-handed_at", "-pk")[:MOST_LISTED])


def _made(given: Permit, kind: Kind, tax_id: str, who: Offered, follows: UUID | None) -> models.Draft:
    actor = given.actor
    row = models.Draft(
        kind=kind,
        office_id=actor.office_id or 0,
        tax_id=tax_id,
        line=who.line,
        owner_id=actor.persona_id or 0,
        made_by=actor.persona_id or 0,
        created_at=actor.asked_at,
        changed_at=actor.asked_at,
    )
    patient = Patient(who.key, who.name, who.member_id, who.birth_date)
    content = Content(patient, contact_name=actor.name, follows=str(follows or ""))
    row.content_sealed = draft_rows.sealed(row, content)
    row.save(force_insert=True)
    return row


def _whole(given: Permit, row: models.Draft) -> Draft:
    given.note_subject(SUBJECT, str(row.public_id))
    function = given.question.function
    able = coworkers.holding(given, function, tax_id=row.tax_id, line=row.line)
    content = draft_rows.content_of(row)
    requesters = practising.page({row.tax_id}, on=given.actor.today, size=MOST_LISTED).rows
    return Draft(
        listed=draft_rows.listed(given, [row])[0],
        content=content,
        documents=document_rows.told(row.documents.all()),
        colleagues=tuple(each for each in able if each.persona_id != row.owner_id),
        version=row.version,
        requesters=tuple((each.npi, each.name) for each in requesters),
        named=_named(given, content),
    )


def _named(given: Permit, content: Content) -> tuple[tuple[str, str], ...]:
    typed = (
        (content.servicing, content.servicing_tax_id),
        (content.facility, content.facility_tax_id),
    )
    found = [providers.describe(npi, tax_id, on=given.actor.today) for npi, tax_id in typed if npi]
    return tuple((each.npi, each.name) for each in found if each is not None)


def _written(given: Permit, row: models.Draft | None, content: Content, version: int) -> int | Exception:
    fault = draft_rows.hindrance(given, row)
    if fault is None and row is not None and row.version != version:
        fault = Outdated()
    if fault is not None or row is None:
        given.conclude(draft_faults.code(fault or UnknownDraft()))
        return fault or UnknownDraft()
    kept = draft_rows.content_of(row)
    given.note_subject("member", kept.patient.member_id)
    given.note_subject(SUBJECT, str(row.public_id))
    row.content_sealed = draft_rows.sealed(row, _content_for(kept, content))
    row.provider_npi = content.requesting if _NPI.fullmatch(content.requesting) else ""
    draft_rows.touch(given, row, "content_sealed", "provider_npi")
    given.conclude("draft_saved")
    return row.version


def _content_for(kept: Content, typed: Content) -> Content:
    """What is kept of what was typed: the patient and what it follows stay."""
    return replace(typed, patient=kept.patient, follows=kept.follows)
