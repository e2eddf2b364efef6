"""Edits of how a claim stands to others: meant for this plan, and to what it takes the place of. Pure."""

from collections.abc import Iterator

from portico.domains.claims.edits import people, spots
from portico.domains.claims.edits.codes import Code, Misfit
from portico.domains.claims.edits.forms import REPLACING, VOID
from portico.domains.claims.edits.known import Known
from portico.domains.claims.facts.submitted import SentClaim


def of_transaction(claim: SentClaim, known: Known) -> Iterator[Misfit]:
    """What is taken in as an encounter says that it is one, and is meant for this plan."""
    if known.as_encounters and not claim.is_encounter:
        yield spots.of_claim(claim, Code.NOT_AN_ENCOUNTER, "is_encounter")
    number = claim.payer.payer_number
    if number and known.payer_numbers and number not in known.payer_numbers:
        yield spots.of_claim(claim, Code.OTHER_PAYER, "payer.payer_number")


def of_original(claim: SentClaim, known: Known) -> Iterator[Misfit]:
    """What replaces or voids names one of the same tax ID and person that is still in force."""
    if claim.frequency not in (REPLACING, VOID):
        return
    if not claim.original_number:
        yield spots.of_claim(claim, Code.ORIGINAL_MISSING, "original_number")
        return
    original = known.originals.get(claim.original_number)
    if original is None or original.tax_id != claim.billing.tax_id:
        yield spots.of_claim(claim, Code.ORIGINAL_UNKNOWN, "original_number")
    elif not original.is_in_force:
        yield spots.of_claim(claim, Code.ORIGINAL_NOT_IN_FORCE, "original_number", about=original.successor)
    else:
        treated = people.member(claim, known)
        if treated is not None and treated.member_id != original.member_id:
            yield spots.of_claim(claim, Code.ORIGINAL_OF_ANOTHER, "original_number")
