"""Payments as rows: what of a payment, its changes and its claims stands in which column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from portico.domains.claims import balance_rules, decision_rules, paid_content, payment_numbers
from portico.domains.claims.facts.paid import PaidClaim, PaymentAdjusted, PaymentPart, SentPayment
from portico.domains.claims.rules import Status
from portico.shared import identifiers

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A claim of a payment that is known here."""

    id: int
    tax_id: str
    line: str
    provider_npi: str
    member_id: str


def payment(part: PaymentPart, *, tax_id: str, load: UUID, file: str, now: datetime) -> Columns:
    """A payment as it begins: with none of its claims counted yet, whole if this part closes it."""
    sent = part.payment
    return {
        "public_id": uuid4(),
        "tax_id": tax_id,
        "payee_npi": sent.payee.npi,
        "payee_name": sent.payee.name,
        "payee_address": paid_content.packed_address(sent.payee.address),
        "payer_name": sent.payer.name,
        "payer_number": sent.payer_number,
        "payer": paid_content.packed_party(sent.payer),
        "trace_number": sent.trace_number,
        "number_key": payment_numbers.key(sent.trace_number),
        "method": sent.method,
        "handling": sent.handling,
        "amount": sent.amount,
        "paid_on": sent.paid_on,
        "produced_on": sent.produced_on,
        "load": load,
        "file": file,
        "place": dict(part.at),
        "digest": part.digest,
        "is_whole": part.closes,
        "loaded_at": now,
        **counts(part),
    }


def counts(part: PaymentPart) -> Columns:
    """How many claims a part has, how many of them are denied, and what was billed for them."""
    denied = sum(decision_rules.status_of(claim) is Status.DENIED for claim in part.claims)
    billed = sum((claim.billed for claim in part.claims), Decimal("0.00"))
    return {"claim_count": len(part.claims), "denied_count": denied, "billed": billed}


def change(payment_id: int, position: int, told: PaymentAdjusted) -> Columns:
    """A change of a payment that belongs to none of its claims."""
    return {
        "payment_id": payment_id,
        "position": position,
        "reason": told.reason,
        "identifier": told.identifier,
        "amount": told.amount,
        "npi": told.npi,
        "fiscal_on": told.fiscal_on,
    }


def claim(
    payment_id: int, position: int, paid: PaidClaim, known: Known | None, sent: SentPayment, *, line: str
) -> Columns:
    """A claim of a payment; who and where it is as the claim itself has it, where that is known."""
    rendering = paid.rendering.npi if paid.rendering else ""
    return {
        "payment_id": payment_id,
        "position": position,
        "claim_id": known.id if known else None,
        "claim_number": paid.claim_number,
        "patient_control_number": paid.patient_control_number,
        "member_id": known.member_id if known else member_id(paid),
        "patient_last_name": paid.patient.last_name,
        "patient_first_name": paid.patient.first_name,
        "line": line,
        "provider_npi": known.provider_npi if known else rendering or sent.payee.npi,
        "status": paid.status,
        "first_on": first_on(paid),
        "billed": paid.billed,
        "allowed": balance_rules.allowed(paid),
        "paid": paid.paid,
        "member_share": balance_rules.member_share(paid),
        "received_on": paid.received_on,
        "content": paid_content.packed(paid),
    }


def member_id(paid: PaidClaim) -> str:
    """The number a claim names its patient by, else its subscriber; compact, empty where it names none."""
    person = paid.patient if paid.patient.member_id else paid.subscriber or paid.patient
    return identifiers.compact_member_id(person.member_id)


def first_on(paid: PaidClaim) -> date | None:
    """The first day of a claim: its own, else the earliest of its lines."""
    days = [service.first_on for service in paid.services if service.first_on]
    return paid.first_on or min(days, default=None)


def key(tax_id: str, sent: SentPayment) -> tuple[str, str, str, Any]:
    """What tells a payment from every other."""
    return sent.payer_number, sent.trace_number, tax_id, sent.paid_on


def key_of(row: Mapping[str, Any]) -> tuple[str, str, str, Any]:
    """The same of a row."""
    return row["payer_number"], row["trace_number"], row["tax_id"], row["paid_on"]
