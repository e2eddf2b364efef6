"""Payments written as an 835 that balances, valid under 005010X221A1: a transaction set for each payment.

    with path.open("wb") as file:
        writer.write(file, payments, plan=plan, at=now, control_number=17)

Each segment goes to the file at once: of payments, only the one under way is in memory.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from portico.domains.claims import balance_rules
from portico.domains.claims.facts.paid import PaidClaim, PaymentAdjusted, PaymentWithClaims, SentPayment
from portico.domains.claims.facts.submitted import Address, Party
from portico.shared.x12.build import InterchangeWriter, TransactionWriter
from portico.shared.x12.headers import GroupHeader, InterchangeHeader
from portico.transactions.guides.guide_835 import VERSION
from portico.transactions.remittances import writing
from portico.transactions.remittances.writing import dollars, plain

_MOST_CONTROL_NUMBER = 1_000_000_000
_NO_STREET = Address(street="UNKNOWN", city="UNKNOWN", state="CA", postal_code="00000")
_NO_PAYER_NUMBER = "0000000000"
_MOST_PARTNER = 15
_SIX = 6


class OutOfBalance(ValueError):
    """The payment does not add up and is not written; the message says by how much, and of which claim."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Who sends: the plan as an 835 names it, and the two ends of the interchange.

    `telephone` is digits. Name, address and numbers that a payment has of its payer itself go before these.
    """

    name: str
    sender: str
    receiver: str
    telephone: str = ""
    contact_name: str = "Provider Services"
    address: Address = _NO_STREET
    payer_number: str = ""
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    usage: str = "P"


def write(
    target: BinaryIO, payments: Iterable[PaymentWithClaims], *, plan: Plan, at: datetime, control_number: int
) -> int:
    """Writes an interchange; answers how many payments. `at` is when, in the plan's time zone.

    Raises OutOfBalance, before anything is written of that payment; the file then has no end.
    """
    number = f"{control_number % _MOST_CONTROL_NUMBER:09d}"
    sender, receiver = plain(plan.sender, _MOST_PARTNER), plain(plan.receiver, _MOST_PARTNER)
    isa = InterchangeHeader(
        sender_qualifier=plan.sender_qualifier,
        sender=sender,
        receiver_qualifier=plan.receiver_qualifier,
        receiver=receiver,
        date=f"{at:%y%m%d}",
        time=f"{at:%H%M}",
        control_number=number,
        usage=plan.usage,
    )
    gs = GroupHeader(
        functional_id="HP",
        sender=sender,
        receiver=receiver,
        date=f"{at:%Y%m%d}",
        time=f"{at:%H%M}",
        control_number=str(int(number)) if int(number) else "1",
        version=VERSION,
    )
    count = 0
    with (
        InterchangeWriter(target, isa, replace_delimiters=True) as interchange,
        interchange.group(gs) as group,
    ):
        for payment in payments:
            check(payment)
            with group.transaction("835") as transaction:
                _payment(transaction, payment, plan, at.date())
            count += 1
    return count


def one(payment: PaymentWithClaims, *, plan: Plan, at: datetime, control_number: int) -> bytes:
    """An interchange with one payment. Raises OutOfBalance."""
    file = io.BytesIO()
    write(file, [payment], plan=plan, at=at, control_number=control_number)
    return file.getvalue()


def check(payment: PaymentWithClaims) -> None:
    """Raises OutOfBalance where a line, a claim or the payment does not add up."""
    for paid in payment:
        gaps = {f"line {service.number}": balance_rules.service_gap(service) for service in paid.services}
        gaps["the claim"] = balance_rules.claim_gap(paid)
        for what, gap in gaps.items():
            if gap:
                raise OutOfBalance(f"{what} of claim {paid.claim_number} is out by {gap}")
    paid_of_all = sum((paid.paid for paid in payment), Decimal("0.00"))
    gap = balance_rules.payment_gap(payment.payment, paid_of_all)
    if gap:
        raise OutOfBalance(f"payment {payment.payment.trace_number} is out by {gap}")


def _payment(transaction: TransactionWriter, payment: PaymentWithClaims, plan: Plan, today: date) -> None:
    sent = payment.payment
    _header(transaction, sent, plan, today)
    _payer(transaction, sent.payer, plan)
    _payee(transaction, sent.payee)
    for place, paid in enumerate(payment):
        if place == 0:
            transaction.write("LX", "1")
        _claim(transaction, paid)
    _changes(transaction, sent)


def _header(transaction: TransactionWriter, sent: SentPayment, plan: Plan, today: date) -> None:
    sign = "D" if sent.amount < 0 else "C"
    transaction.write(
        *("BPR", sent.handling, dollars(abs(sent.amount)), sign, sent.method),
        "CCP" if sent.method == "ACH" else "",
        *("",) * 10,
        f"{sent.paid_on:%Y%m%d}",
    )
    payer_number = sent.payer_number or plan.payer_number or _NO_PAYER_NUMBER
    transaction.write("TRN", "1", sent.trace_number, payer_number.ljust(10, "0")[:10])
    transaction.write("DTM", "405", f"{sent.produced_on or today:%Y%m%d}")


def _payer(transaction: TransactionWriter, payer: Party, plan: Plan) -> None:
    transaction.write("N1", "PR", plain(payer.name or plan.name, 60))
    _address(transaction, payer.address if payer.address.street else plan.address, is_needed=True)
    if payer.payer_number:
        transaction.write("REF", "2U", payer.payer_number)
    telephone = "".join(filter(str.isdigit, payer.telephone or plan.telephone))
    contact = payer.contact_name or plan.contact_name
    transaction.write("PER", "BL", plain(contact, 60), *(("TE", telephone) if telephone else ()))


def _payee(transaction: TransactionWriter, payee: Party) -> None:
    number = ("XX", payee.npi) if payee.npi else ("FI", payee.tax_id)
    transaction.write("N1", "PE", plain(payee.name, 60) or "PAYEE", *number)
    _address(transaction, payee.address, is_needed=False)
    if payee.payer_number:
        transaction.write("REF", "PQ", payee.payer_number)
    if payee.npi and payee.tax_id:
        transaction.write("REF", "TJ", payee.tax_id)


def _address(transaction: TransactionWriter, address: Address, *, is_needed: bool) -> None:
    if not address.street and not is_needed:
        return
    known = address if address.street else _NO_STREET
    transaction.write("N3", plain(known.street, 55) or _NO_STREET.street, plain(known.more, 55))
    city = plain(known.city, 30)
    transaction.write("N4", city if len(city) > 1 else _NO_STREET.city, known.state, known.postal_code)


def _claim(transaction: TransactionWriter, paid: PaidClaim) -> None:
    for segment in writing.claim(paid):
        transaction.write(str(segment[0]), *segment[1:])


def _changes(transaction: TransactionWriter, sent: SentPayment) -> None:
    """A PLB for each six changes of one provider and fiscal year, in their order."""
    run: list[PaymentAdjusted] = []
    for change in (*sent.adjustments, None):
        is_same = bool(run) and change is not None and _owner(change) == _owner(run[0])
        if run and (not is_same or len(run) == _SIX):
            _plb(transaction, sent, run)
            run = []
        if change is not None:
            run.append(change)


def _plb(transaction: TransactionWriter, sent: SentPayment, run: list[PaymentAdjusted]) -> None:
    provider = run[0].npi or sent.payee.npi or sent.payee.tax_id
    fiscal_on = run[0].fiscal_on or date(sent.paid_on.year, 12, 31)
    told = [value for change in run for value in ((change.reason, change.identifier), dollars(change.amount))]
    transaction.write("PLB", provider, f"{fiscal_on:%Y%m%d}", *told)


def _owner(change: PaymentAdjusted) -> tuple[str, date | None]:
    return change.npi, change.fiscal_on
