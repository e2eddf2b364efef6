"""Eligibility receipts: given to an office, read by it again, verified by the plan's staff."""

from uuid import UUID

from django.db.models import Q, QuerySet

from portico.domains.members import eligibility, models, receipt_content, visibility
from portico.domains.members.papers import ReceiptFacts
from portico.domains.members.retroactive import note_retroactive_change as note_retroactive_change
from portico.domains.offices import contacts
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared import pages, references
from portico.shared.identifiers import BadIdentifier

PAGE = 20


class ReceiptNotFound(LookupError):
    """This office holds no such receipt, as far as the asking persona may see."""


def give(*, actor: Actor, lookup: UUID) -> ReceiptFacts:
    """A receipt of the answer as it is now; the same lookup gives the same receipt again.

    Raises lookups.LookupNotFound, lookups.NotChosen, NotPermitted.
    """
    with visibility.look(actor=actor, lookup=lookup, function=Function.ELIGIBILITY) as look:
        held = _given_for(lookup)
        look.given.conclude("given_before" if held else "given")
        return _facts(held or _new(look))


def read(*, actor: Actor, reference: str) -> ReceiptFacts:
    """A receipt this office holds. Raises ReceiptNotFound, NotPermitted."""
    with permit(actor, Function.ELIGIBILITY) as given:
        row = _held(given).filter(reference=_canonical(reference)).first()
        if row is not None:
            return _shown(given, row)
        given.conclude("not_found")
    raise ReceiptNotFound


def recent(*, actor: Actor, after: str = "", size: int = PAGE) -> pages.Page[ReceiptFacts]:
    """The receipts this office holds, newest first; `after` is the key of the page before.

    Raises NotPermitted.
    """
    with permit(actor, Function.ELIGIBILITY) as given:
        rows = _held(given)
        rows = rows.filter(pk__lt=int(after)) if pages.is_row(after) else rows
        page = pages.cut(list(rows.order_by("-pk")[: size + 1]), size=size, key_of=lambda row: str(row.pk))
        facts = tuple(_shown(given, row) for row in page.rows)
        given.conclude("receipts")
        return pages.Page(facts, page.next_key)


def verify(*, actor: Actor, reference: str) -> ReceiptFacts | None:
    """The receipt of any office, for the plan's staff: does it hold, and did a later change touch it?

    None when there is no such receipt, also for a mistyped reference. Raises NotPermitted.
    """
    with permit(actor, Function.RECEIPT_VERIFICATION) as given:
        row = _rows().filter(reference=_canonical(reference)).first()
        if row is not None:
            return _shown(given, row)
        given.conclude("not_found")
        return None


def _given_for(lookup: UUID) -> models.Receipt | None:
    """The receipt a lookup gave before; locks the lookup, so that two clicks at once give one receipt."""
    models.Lookup.objects.select_for_update().filter(pk=lookup).values_list("pk").first()
    return models.Receipt.objects.filter(lookup_id=lookup).first()


def _new(look: visibility.Look) -> models.Receipt:
    given, seen, reference = look.given, look.seen, references.new()
    office_id = _office_of(given)
    answer = eligibility.answer(given, seen)
    named = contacts.of([office_id]).get(office_id)
    content = receipt_content.content_of(
        answer, reference=reference, office_name=named.name if named else "", lines=given.scope.lines()
    )
    return models.Receipt.objects.create(
        reference=reference,
        lookup_id=look.asked.id,
        office_id=office_id,
        persona_id=given.actor.persona_id,
        tax_id=answer.tax_id,
        member=seen.member,
        line=seen.line,
        plan_code=seen.plan_code,
        as_of=seen.as_of,
        asked_at=answer.asked_at,
        verdict=seen.verdict,
        content=content,
        content_hash=receipt_content.hash_of(content),
    )


def _rows() -> QuerySet[models.Receipt]:
    return models.Receipt.objects.select_related("member")


def _held(given: Permit) -> QuerySet[models.Receipt]:
    """The office's receipts within the scope; one about a person without coverage belongs to no line."""
    in_scope = scoping.q(given, tax_id="tax_id", line="line")
    without_line = scoping.q(given, tax_id="tax_id") & Q(line="")
    return _rows().filter(in_scope | without_line, office_id=_office_of(given))


def _office_of(given: Permit) -> int:
    if given.actor.office_id is None:
        raise RuntimeError("a receipt belongs to an office, and this actor to none")
    return given.actor.office_id


def _canonical(reference: str) -> str:
    try:
        return references.parse(reference)
    except BadIdentifier:
        return ""


def _shown(given: Permit, row: models.Receipt) -> ReceiptFacts:
    given.note_subject("member", row.member.member_id)
    facts = _facts(row)
    given.conclude("receipt" if facts.holds else "receipt_altered")
    return facts


def _facts(row: models.Receipt) -> ReceiptFacts:
    return receipt_content.facts_of(
        row.content, content_hash=row.content_hash, changed_at=row.changed_at, changed_to=row.changed_to
    )
