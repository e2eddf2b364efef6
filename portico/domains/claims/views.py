"""Rows of claims as the values that are told: one place, so that every door says the same."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from portico.domains.claims import deadline_rules, models, rules
from portico.domains.claims.answers import ClaimFacts, LineFacts, Next, PaymentRef
from portico.domains.claims.deadlines import Calendar
from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.rules import Status
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide


def facts(
    given: Permit, row: models.Claim, calendar: Calendar, *, opens_payments: bool = False
) -> ClaimFacts:
    """A claim as it stands; its payment is fetched with it, or not at all where it has none."""
    status = Status(row.status)
    return ClaimFacts(
        public_id=row.public_id,
        claim_number=row.claim_number,
        patient_control_number=row.patient_control_number,
        form=row.form,
        line=row.line_id,
        tax_id=row.tax_id,
        provider_npi=row.provider_npi,
        provider_name=row.provider_name,
        billing_npi=row.billing_npi,
        billing_name=row.billing_name,
        member_id=row.member_id,
        subscriber_number=row.subscriber_number,
        last_name=row.patient_last_name,
        first_name=row.patient_first_name,
        birth_date=row.patient_birth_date,
        first_on=row.first_on,
        last_on=row.last_on,
        received_on=row.received_on,
        rank=row.rank,
        frequency=row.frequency,
        facility=row.facility,
        status=status,
        is_adjusted=row.decision_count > 1 and status in (Status.PAID, Status.DENIED),
        stated_on=row.stated_on,
        pend_reason=row.pend_reason if status is Status.PENDED else "",
        decided_on=row.decided_on,
        next=next_of(row, calendar, today=given.actor.today),
        billed=row.billed,
        allowed=row.allowed,
        paid=row.paid,
        member_share=row.member_share,
        adjustments=adjusted(row.adjustments),
        remarks=tuple(row.remarks),
        replaces=row.replaces,
        payment=payment_of(row.payment, opens=opens_payments) if row.payment else None,
    )


def next_of(row: models.Claim, calendar: Calendar, *, today: date) -> Next:
    """Whose turn it is. What the plan owes after a reversal has no day once that day is past."""
    status = Status(row.status)
    step = rules.next_step(status, row.pend_reason)
    expected = _expected(row, step, calendar)
    is_late = expected is not None and expected < today
    if is_late and status is Status.REVERSED:
        return Next(step.owner, step.action, None)
    return Next(step.owner, step.action, expected, is_late)


def line(row: models.ClaimLine) -> LineFacts:
    """A service line."""
    return LineFacts(
        number=row.number,
        code_kind=row.code_kind,
        code=row.code,
        modifiers=tuple(row.modifiers),
        revenue_code=row.revenue_code,
        place_of_service=row.place_of_service,
        units=row.units,
        unit=row.unit,
        first_on=row.first_on,
        last_on=row.last_on,
        billed=row.billed,
        allowed=row.allowed,
        paid=row.paid,
        member_share=row.member_share,
        adjustments=adjusted(row.adjustments),
        remarks=tuple(row.remarks),
    )


def payment_of(row: models.Payment, *, opens: bool) -> PaymentRef:
    """The payment a claim was in; `opens`: whoever asks may open it."""
    public_id: UUID | None = row.public_id if opens else None
    return PaymentRef(public_id, row.trace_number, row.paid_on, row.method, row.amount)


def opens_payments(given: Permit, tax_id: str) -> bool:
    """May whoever asks open payments of that tax ID too?"""
    return decide(given.actor, Question(Function.REMITTANCE, tax_id)).allowed


def adjusted(held: Iterable[list[Any]]) -> tuple[Adjusted, ...]:
    """Adjustments of a row: group, reason, dollars."""
    return tuple(Adjusted(Group(group), reason, Decimal(amount)) for group, reason, amount, *_ in held)


def _expected(row: models.Claim, step: rules.Step, calendar: Calendar) -> date | None:
    if row.awaited_on is not None and row.status in rules.OPEN:
        return row.awaited_on
    if row.status == Status.RECEIVED:
        by = calendar.paid_by(line=row.line_id, tax_id=row.tax_id, received_on=row.received_on)
        if by is not None:
            return by
    return None if step.days is None else deadline_rules.later(row.stated_on, step.days)
