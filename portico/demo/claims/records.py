"""What `var/demo.json` tells of claims and payments: those that guides can name, and where they stand."""

from typing import Any

from portico.demo.claims.drawn import Drawn
from portico.demo.claims.named import everything
from portico.domains.claims import rules
from portico.domains.claims.facts.paid import PaymentWithClaims

_SAYS = {one.key: one.says for one in everything() if one.key}
_REPLACES = "Replaces the claim before, corrected; paid"


def claim(drawn: Drawn) -> dict[str, Any]:
    """A named claim: its numbers, whose it is, where it stands, and what the office learns."""
    return {
        "key": drawn.key,
        "claim_number": drawn.number,
        "patient_control_number": drawn.sent.patient_control_number,
        "subscriber_id": drawn.sent.subscriber.member_id[:-2],
        "member_id": drawn.sent.subscriber.member_id,
        "tax_id": drawn.tax_id,
        "line": drawn.line,
        "first_on": drawn.sent.services[0].first_on.isoformat() if drawn.sent.services[0].first_on else None,
        "status": status(drawn),
        "says": _SAYS.get(drawn.key, _REPLACES),
    }


def status(drawn: Drawn) -> str:
    """Where the claim stands today."""
    if not drawn.decisions:
        return str(drawn.extracts[-1].status)
    return str(rules.CLAIM_STATUS[drawn.decisions[-1].claim.status])


def payment(sent: PaymentWithClaims) -> dict[str, Any]:
    """A payment: its number, to whom, how much, when."""
    return {
        "trace_number": sent.payment.trace_number,
        "tax_id": sent.payment.payee.tax_id,
        "amount": str(sent.payment.amount),
        "method": sent.payment.method,
        "paid_on": sent.payment.paid_on.isoformat(),
        "claims": len(sent.claims),
    }
