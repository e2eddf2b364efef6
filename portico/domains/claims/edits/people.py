"""Edits of who: identifiers in their form, the member known and covered, who treated of that tax ID.

Pure.
"""

from collections.abc import Iterator

from portico.domains.claims.edits import spots
from portico.domains.claims.edits.codes import Code, Misfit
from portico.domains.claims.edits.known import Known, KnownMember
from portico.domains.claims.facts.submitted import Form, Party, Patient, SentClaim
from portico.shared import identifiers, names

_PARTIES = ("billing", "rendering", "referring", "attending", "service_place")


def of_identifiers(claim: SentClaim) -> Iterator[Misfit]:
    """Every NPI keeps its check digit; the billing provider has NPI and tax ID, the subscriber an ID."""
    if not claim.billing.npi:
        yield spots.of_claim(claim, Code.NPI_MISSING, "billing.npi")
    for name in _PARTIES:
        party: Party | None = getattr(claim, name)
        if party is not None and party.npi and not _is_npi(party.npi):
            yield spots.of_claim(claim, Code.NPI_FORM, f"{name}.npi")
    for service in claim.services:
        if service.rendering and service.rendering.npi and not _is_npi(service.rendering.npi):
            yield spots.of_service(claim, service, Code.NPI_FORM, "rendering.npi")
    if claim.form is Form.INSTITUTIONAL and (claim.attending is None or not claim.attending.npi):
        yield spots.of_claim(claim, Code.ATTENDING_MISSING, "attending.npi")
    yield from _of_tax_id(claim)
    if not claim.subscriber.member_id:
        yield spots.of_claim(claim, Code.MEMBER_ID_MISSING, "subscriber.member_id")


def of_member(claim: SentClaim, known: Known) -> Iterator[Misfit]:
    """The plan knows who was treated, by ID, birth date and name, and covered them on the first day."""
    if not claim.subscriber.member_id:
        return
    people = known.members.get(identifiers.compact_member_id(claim.subscriber.member_id), ())
    if not people:
        yield spots.of_claim(claim, Code.MEMBER_UNKNOWN, "subscriber.member_id")
        return
    who = "patient" if claim.patient else "subscriber"
    found = member(claim, known)
    if found is None:
        same_day = any(_is_born_on(claim.treated, each) for each in people)
        code, name = (
            (Code.MEMBER_NAME_DIFFERS, "last_name")
            if same_day
            else (Code.MEMBER_BIRTH_DATE_DIFFERS, "birth_date")
        )
        yield spots.of_claim(claim, code, f"{who}.{name}")
    elif claim.starts_on and not found.line_on(claim.starts_on):
        yield spots.of_claim(claim, Code.MEMBER_NOT_COVERED, "subscriber.member_id")


def of_providers(claim: SentClaim, known: Known) -> Iterator[Misfit]:
    """Who treated is known to the plan and bills under that tax ID on that day; a billing provider beside
    them, as a group, does so where the plan knows it.
    """
    rendering = claim.rendering.npi if claim.rendering else ""
    treating = "rendering.npi" if rendering else "billing.npi"
    yield from _of_provider(claim, known, treating, rendering or claim.billing.npi)
    if rendering and claim.billing.npi != rendering and claim.billing.npi in known.npis:
        yield from _of_provider(claim, known, "billing.npi", claim.billing.npi)


def member(claim: SentClaim, known: Known) -> KnownMember | None:
    """Who was treated; None where nobody of that number has this birth date and name.

    Several of a family share a subscriber's number: the one whose facts agree is meant.
    """
    people = known.members.get(identifiers.compact_member_id(claim.subscriber.member_id), ())
    found = [each for each in people if _is_meant(claim.treated, each)]
    return found[0] if found else None


def _is_meant(sent: Patient, held: KnownMember) -> bool:
    return _is_born_on(sent, held) and _is_named(sent, held)


def _is_born_on(sent: Patient, held: KnownMember) -> bool:
    return sent.birth_date is None or sent.birth_date == held.birth_date


def _is_named(sent: Patient, held: KnownMember) -> bool:
    """Last names agree as they are compared; of first names one may be an initial of the other."""
    last, first = names.key(sent.last_name), names.key(sent.first_name)
    if last and last != held.last_key:
        return False
    return not first or first.startswith(held.first_key) or held.first_key.startswith(first)


def _of_tax_id(claim: SentClaim) -> Iterator[Misfit]:
    if not claim.billing.tax_id:
        yield spots.of_claim(claim, Code.TAX_ID_MISSING, "billing.tax_id")
    elif len(claim.billing.tax_id) != 9 or not claim.billing.tax_id.isdecimal():
        yield spots.of_claim(claim, Code.TAX_ID_FORM, "billing.tax_id")


def _of_provider(claim: SentClaim, known: Known, name: str, npi: str) -> Iterator[Misfit]:
    if not npi or not _is_npi(npi):
        return
    periods = known.affiliations.get((npi, claim.billing.tax_id), ())
    on = claim.starts_on
    if npi not in known.npis:
        yield spots.of_claim(claim, Code.PROVIDER_UNKNOWN, name)
    elif not any(on is None or period.holds(on) for period in periods):
        yield spots.of_claim(claim, Code.PROVIDER_NOT_AFFILIATED, name)


def _is_npi(text: str) -> bool:
    try:
        return identifiers.parse_npi(text) == text
    except identifiers.BadIdentifier:
        return False
