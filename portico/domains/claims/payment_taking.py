"""A whole payment to take home, as facts an 835 can be written from: all of its claims, or none."""

from dataclasses import dataclass
from uuid import UUID

from portico.domains.claims import models, paid_content, payment_reading, payment_views
from portico.domains.claims.facts.paid import PaymentWithClaims, SentPayment
from portico.domains.claims.facts.submitted import Party
from portico.domains.claims.payment_reading import PaymentNotFound
from portico.domains.claims.payment_views import PaymentFacts
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit


class PaymentIsPart(PaymentNotFound):
    """Some claims of the payment are not open to this actor, so it has no file that adds up."""


@dataclass(frozen=True, slots=True)
class WholePayment:
    """A payment with all it says; `number` is its own here, 1 or more, and never changes."""

    facts: PaymentFacts
    sent: PaymentWithClaims
    number: int


def whole(*, actor: Actor, payment: UUID) -> WholePayment:
    """The payment with every claim; taking it out of the portal is a sensitive act.

    Raises PaymentNotFound, PaymentIsPart, NotPermitted.
    """
    with payment_reading.opened(actor, payment, lately=True) as (given, row):
        is_open = row is not None and payment_reading.is_whole(given, row)
        if row is not None and is_open:
            sent = with_claims(given, row)
            given.conclude("payment_taken")
            return WholePayment(payment_views.facts(row), sent, row.pk)
        if row is not None:
            given.conclude("payment_is_part")
    raise PaymentNotFound if row is None else PaymentIsPart


def with_claims(given: Permit, row: models.Payment) -> PaymentWithClaims:
    """A payment that may be seen whole with all its claims; notes every member shown. Two queries."""
    claims = list(payment_reading.claims_of(given, row).order_by("position"))
    for member_id in filter(None, (each.member_id for each in claims)):
        given.note_subject("member", member_id)
    return PaymentWithClaims(sent_payment(row), tuple(map(payment_views.decided, claims)))


def sent_payment(row: models.Payment) -> SentPayment:
    """The payment of a row as it was sent, without its claims."""
    payer = paid_content.party_of(row.payer) if row.payer else Party(row.payer_name)
    payee = Party(
        row.payee_name,
        npi=row.payee_npi,
        tax_id=row.tax_id,
        address=paid_content.address_of(row.payee_address),
    )
    return SentPayment(
        trace_number=row.trace_number,
        amount=row.amount,
        method=row.method,
        paid_on=row.paid_on,
        payer=payer,
        payee=payee,
        handling=row.handling,
        payer_number=row.payer_number,
        produced_on=row.produced_on,
        adjustments=tuple(map(payment_views.adjustment, row.adjustments.all())),
    )
