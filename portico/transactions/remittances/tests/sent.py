"""Payments to write and read in tests: an ordinary one, and what money does at its ends."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.facts.paid import (
    PaidClaim,
    PaidService,
    PaymentAdjusted,
    PaymentWithClaims,
    SentPayment,
)
from portico.domains.claims.facts.submitted import Address, Party, Patient
from portico.transactions.remittances import reader, writer
from portico.transactions.remittances.reader import Found
from portico.transactions.remittances.writer import Plan

AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
NPI, TAX_ID = "2000000002", "009999999"
PLAN = Plan(
    name="Northlake Health Plan",
    sender="NORTHLAKE",
    receiver="OFFICE",
    telephone="8005550142",
    address=Address("1 Lake Road", "", "Northlake", "CA", "92008"),
)
PAYER = Party(
    name="Northlake Health Plan",
    address=PLAN.address,
    contact_name="Provider Services",
    telephone="8005550142",
)
PAYEE = Party(name="Lakeside Family Practice", npi=NPI, tax_id=TAX_ID)


def dollars(amount: str) -> Decimal:
    """An amount as read from a file."""
    return Decimal(amount).quantize(Decimal("0.01"))


def off(group: str, reason: str, amount: str) -> Adjusted:
    """One adjustment."""
    return Adjusted(Group(group), reason, dollars(amount))


def service(number: int, billed: str, paid: str, *adjustments: Adjusted, **more: Any) -> PaidService:
    """A service line of the 20th of January."""
    day = date(2026, 1, 20)
    facts: dict[str, Any] = {
        "code_kind": "HC",
        "code": "99213",
        "units": Decimal(1),
        "first_on": day,
        "last_on": day,
        **more,
    }
    return PaidService(number, dollars(billed), dollars(paid), adjustments=adjustments, **facts)


def claim(billed: str, paid: str, *services: PaidService, **more: Any) -> PaidClaim:
    """A claim of Zephyrine Quillfeather; its adjustments are in `more`."""
    facts: dict[str, Any] = {
        "patient_control_number": "PC-1",
        "status": "1",
        "claim_number": "26015A0001",
        "patient": Patient("Quillfeather", "Zephyrine", member_id="N000112233"),
        "filing": "HM",
        "facility": "11",
        "frequency": "1",
        "first_on": date(2026, 1, 20),
        "last_on": date(2026, 1, 20),
        "received_on": date(2026, 1, 22),
        **more,
    }
    return PaidClaim(billed=dollars(billed), paid=dollars(paid), services=services, **facts)


def payment(*claims: PaidClaim, changes: tuple[PaymentAdjusted, ...] = (), **more: Any) -> PaymentWithClaims:
    """A transfer that pays these claims, less its changes."""
    paid = sum((one.paid for one in claims), Decimal("0.00"))
    facts: dict[str, Any] = {
        "trace_number": "EFT0000117",
        "amount": paid - sum((change.amount for change in changes), Decimal("0.00")),
        "method": "ACH",
        "paid_on": date(2026, 2, 3),
        "payer": PAYER,
        "payee": PAYEE,
        "payer_number": "1999999999",
        "produced_on": date(2026, 2, 2),
        "adjustments": changes,
        **more,
    }
    return PaymentWithClaims(SentPayment(**facts), claims)


def an_ordinary_claim(**more: Any) -> PaidClaim:
    """Two lines, the member's share in both, remarks, another code decided on."""
    lines = (
        service(1, "200", "120", off("CO", "45", "50"), off("PR", "2", "30"), allowed=dollars("150")),
        service(
            2,
            "100",
            "55",
            off("CO", "45", "20"),
            off("PR", "3", "25"),
            allowed=dollars("80"),
            remarks=("N130", "M15"),
            modifiers=("25", "59"),
            sent_code="99214",
            sent_units=Decimal(2),
            control_number="2",
            revenue_code="0510",
        ),
    )
    facts: dict[str, Any] = {"member_share": dollars("55"), "remarks": ("MA01", "N1"), **more}
    return claim("300", "175", *lines, **facts)


def written(*payments: PaymentWithClaims, control_number: int = 17) -> bytes:
    """The payments as a file."""
    file = io.BytesIO()
    writer.write(file, payments, plan=PLAN, at=AT, control_number=control_number)
    return file.getvalue()


def read(content: bytes) -> list[Found]:
    """What the reader finds in a file."""
    return list(reader.payments(io.BytesIO(content)))


def mended(content: bytes, old: bytes, new: bytes) -> bytes:
    """The file with one thing in it changed."""
    assert content.count(old) == 1, content.count(old)
    return content.replace(old, new)
