"""Money as the portal speaks it: `Decimal` dollars with two places."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def to_cents(amount: Decimal) -> Decimal:
    """`amount` rounded half up to whole cents."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def remaining(limit: Decimal, used: Decimal) -> Decimal:
    """What is left of `limit` after `used`; never below zero."""
    return max(ZERO, to_cents(limit - used))
