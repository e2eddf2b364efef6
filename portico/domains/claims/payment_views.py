"""What offices see of payments: rows of a list, a payment with its claims, one claim as it was decided."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from portico.domains.claims import models, paid_content
from portico.domains.claims.facts.paid import PaidClaim, PaymentAdjusted
from portico.domains.claims.facts.submitted import Patient
from portico.shared.pages import Page


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """A payment as it was sent. `trace_number` is the check's or the transfer's number, `method` BPR04.

    `billed` and the counts are those of all its claims, whoever looks. `is_deposited`: the office noted
    the money in its bank under this number, to the cent.
    """

    id: UUID
    trace_number: str
    tax_id: str
    payee_name: str
    payee_npi: str
    payer_name: str
    method: str
    amount: Decimal
    paid_on: date
    claim_count: int
    denied_count: int
    billed: Decimal
    loaded_at: datetime
    is_deposited: bool = False


@dataclass(frozen=True, slots=True)
class PaidClaimRow:
    """A claim of a payment, as one line of its list. `status` is CLP02; amounts of a reversal are negative.

    `claim_id` is where the claim itself is, None where it is unknown here or not open to who asks.
    """

    position: int
    claim_number: str
    patient_control_number: str
    member_id: str
    patient_name: str
    line: str
    provider_npi: str
    status: str
    first_on: date | None
    billed: Decimal
    allowed: Decimal | None
    paid: Decimal
    member_share: Decimal | None
    claim_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """The claims that are shown, added up."""

    count: int
    billed: Decimal
    paid: Decimal
    member_share: Decimal


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """A payment, and of its claims those that may be seen, page by page.

    `is_part`: some of its claims are not open to who asks; then `adjustments` is empty, since they may speak
    of those, and `adjusted` still says what they come to. `totals` are of the claims that may be seen, which
    `papers` explanations of payment hold.
    """

    payment: PaymentFacts
    claims: Page[PaidClaimRow]
    totals: Totals
    is_part: bool
    adjusted: Decimal
    papers: int = 1
    adjustments: tuple[PaymentAdjusted, ...] = ()
    deposited_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaidClaimView:
    """One claim as a payment decided it, with its service lines."""

    payment: PaymentFacts
    row: PaidClaimRow
    decided: PaidClaim


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an explanation of payment says: the payment, and some of its claims with all their lines.

    `part` counts from 1: a long payment is explained in several papers.
    """

    page: PaymentPage
    part: int
    claims: tuple[PaidClaim, ...] = field(default=())


def facts(row: models.Payment) -> PaymentFacts:
    """The payment of a row; `is_deposited` where the row was annotated so."""
    return PaymentFacts(
        id=row.public_id,
        trace_number=row.trace_number,
        tax_id=row.tax_id,
        payee_name=row.payee_name,
        payee_npi=row.payee_npi,
        payer_name=row.payer_name,
        method=row.method,
        amount=row.amount,
        paid_on=row.paid_on,
        claim_count=row.claim_count,
        denied_count=row.denied_count,
        billed=row.billed,
        loaded_at=row.loaded_at,
        is_deposited=getattr(row, "is_deposited", False),
    )


def claim_row(row: models.ClaimPayment, *, is_open: bool) -> PaidClaimRow:
    """A claim of a payment; `is_open`: the claim itself may be looked at."""
    return PaidClaimRow(
        position=row.position,
        claim_number=row.claim_number,
        patient_control_number=row.patient_control_number,
        member_id=row.member_id,
        patient_name=f"{row.patient_first_name} {row.patient_last_name}".strip(),
        line=row.line,
        provider_npi=row.provider_npi,
        status=row.status,
        first_on=row.first_on,
        billed=row.billed,
        allowed=row.allowed,
        paid=row.paid,
        member_share=row.member_share,
        claim_id=row.claim.public_id if is_open and row.claim else None,
    )


def decided(row: models.ClaimPayment) -> PaidClaim:
    """The claim as it was decided, lines and all; of a row that keeps no more, what its columns say."""
    if row.content:
        return paid_content.claim_of(row.content)
    return PaidClaim(
        patient_control_number=row.patient_control_number,
        status=row.status,
        billed=row.billed,
        paid=row.paid,
        claim_number=row.claim_number,
        patient=Patient(row.patient_last_name, row.patient_first_name, member_id=row.member_id),
        member_share=row.member_share,
        first_on=row.first_on,
        allowed=row.allowed,
        received_on=row.received_on,
    )


def adjustment(row: models.PaymentAdjustment) -> PaymentAdjusted:
    """A change of a payment that belongs to none of its claims."""
    return PaymentAdjusted(row.reason, row.amount, row.identifier, row.npi, row.fiscal_on)
