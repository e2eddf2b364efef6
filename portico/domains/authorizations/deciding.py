"""The plan decides on a request: approves, approves in part, denies, or says that nothing is needed.

    verdict -> permit (a denial, also in part: medical direction alone) -> locked, still as it was seen?
            -> deciding_rules -> services, decision, ledger, letter, notices, in one transaction

One decision answers every service that waits, each with its own outcome. After a reconsideration or an appeal
the services that were reopened wait again; after a talk between peers a denial may become better at once.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from portico.domains.authorizations import (
    awaiting,
    deciding_rules,
    ledger,
    letters,
    models,
    state_rules,
    telling,
)
from portico.domains.authorizations.deciding_rules import Asked, Happened
from portico.domains.authorizations.facts.decided import (
    Basis,
    Decided,
    NotDecided,
    Outcome,
    Refusal,
    ServiceVerdict,
    Stop,
    Verdict,
)
from portico.domains.authorizations.facts.shown import State
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

SUBJECT = "authorization"
_Question = models.InformationRequest


def decide(*, actor: Actor, verdict: Verdict) -> Decided | NotDecided | None:
    """Keep a decision of the plan's desk; None where there is no such request.

    Whoever denies, also in part, needs ADVERSE_DETERMINATION. Raises NotPermitted.
    """
    wanted = Function.ADVERSE_DETERMINATION if verdict.is_adverse else Function.AUTHORIZATION_REVIEW
    with permit(actor, wanted) as given:
        row = found(given, verdict.authorization)
        if row is None:
            given.conclude("not_found")
            return None
        wrong = _stops(row, verdict, actor.persona_id)
        if wrong:
            given.conclude("authorization_not_decided")
            return NotDecided(wrong, given.reference)
        decision = keep(given, row, verdict.services, side=ledger.Side.PLAN)
        given.conclude(f"authorization_{row.state}")
        return _decided(given, row, decision)


def keep(
    given: Permit,
    row: models.Authorization,
    verdicts: Sequence[ServiceVerdict],
    *,
    side: ledger.Side,
) -> models.Decision:
    """Write a decision on a request that the open transaction has locked, with all that follows from it.

    For this domain: `verdicts` passed deciding_rules.stops, or are approvals by a rule (`side` SYSTEM).
    """
    services = {service.position: service for service in row.services.all()}
    on = deciding_rules.basis(asked_of(row), happened(row))
    for verdict in verdicts:
        _settle(services[verdict.position], verdict)
    models.Service.objects.bulk_update(
        services.values(),
        [
            *("state", "approved_quantity", "approved_first_on", "approved_last_on"),
            *("reason_code", "reason_text"),
        ],
    )
    row.state = state_rules.whole([State(service.state) for service in services.values()])
    row.decided_at = given.actor.asked_at
    awaiting.touch(given, row)
    row.save(update_fields=["state", "decided_at", "version", "changed_at"])
    decision = _written(given, row, services, verdicts, side=side, basis=on)
    _withdraw_questions(given, row)
    counts = {outcome.value: sum(each.outcome is outcome for each in verdicts) for outcome in Outcome}
    ledger.note(
        given,
        row,
        ledger.Kind.DECIDED,
        side=side,
        basis=ledger.Basis(on),
        code=row.state,
        details={"decision": str(decision.public_id), **counts},
    )
    letters.of_decision(given, row, decision)
    telling.offices(given, row, telling.DECIDED)
    return decision


def found(given: Permit, public_id: UUID) -> models.Authorization | None:
    """The request, locked, its patient noted; None where there is none. For whoever sees them all."""
    number = models.Authorization.objects.filter(public_id=public_id).values_list("pk", flat=True).first()
    if number is None:
        return None
    row = ledger.locked(number)
    given.note_subject("member", row.member_id)
    given.note_subject(SUBJECT, row.number)
    return row


def asked_of(row: models.Authorization) -> tuple[Asked, ...]:
    """The services of a request as the rules of deciding read them."""
    questions = awaiting.open_questions(row)
    return tuple(
        Asked(
            position=service.position,
            state=State(service.state),
            quantity=service.quantity,
            first_on=service.first_on,
            last_on=service.last_on,
            approved_quantity=service.approved_quantity,
            is_awaited=awaiting.is_awaited(questions, service.pk),
            approved_first_on=service.approved_first_on,
            approved_last_on=service.approved_last_on,
        )
        for service in row.services.all()
    )


def happened(row: models.Authorization) -> tuple[Happened, ...]:
    """The ledger of a request as the rules of deciding read it."""
    pairs = row.events.order_by("sequence").values_list("kind", "basis")
    return tuple(Happened(kind, basis) for kind, basis in pairs)


def _stops(row: models.Authorization, verdict: Verdict, persona_id: int | None) -> tuple[Stop, ...]:
    """An appeal is decided by somebody who did not decide before, as every letter promises."""
    if row.version != verdict.version:
        return (Stop(Refusal.CHANGED),)
    asked, events = asked_of(row), happened(row)
    wrong = deciding_rules.stops(verdict.services, asked, events)
    is_appeal = deciding_rules.basis(asked, events) is Basis.APPEAL
    if not wrong and is_appeal and row.decisions.filter(persona_id=persona_id).exists():
        return (Stop(Refusal.DECIDED_BEFORE),)
    return wrong


def _settle(service: models.Service, verdict: ServiceVerdict) -> None:
    """Let the service say what was decided of it last."""
    asked = Asked(service.position, State(service.state), service.quantity, service.first_on, service.last_on)
    said = deciding_rules.tidy(verdict)
    gives = deciding_rules.given(said, asked)
    service.state = State(said.outcome.value)
    service.approved_quantity = gives.quantity if gives else None
    service.approved_first_on = gives.first_on if gives else None
    service.approved_last_on = gives.last_on if gives else None
    service.reason_code, service.reason_text = said.reason_code, said.reason_text


def _written(
    given: Permit,
    row: models.Authorization,
    services: Mapping[int, models.Service],
    verdicts: Sequence[ServiceVerdict],
    *,
    side: ledger.Side,
    basis: str,
) -> models.Decision:
    is_person = side is ledger.Side.PLAN
    decision = models.Decision.objects.create(
        authorization=row,
        outcome=row.state,
        basis=basis,
        side=side,
        persona_id=given.actor.persona_id if is_person else None,
        decider=given.actor.name[:160] if is_person else "",
        decided_at=given.actor.asked_at,
        reference=given.reference,
    )
    models.ServiceDecision.objects.bulk_create(
        models.ServiceDecision(
            decision=decision,
            service=service,
            outcome=verdict.outcome,
            quantity=service.approved_quantity,
            first_on=service.approved_first_on,
            last_on=service.approved_last_on,
            reason_code=service.reason_code,
            reason_text=service.reason_text,
            criteria=" ".join(verdict.criteria.split()),
            document=verdict.document.strip(),
        )
        for verdict in verdicts
        for service in (services[verdict.position],)
    )
    return decision


def _withdraw_questions(given: Permit, row: models.Authorization) -> None:
    """What was still asked is not needed any more."""
    for question in awaiting.open_questions(row):
        question.state = _Question.State.WITHDRAWN
        question.settled_at, question.settled_by = given.actor.asked_at, given.actor.persona_id
        question.save(update_fields=["state", "settled_at", "settled_by"])
        details = {"question": str(question.public_id)}
        ledger.note(given, row, ledger.Kind.WITHDRAWN, side=ledger.Side.PLAN, details=details)


def _decided(given: Permit, row: models.Authorization, decision: models.Decision) -> Decided:
    letter = decision.letters.order_by("pk").values_list("public_id", flat=True).first()
    return Decided(
        authorization=row.public_id,
        number=row.number,
        state=row.state,
        decision=decision.public_id,
        letter=letter,
        decided_at=decision.decided_at,
        reference=given.reference,
    )
