"""What has to add up in a payment, to the cent: its service lines, its claims, the payment itself.

    service   billed - adjustments                         = paid
    claim     billed - adjustments of it and of its lines  = paid
    payment   paid of all claims - adjustments of it       = amount

Pure. Each function answers by how much it does not add up: zero where it does.
"""

from collections.abc import Iterable
from decimal import Decimal

from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.facts.paid import PaidClaim, PaidService, SentPayment

_NOTHING = Decimal("0.00")


def service_gap(service: PaidService) -> Decimal:
    """Answers what a line's billed amount less its adjustments has over what was paid."""
    return service.billed - taken_off(service.adjustments) - service.paid


def claim_gap(claim: PaidClaim) -> Decimal:
    """Answers the same of a claim, with the adjustments of its lines."""
    of_lines = sum((taken_off(service.adjustments) for service in claim.services), _NOTHING)
    return claim.billed - taken_off(claim.adjustments) - of_lines - claim.paid


def payment_gap(payment: SentPayment, paid: Decimal) -> Decimal:
    """Answers what its claims were `paid` less the payment's own adjustments has over its amount."""
    return paid - sum((change.amount for change in payment.adjustments), _NOTHING) - payment.amount


def taken_off(adjustments: Iterable[Adjusted]) -> Decimal:
    """Answers how much adjustments take off."""
    return sum((adjusted.amount for adjusted in adjustments), _NOTHING)


def member_share(claim: PaidClaim) -> Decimal:
    """Answers what is the member's of a claim: its adjustments and those of its lines under PR."""
    return _share(claim.adjustments) + sum((service_share(service) for service in claim.services), _NOTHING)


def service_share(service: PaidService) -> Decimal:
    """Answers what is the member's of a line."""
    return _share(service.adjustments)


def allowed(claim: PaidClaim) -> Decimal:
    """Answers what the plan's terms allow of a claim: said by its lines, else paid and the member's share."""
    if any(service.allowed is not None for service in claim.services):
        return sum((service_allowed(service) for service in claim.services), _NOTHING)
    return claim.paid + member_share(claim)


def service_allowed(service: PaidService) -> Decimal:
    """Answers the same of a line; said without a sign, it takes that of what was billed."""
    if service.allowed is None:
        return service.paid + service_share(service)
    return -abs(service.allowed) if service.billed < 0 else service.allowed


def _share(adjustments: Iterable[Adjusted]) -> Decimal:
    return taken_off(adjusted for adjusted in adjustments if adjusted.group is Group.PATIENT)
