"""Judges a claim by every edit: the one door to them. Pure; most claims pass all in a few microseconds."""

from collections.abc import Callable, Iterator

from portico.domains.claims.edits import amounts, dates, forms, people, standing
from portico.domains.claims.edits.codes import Misfit
from portico.domains.claims.edits.forms import VOID
from portico.domains.claims.edits.known import Known
from portico.domains.claims.facts.submitted import SentClaim

_ALONE: tuple[Callable[[SentClaim], Iterator[Misfit]], ...] = (
    forms.of_claim,
    forms.of_services,
    forms.of_diagnoses,
    amounts.of_claim,
    dates.of_claim,
    people.of_identifiers,
)
_WITH_KNOWN: tuple[Callable[[SentClaim, Known], Iterator[Misfit]], ...] = (
    standing.of_transaction,
    standing.of_original,
    dates.of_days_known,
    people.of_member,
    people.of_providers,
)
_OF_VOID = (standing.of_transaction, standing.of_original)
"""What voids another need not be right in itself."""


def judge(claim: SentClaim, known: Known) -> tuple[Misfit, ...]:
    """Everything that is wrong with the claim, in the order of a claim's reading; none: it may be taken."""
    if claim.frequency == VOID:
        return tuple(misfit for edit in _OF_VOID for misfit in edit(claim, known))
    return (*by_itself(claim), *(misfit for edit in _WITH_KNOWN for misfit in edit(claim, known)))


def by_itself(claim: SentClaim) -> tuple[Misfit, ...]:
    """What is wrong with the claim whatever the plan knows: nothing is told of members or providers."""
    return tuple(misfit for edit in _ALONE for misfit in edit(claim))
