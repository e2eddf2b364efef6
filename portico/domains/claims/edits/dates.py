"""Edits of days. Pure; both ends of every period count."""

from collections.abc import Iterator

from portico.domains.claims.edits import spots
from portico.domains.claims.edits.codes import Code, Misfit
from portico.domains.claims.edits.known import Known
from portico.domains.claims.facts.submitted import Form, SentClaim, SentService


def of_claim(claim: SentClaim) -> Iterator[Misfit]:
    """Days are there, in their order, and a line's lie within the statement's."""
    if claim.form is Form.INSTITUTIONAL and claim.first_on is None:
        yield spots.of_claim(claim, Code.SERVICE_DATE_MISSING, "first_on")
    if claim.first_on and claim.last_on and claim.last_on < claim.first_on:
        yield spots.of_claim(claim, Code.DATES_REVERSED, "last_on")
    for service in claim.services:
        yield from _of_service(claim, service)
    yield from _of_birth(claim)


def of_days_known(claim: SentClaim, known: Known) -> Iterator[Misfit]:
    """Nothing was done after the day the claim came in."""
    if claim.last_on and claim.last_on > known.received_on:
        yield spots.of_claim(claim, Code.DATE_IN_FUTURE, "last_on")
    for service in claim.services:
        last = service.last_on or service.first_on
        if last and last > known.received_on:
            yield spots.of_service(claim, service, Code.DATE_IN_FUTURE, "last_on")


def _of_service(claim: SentClaim, service: SentService) -> Iterator[Misfit]:
    first, last = service.first_on, service.last_on or service.first_on
    if first is None or last is None:
        if claim.form is Form.PROFESSIONAL:
            yield spots.of_service(claim, service, Code.SERVICE_DATE_MISSING, "first_on")
        return
    if last < first:
        yield spots.of_service(claim, service, Code.DATES_REVERSED, "last_on")
    elif claim.form is Form.INSTITUTIONAL and claim.first_on:
        statement_ends = claim.last_on or claim.first_on
        if first < claim.first_on or last > statement_ends:
            yield spots.of_service(claim, service, Code.DATE_OUTSIDE_STATEMENT, "first_on")


def _of_birth(claim: SentClaim) -> Iterator[Misfit]:
    born, first = claim.treated.birth_date, claim.starts_on
    if born and first and first < born:
        who = "patient" if claim.patient else "subscriber"
        yield spots.of_claim(claim, Code.DATE_BEFORE_BIRTH, f"{who}.birth_date")
