"""Edits of money and units. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from portico.domains.claims.edits import spots
from portico.domains.claims.edits.codes import Code, Misfit
from portico.domains.claims.facts.submitted import SentClaim

MOST_DOLLARS = Decimal("99999999.99")
_NOTHING = Decimal(0)


def of_claim(claim: SentClaim) -> Iterator[Misfit]:
    """The lines' charges make the claim's; no charge lies below nothing or beyond what bills are."""
    if claim.billed < _NOTHING:
        yield spots.of_claim(claim, Code.CHARGE_NEGATIVE, "billed")
    if claim.billed > MOST_DOLLARS:
        yield spots.of_claim(claim, Code.CHARGE_TOO_LARGE, "billed")
    for service in claim.services:
        if service.billed < _NOTHING:
            yield spots.of_service(claim, service, Code.CHARGE_NEGATIVE, "billed")
        if service.units <= _NOTHING:
            yield spots.of_service(claim, service, Code.UNITS_NOT_POSITIVE, "units")
    together = sum((service.billed for service in claim.services), _NOTHING)
    if claim.services and together != claim.billed:
        yield spots.of_claim(claim, Code.CHARGES_DO_NOT_ADD_UP, "billed", about=f"{together:.2f}")
