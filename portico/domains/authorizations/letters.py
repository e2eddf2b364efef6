"""Letters of the plan about a request: written and sealed in the act they tell of, handed out as they were.

An approval, a part, a denial with its reasons and next steps, a question, a longer clock. An office of the
request reads it, and the plan's desk. The paper is set by the edge from what is kept here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portico.domains.authorizations import (
    ledger,
    letter_words,
    models,
    next_steps,
    question_kinds,
    reach,
    sealing,
)
from portico.domains.authorizations.letter_words import About, Letter, Row, Section, ServiceSaid
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue, days

Kind = models.Letter.Kind
_KINDS = {"approved": Kind.APPROVAL, "partly": Kind.PARTIAL, "denied": Kind.DENIAL}


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter as it was written."""

    letter: Letter
    made_at: datetime
    plan: str
    telephone: str


def of_decision(given: Permit, row: models.Authorization, decision: models.Decision) -> models.Letter | None:
    """Write the letter of a decision; None where nothing was needed."""
    kind = _KINDS.get(decision.outcome)
    if kind is None:
        return None
    services = [_decided(each) for each in decision.services.select_related("service")]
    decided_at = days.local(decision.decided_at)
    is_adverse = any(service.reason_code for service in services)
    is_law = row.clock is not None and row.clock.is_law
    written = letter_words.of_decision(
        kind.value,
        _about(row),
        services,
        at=decided_at,
        appeal_until=next_steps.appeal_until(decided_at.date(), is_law=is_law) if is_adverse else None,
        talk_until=next_steps.talk_until(decided_at) if is_adverse else None,
        may_appeal=not row.events.filter(kind=ledger.Kind.REOPENED, basis=ledger.Basis.APPEAL).exists(),
    )
    return _keep(given, row, kind, written, decision)


def of_questions(
    given: Permit, row: models.Authorization, questions: Sequence[models.InformationRequest]
) -> models.Letter:
    """Write the letter that asks for these."""
    services = {service.pk: service for service in row.services.all()}
    asked = [
        (
            question_kinds.BY_CODE[question.kind],
            _asked(services[question.service_id]) if question.service_id else None,
            sealing.opened(question.text_sealed, place=sealing.place(question, "text")),
            days.local(question.due_at),
        )
        for question in questions
    ]
    written = letter_words.of_questions(_about(row), asked, at=days.local(given.actor.asked_at))
    return _keep(given, row, Kind.INFORMATION, written)


def of_extension(given: Permit, row: models.Authorization, *, why: str, due_at: datetime) -> models.Letter:
    """Write the letter that says that the decision takes longer."""
    at = days.local(given.actor.asked_at)
    written = letter_words.of_extension(_about(row), why=why, due_at=days.local(due_at), at=at)
    return _keep(given, row, Kind.EXTENSION, written)


def read(*, actor: Actor, authorization: UUID, letter: UUID) -> Kept | None:
    """A letter for an office of the request; None for any other. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_INQUIRY) as given:
        return _handed_out(given, reach.reached(given), authorization, letter)


def read_at_desk(*, actor: Actor, authorization: UUID, letter: UUID) -> Kept | None:
    """A letter for the plan's desk; None where there is none. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        return _handed_out(given, models.Authorization.objects.all(), authorization, letter)


def _handed_out(given: Permit, reached: Any, authorization: UUID, letter: UUID) -> Kept | None:
    row = reached.filter(public_id=authorization).first()
    held = models.Letter.objects.filter(authorization=row, public_id=letter).first() if row else None
    given.conclude("authorization_letter_handed_out" if held else "not_found")
    if row is None or held is None:
        return None
    given.note_subject("member", row.member_id)
    given.note_subject("authorization", row.number)
    content = sealing.opened_json(held.content_sealed, place=sealing.place(held, "content"))
    return Kept(_of(content["letter"]), held.made_at, content["plan"], content["telephone"])


def _keep(
    given: Permit,
    row: models.Authorization,
    kind: models.Letter.Kind,
    written: Letter,
    decision: models.Decision | None = None,
) -> models.Letter:
    plan = catalogue.identity()
    held = models.Letter(authorization=row, decision=decision, kind=kind, made_at=given.actor.asked_at)
    content = {"letter": written.plain(), "plan": plan.name, "telephone": plan.telephone}
    held.content_sealed = sealing.sealed_json(content, place=sealing.place(held, "content"))
    held.save()
    details = {"letter": str(held.public_id)}
    ledger.note(given, row, ledger.Kind.LETTER, side=ledger.Side.PLAN, code=kind.value, details=details)
    return held


def _about(row: models.Authorization) -> About:
    plan = catalogue.identity()
    asking = row.parties.filter(role=models.Party.Role.REQUESTING).first()
    to = [asking.name, f"NPI {asking.npi}" if asking.npi else ""] if asking else []
    return About(
        number=row.number,
        to=tuple(line for line in to if line),
        patient=f"{row.patient_first_name} {row.patient_last_name}".strip(),
        member_id=row.member_id,
        received=days.local(row.received_at),
        plan=plan.name,
        telephone=plan.telephone,
    )


def _asked(service: models.Service) -> ServiceSaid:
    return ServiceSaid(
        position=service.position,
        system=service.system,
        code=service.code,
        service_type=service.service_type,
        unit=service.unit,
        quantity=service.quantity,
        first_on=service.first_on,
        last_on=service.last_on,
    )


def _decided(said: models.ServiceDecision) -> ServiceSaid:
    service = said.service
    return ServiceSaid(
        position=service.position,
        system=service.system,
        code=service.code,
        service_type=service.service_type,
        unit=service.unit,
        quantity=service.quantity,
        first_on=service.first_on,
        last_on=service.last_on,
        outcome=said.outcome,
        approved_quantity=said.quantity,
        approved_first_on=said.first_on,
        approved_last_on=said.last_on,
        reason_code=said.reason_code,
        reason_text=said.reason_text,
        criteria=said.criteria,
    )


def _of(held: dict[str, Any]) -> Letter:
    return Letter(
        title=held["title"],
        number=held["number"],
        written_on=held["written_on"],
        to=tuple(held["to"]),
        facts=tuple((name, value) for name, value in held["facts"]),
        opening=held["opening"],
        rows=tuple(Row(**row) for row in held["rows"]),
        sections=tuple(
            Section(each["heading"], tuple(each["paragraphs"]), tuple(each["points"]))
            for each in held["sections"]
        ),
    )
