"""Claims and payments for tests, as loads leave them: every one adds up, unless a test says otherwise.

billed    200.00 + 100.00
allowed   150.00 +  80.00     CO-45   50.00 + 20.00
owed       30.00 +  25.00     PR-2    30.00           PR-3    25.00
paid      120.00 +  55.00     together 300.00 billed, 230.00 allowed, 175.00 paid, 55.00 owed
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from portico.domains.claims import models, paid_content, payment_numbers
from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.facts.paid import PaidClaim, PaidService
from portico.domains.claims.facts.submitted import Party, Patient
from portico.domains.claims.models import Claim, ClaimEvent, Payment
from tests.support import patients
from tests.support.actors import NOW
from tests.support.cast import HMO, OWN

FIRST_ON, RECEIVED_ON, PAID_ON = date(2026, 1, 12), date(2026, 1, 15), date(2026, 2, 3)
PEND_REASON = "medical_records"
BILLED, ALLOWED, PAID, OWED = Decimal("300.00"), Decimal("230.00"), Decimal("175.00"), Decimal("55.00")
_LINES: tuple[dict[str, Any], ...] = (
    {
        "code": "99214",
        "billed": Decimal("200.00"),
        "allowed": Decimal("150.00"),
        "paid": Decimal("120.00"),
        "member_share": Decimal("30.00"),
        "adjustments": [["CO", "45", "50.00"], ["PR", "2", "30.00"]],
    },
    {
        "code": "80053",
        "billed": Decimal("100.00"),
        "allowed": Decimal("80.00"),
        "paid": Decimal("55.00"),
        "member_share": Decimal("25.00"),
        "adjustments": [["CO", "45", "20.00"], ["PR", "3", "25.00"]],
    },
)


def received(claim_number: str = "26015A0001", **facts: Any) -> Claim:
    """A claim that came in and waits for its first look; `facts` are columns of it."""
    return _claim(claim_number, {"status": "received", **facts}, [_as_sent(line) for line in _LINES])


def pended(claim_number: str = "26015A0002", **facts: Any) -> Claim:
    """A claim that waits for medical records since the 20th of January."""
    since, reason = date(2026, 1, 20), facts.get("pend_reason", PEND_REASON)
    told = {"status": "pended", "pend_reason": reason, "stated_on": since, **facts}
    claim = _claim(claim_number, told, [_as_sent(line) for line in _LINES])
    event(claim, "pended", told["stated_on"], code=reason)
    return claim


def decided(claim_number: str = "26015A0003", **facts: Any) -> Claim:
    """A claim paid on the 3rd of February, with two lines; it is in no payment until `payment` is told so."""
    claim = _claim(claim_number, {**_decided("paid"), **facts}, [dict(line) for line in _LINES])
    event(claim, "paid", PAID_ON, amount=claim.paid)
    return claim


def denied(claim_number: str = "26015A0004", *, reason: str = "197", **facts: Any) -> Claim:
    """A claim denied whole on the 3rd of February, for want of an authorization unless said otherwise."""
    none = {"allowed": Decimal(0), "paid": Decimal(0), "member_share": Decimal(0)}
    lines = [
        {**line, **none, "adjustments": [["CO", reason, str(line["billed"])]], "remarks": ["N56"]}
        for line in _LINES
    ]
    claim = _claim(claim_number, {**_decided("denied"), **none, **facts}, lines)
    event(claim, "denied", PAID_ON, amount=claim.paid)
    return claim


def reversed_claim(claim_number: str = "26015A0005", **facts: Any) -> Claim:
    """A claim paid on the 3rd of February and taken back two weeks later, not yet decided anew."""
    taken_back_on = PAID_ON + timedelta(days=14)
    none = {"allowed": Decimal(0), "paid": Decimal(0), "member_share": Decimal(0)}
    told = {"status": "reversed", "stated_on": taken_back_on, "decision_count": 2, **none, **facts}
    claim = decided(claim_number, **told)
    event(claim, "reversed", taken_back_on, amount=-PAID)
    return claim


def adjusted(claim_number: str = "26015A0006", **facts: Any) -> Claim:
    """A claim denied on the 3rd of February and paid when it was decided again, two weeks later."""
    again_on = PAID_ON + timedelta(days=14)
    told = {"stated_on": again_on, "decided_on": again_on, "decision_count": 2, **facts}
    claim = _claim(claim_number, {**_decided("paid"), **told}, [dict(line) for line in _LINES])
    event(claim, "denied", PAID_ON, amount=Decimal(0))
    event(claim, "adjusted", again_on, amount=claim.paid)
    return claim


def payment(claims: Sequence[Claim] = (), *, trace_number: str = "EFT0000117", **facts: Any) -> Payment:
    """A transfer of the 3rd of February that pays these claims as they stand; each then names it."""
    paid = sum((claim.paid or Decimal(0) for claim in claims), Decimal(0))
    told: dict[str, Any] = {
        "tax_id": claims[0].tax_id if claims else OWN,
        "payee_name": "Lakeside Family Practice",
        "payer_name": "Northlake Health Plan",
        "payer_number": "1999999999",
        "method": "ACH",
        "handling": "I",
        "amount": paid,
        "paid_on": PAID_ON,
        "claim_count": len(claims),
        "denied_count": sum(claim.status == Claim.Status.DENIED for claim in claims),
        "billed": sum((claim.billed for claim in claims), Decimal(0)),
        "loaded_at": NOW,
        **facts,
    }
    key = payment_numbers.key(trace_number)
    made = Payment.objects.create(trace_number=trace_number, number_key=key, **told)
    for position, claim in enumerate(claims):
        _pay(made, position, claim)
    return made


def event(claim: Claim, kind: str, on: date, *, code: str = "", amount: Decimal | None = None) -> ClaimEvent:
    """Something that happened to a claim."""
    return ClaimEvent.objects.create(claim=claim, kind=kind, on=on, code=code, amount=amount, noted_at=NOW)


def _as_sent(line: dict[str, Any]) -> dict[str, Any]:
    return {"code": line["code"], "billed": line["billed"]}


def _decided(status: str) -> dict[str, Any]:
    return {
        "status": status,
        "stated_on": PAID_ON,
        "decided_on": PAID_ON,
        "decision_count": 1,
        "allowed": ALLOWED,
        "paid": PAID,
        "member_share": OWED,
    }


def _claim(claim_number: str, facts: dict[str, Any], lines: Sequence[dict[str, Any]]) -> Claim:
    told: dict[str, Any] = {
        "patient_control_number": f"PC-{claim_number[-4:]}",
        "form": "professional",
        "line_id": HMO,
        "tax_id": OWN,
        "provider_npi": patients.NPI,
        "provider_name": "Mei Tran",
        "billing_npi": patients.NPI,
        "billing_name": "Lakeside Family Practice",
        "member_id": patients.ZEPHYRINE,
        "subscriber_number": f"S{patients.ZEPHYRINE}",
        "patient_last_name": "Quillfeather",
        "patient_first_name": "Zephyrine",
        "patient_birth_date": date(1984, 5, 6),
        "first_on": FIRST_ON,
        "received_on": RECEIVED_ON,
        "stated_on": RECEIVED_ON,
        "facility": "11",
        "diagnoses": ["E119"],
        "billed": BILLED,
        "changed_at": NOW,
        **facts,
    }
    claim = Claim.objects.create(claim_number=claim_number, **{"last_on": told["first_on"], **told})
    event(claim, "received", claim.received_on)
    for number, line in enumerate(lines, 1):
        day = {"first_on": claim.first_on, "last_on": claim.first_on, "place_of_service": claim.facility}
        models.ClaimLine.objects.create(
            claim=claim, number=number, **{"code_kind": "HC", "units": 1, "unit": "UN", **day, **line}
        )
    return claim


def _pay(payment: Payment, position: int, claim: Claim) -> None:
    models.ClaimPayment.objects.create(
        payment=payment,
        position=position,
        claim=claim,
        claim_number=claim.claim_number,
        patient_control_number=claim.patient_control_number,
        member_id=claim.member_id,
        patient_last_name=claim.patient_last_name,
        patient_first_name=claim.patient_first_name,
        line=claim.line_id,
        provider_npi=claim.provider_npi,
        status="4" if claim.status == Claim.Status.DENIED else "1",
        first_on=claim.first_on,
        billed=claim.billed,
        allowed=claim.allowed,
        paid=claim.paid or Decimal(0),
        member_share=claim.member_share,
        received_on=claim.received_on,
        content=paid_content.packed(_paid_claim(claim)),
    )
    Claim.objects.filter(pk=claim.pk).update(payment=payment)
    claim.payment = payment


def _paid_claim(claim: Claim) -> PaidClaim:
    """The claim as an 835 says it, with its lines."""
    return PaidClaim(
        patient_control_number=claim.patient_control_number,
        status="4" if claim.status == Claim.Status.DENIED else "1",
        billed=claim.billed,
        paid=claim.paid or Decimal("0.00"),
        claim_number=claim.claim_number,
        patient=Patient(claim.patient_last_name, claim.patient_first_name, member_id=claim.member_id),
        member_share=claim.member_share,
        filing="HM",
        facility=claim.facility,
        frequency="1",
        rendering=Party(claim.provider_name, npi=claim.provider_npi),
        received_on=claim.received_on,
        first_on=claim.first_on,
        last_on=claim.last_on,
        services=tuple(map(_paid_service, claim.lines.all())),
    )


def _paid_service(line: models.ClaimLine) -> PaidService:
    return PaidService(
        number=line.number,
        billed=line.billed,
        paid=line.paid or Decimal("0.00"),
        code_kind=line.code_kind,
        code=line.code,
        units=line.units,
        first_on=line.first_on,
        allowed=line.allowed,
        adjustments=tuple(
            Adjusted(Group(group), reason, Decimal(amount)) for group, reason, amount in line.adjustments
        ),
        remarks=tuple(line.remarks),
    )
