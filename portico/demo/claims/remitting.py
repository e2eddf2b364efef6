"""Puts decisions into payments: one for each tax ID and pay day, with interest and balances carried forward.

A payment that would fall below nothing pays nothing, and the next one to that tax ID is lowered by the rest.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final

from portico.demo import days, identifiers, practices
from portico.demo.claims import told, treating
from portico.demo.claims.drawn import Decision
from portico.demo.claims.treating import Treating
from portico.demo.enrolment_feed import PLAN_NAME, PLAN_TAX_ID
from portico.domains.claims.facts.paid import PaidClaim, PaymentAdjusted, PaymentWithClaims, SentPayment
from portico.domains.claims.facts.submitted import Address, Party

INTEREST, FORWARD = "L6", "FB"
TRANSFER, CHECK, NOTHING = "ACH", "CHK", "NON"
PAYER: Final = Party(
    name=PLAN_NAME,
    payer_number=told.PAYER_ID,
    tax_id=PLAN_TAX_ID,
    address=Address("1 Lakefront Plaza", "", "Northlake", treating.STATE, "90901"),
    contact_name="Provider Services",
    telephone=identifiers.telephone("530", 42),
)
PAYER_NUMBER: Final = f"1{PLAN_TAX_ID}"
_BY_CHECK: Final = frozenset((practices.VANDERMEER.tax_id, practices.SANDSTONE.tax_id))
_PRACTICES: Final = {practice.tax_id: practice for practice in practices.PRACTICES}


def payments(decisions: Iterable[Decision], *, first: int = 1) -> Iterator[PaymentWithClaims]:
    """The payments; the decisions come in the order of pay day and tax ID. `first` numbers the first."""
    carried: dict[str, tuple[str, Decimal]] = {}
    for place, ((on, tax_id), group) in enumerate(
        groupby(decisions, lambda one: (one.paid_on, one.tax_id)), first
    ):
        claims = tuple(one.claim for one in group)
        yield PaymentWithClaims(_payment(f"NL{on:%y%m%d}{place:04d}", on, tax_id, claims, carried), claims)


def payee(tax_id: str) -> Party:
    """A practice as it is paid."""
    practice = _PRACTICES[tax_id]
    [itself] = {
        one.provider
        for one in practices.affiliations(date(2026, 1, 1))
        if one.practice is practice and one.provider.npi == practices.npi_of(practice)
    }
    return treating.billing(Treating(itself, practice))


def _payment(
    trace_number: str,
    on: date,
    tax_id: str,
    claims: tuple[PaidClaim, ...],
    carried: dict[str, tuple[str, Decimal]],
) -> SentPayment:
    to = payee(tax_id)
    adjustments = list(_adjustments(claims, on, to.npi, carried.pop(tax_id, None)))
    amount = sum((claim.paid for claim in claims), Decimal(0)) - sum(one.amount for one in adjustments)
    if amount < 0:
        carried[tax_id] = (trace_number, -amount)
        adjustments.append(PaymentAdjusted(FORWARD, amount, trace_number, to.npi, days.year_end(on)))
        amount = Decimal("0.00")
    return SentPayment(
        trace_number=trace_number,
        amount=amount,
        method=(CHECK if tax_id in _BY_CHECK else TRANSFER) if amount else NOTHING,
        paid_on=on,
        payer=PAYER,
        payee=to,
        payer_number=PAYER_NUMBER,
        produced_on=on,
        adjustments=tuple(adjustments),
    )


def _adjustments(
    claims: tuple[PaidClaim, ...], on: date, npi: str, owed: tuple[str, Decimal] | None
) -> Iterator[PaymentAdjusted]:
    """Interest, which raises the payment, and what an earlier payment left to be taken off."""
    for claim in claims:
        if claim.interest:
            yield PaymentAdjusted(INTEREST, -claim.interest, claim.claim_number, npi, days.year_end(on))
    if owed:
        yield PaymentAdjusted(FORWARD, owed[1], owed[0], npi, days.year_end(on))
