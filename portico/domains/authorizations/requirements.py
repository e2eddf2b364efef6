"""Is an authorization required? Answered with a receipt that stays as it was given.

The answer is the narrowest rule's of the list that counts on the day of service. The office that asked reads
it again, the plan's staff verify it by its reference, and the plan honours it for that day.
"""

from typing import Final

from django.db.models import QuerySet

from portico.domains.authorizations import (
    models,
    requirement_asking,
    requirement_books,
    requirement_content,
    requirement_plain,
    requirement_rules,
)
from portico.domains.authorizations.facts.answered import Asked, NoAnswer, NotAnswered, RequirementReceipt
from portico.domains.authorizations.requirement_asking import Understood
from portico.domains.authorizations.requirement_books import Heading
from portico.domains.authorizations.requirement_rules import DecidedBy, Question, Verdict
from portico.domains.offices import contacts
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue
from portico.shared import pages, references
from portico.shared.identifiers import BadIdentifier

PAGE: Final = 20
_NEEDED: Final = {"places": NoAnswer.PLACE_NEEDED, "network": NoAnswer.PROVIDER_NEEDED}


class ReceiptNotFound(LookupError):
    """This office holds no such answer, as far as the asking persona may see."""


def of(given: Permit, question: Question) -> Verdict:
    """What the list that counts on the day of service says. Two queries at most; no receipt is kept.

    `Answer.UNKNOWN` for a day before the plan's first list.
    """
    del given
    heading = requirement_books.in_force(question.on)
    return requirement_rules.no_list() if heading is None else _verdict(heading, question)


def ask(*, actor: Actor, asked: Asked) -> RequirementReceipt | NotAnswered:
    """The answer, with its receipt; or what is missing for one, of which nothing is kept.

    Where it depends on the place or on the provider, that is asked for. Raises identifiers.BadIdentifier for
    what cannot be a member ID, NotPermitted.
    """
    with permit(
        actor, Function.AUTHORIZATION_INQUIRY, tax_id=asked.tax_id, line=asked.line, provider=None
    ) as given:
        told = _told(given, asked)
        given.conclude(told.reason if isinstance(told, NotAnswered) else told.answer)
        return requirement_content.receipt_of(told) if isinstance(told, models.RequirementAnswer) else told


def read(*, actor: Actor, reference: str) -> RequirementReceipt:
    """An answer this office holds. Raises ReceiptNotFound, NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_INQUIRY) as given:
        row = _held(given).filter(reference=_canonical(reference)).first()
        if row is not None:
            return _shown(given, row)
        given.conclude("not_found")
    raise ReceiptNotFound


def recent(*, actor: Actor, after: str = "", size: int = PAGE) -> pages.Page[RequirementReceipt]:
    """The answers this office holds, newest first; `after` is the key of the page before.

    Raises NotPermitted.
    """
    with permit(actor, Function.AUTHORIZATION_INQUIRY) as given:
        rows = _held(given)
        rows = rows.filter(pk__lt=int(after)) if pages.is_row(after) else rows
        page = pages.cut(list(rows.order_by("-pk")[: size + 1]), size=size, key_of=lambda row: str(row.pk))
        facts = tuple(_shown(given, row) for row in page.rows)
        given.conclude("receipts")
        return pages.Page(facts, page.next_key)


def verify(*, actor: Actor, reference: str) -> RequirementReceipt | None:
    """The answer any office was given, for the plan's staff: does it hold, and did a later list change it?

    None when there is no such receipt, also for a mistyped reference. Raises NotPermitted.
    """
    with permit(actor, Function.RECEIPT_VERIFICATION) as given:
        row = models.RequirementAnswer.objects.filter(reference=_canonical(reference)).first()
        if row is not None:
            return _shown(given, row)
        given.conclude("not_found")
        return None


def _told(given: Permit, asked: Asked) -> models.RequirementAnswer | NotAnswered:
    meant = requirement_asking.understood(given, asked)
    if isinstance(meant, NotAnswered):
        return meant
    heading = requirement_books.in_force(asked.on)
    if heading is None:
        return NotAnswered(NoAnswer.NO_LIST)
    verdict = _verdict(heading, meant.question)
    needed = next((_NEEDED[field] for field in verdict.depends_on if field in _NEEDED), None)
    return NotAnswered(needed) if needed else _keep(given, asked, meant, heading, verdict)


def _verdict(heading: Heading, question: Question) -> Verdict:
    rules = requirement_books.book(heading).about(question)
    return requirement_rules.answer(rules, question, version=heading.version)


def _keep(
    given: Permit, asked: Asked, meant: Understood, heading: Heading, verdict: Verdict
) -> models.RequirementAnswer:
    actor, question = given.actor, meant.question
    office_id = _office_of(given)
    named = contacts.of([office_id]).get(office_id)
    content = requirement_content.content_of(
        question,
        verdict,
        heading,
        reference=references.new(),
        office_name=named.name if named else "",
        asked_at=actor.asked_at.isoformat(),
        line_name=catalogue.line_names().get(question.line, question.line),
        provider_name=meant.provider_name,
        member_id=meant.member_id,
        decider=meant.group_name if verdict.decided_by is DecidedBy.GROUP else "",
    )
    return models.RequirementAnswer.objects.create(
        reference=content["reference"],
        office_id=office_id,
        persona_id=actor.persona_id,
        machine_id=actor.machine_id,
        user_id=actor.user_id,
        tax_id=asked.tax_id,
        line=question.line,
        member_id=meant.member_id,
        system=question.system,
        code=question.code,
        serviced_on=question.on,
        answer=verdict.answer,
        list_id=heading.number,
        rule_key=content["rule_key"],
        content=content,
        content_hash=requirement_plain.hash_of(content),
        asked_at=actor.asked_at,
    )


def _held(given: Permit) -> "QuerySet[models.RequirementAnswer]":
    in_scope = scoping.q(given, tax_id="tax_id", line="line")
    return models.RequirementAnswer.objects.filter(in_scope, office_id=_office_of(given))


def _office_of(given: Permit) -> int:
    if given.actor.office_id is None:
        raise RuntimeError("an answer belongs to an office, and this actor to none")
    return given.actor.office_id


def _canonical(reference: str) -> str:
    try:
        return references.parse(reference)
    except BadIdentifier:
        return ""


def _shown(given: Permit, row: models.RequirementAnswer) -> RequirementReceipt:
    if row.member_id:
        given.note_subject("member", row.member_id)
    facts = requirement_content.receipt_of(row)
    given.conclude("receipt" if facts.holds else "receipt_altered")
    return facts
