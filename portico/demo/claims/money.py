"""Cents, in which claims are decided, as the dollars that feeds speak of."""

from decimal import Decimal

from portico.shared.money import CENT


def dollars(cents: int) -> Decimal:
    """The amount with two places."""
    return (Decimal(cents) * CENT).quantize(CENT)
