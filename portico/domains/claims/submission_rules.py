"""What a claim has to say of itself to be taken in, before anybody is asked who it is about. Pure."""

from decimal import Decimal

from portico.domains.claims.facts.submitted import SentClaim
from portico.domains.claims.loading_reasons import ClaimReason

REPLACES, VOIDS = "7", "8"
_MOST_NUMBER, _REVENUE_CODE = 32_767, 4
_CORRECTS = frozenset({REPLACES, VOIDS})


def refusal(sent: SentClaim) -> tuple[ClaimReason, str] | None:
    """Answers why a claim cannot be taken in, and what it is about; None where nothing speaks against it."""
    if not sent.tracking_number:
        return ClaimReason.CLAIM_NUMBER_MISSING, "REF*D9"
    if sent.starts_on is None:
        return ClaimReason.FIRST_DAY_MISSING, ""
    if not sent.services:
        return ClaimReason.NO_SERVICES, ""
    return _of_lines(sent)


def _of_lines(sent: SentClaim) -> tuple[ClaimReason, str] | None:
    numbers = [line.number for line in sent.services]
    if len(set(numbers)) < len(numbers):
        return ClaimReason.SERVICE_NUMBER_TWICE, "LX01"
    if max(numbers) > _MOST_NUMBER:
        return ClaimReason.VALUE_TOO_LONG, "LX01"
    if any(len(line.revenue_code) > _REVENUE_CODE for line in sent.services):
        return ClaimReason.VALUE_TOO_LONG, "SV201"
    out_by = out_of_balance(sent)
    return (ClaimReason.CHARGES_DO_NOT_ADD_UP, f"{out_by:.2f}") if out_by else None


def out_of_balance(sent: SentClaim) -> Decimal:
    """By how much the claim's charge is more than those of its lines together; zero where they are equal."""
    return sent.billed - sum((line.billed for line in sent.services), Decimal(0))


def corrects(sent: SentClaim) -> bool:
    """Whether the claim stands in for another one, or takes it back."""
    return sent.frequency in _CORRECTS
