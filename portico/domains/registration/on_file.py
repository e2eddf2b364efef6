"""What the plan holds now of what an application claims, for its desk alone: values, and how they compare."""

from collections.abc import Mapping
from dataclasses import dataclass

from portico.domains.offices import billing, roster
from portico.domains.offices.billing import Billed
from portico.domains.offices.listed import Listed, Roster
from portico.domains.permits.permit import Permit
from portico.domains.registration import catalogue, matching, matching_rules, models, owners
from portico.domains.registration.catalogue_rows import Holds, Offer
from portico.domains.registration.claims import Claim, Compared, Field, licence_key


@dataclass(frozen=True, slots=True)
class Facts:
    """How each field compares now, the offices that bill under a claimed tax ID, whether somebody owns the
    licence, what was offered to who registers (None: nobody may register so), and whether a claimed tax ID is
    that of a practice where a billing company registers, or the other way round.
    """

    compared: Mapping[Field, Compared]
    roster: Roster
    is_claimed: bool
    offer: Offer | None
    is_of_another_kind: bool

    @property
    def offices(self) -> tuple[int, ...]:
        """The offices that bill under a claimed tax ID, each once."""
        return tuple(dict.fromkeys(self.roster.offices.values()))


@dataclass(frozen=True, slots=True)
class OnFile:
    """The provider on file with whom most agrees: None where none has the NPI or the licence.

    `tax_ids`: all the provider bills under today. `named`: the claimed tax IDs that are on file, with names.
    """

    provider: Listed | None
    tax_ids: tuple[Billed, ...]
    named: Mapping[str, str]


def facts(given: Permit, claim: Claim) -> Facts:
    """What decides of a claim today."""
    offer = catalogue.offer(claim.account_type, claim.user_type, number=claim.catalogue)
    key = licence_key(claim.licence_number)
    holds = offer.holds if offer else Holds.NOBODY
    found = roster.read(
        given, npi=claim.npi, tax_ids=claim.tax_ids, licence_state=claim.licence_state, licence=key
    )
    return Facts(
        compared={each.field: each for each in matching.compare(given, claim).compared},
        roster=found,
        is_claimed=holds is Holds.BOTH and owners.is_claimed(claim.licence_state, key),
        offer=offer if holds is not Holds.NOBODY else None,
        is_of_another_kind=_is_of_another_kind(given, claim),
    )


def _is_of_another_kind(given: Permit, claim: Claim) -> bool:
    if matching_rules.is_company(claim):
        return billing.is_a_practices(given, claim.tax_ids, on=given.actor.today)
    return billing.is_a_billing_companys(given, claim.tax_ids)


def values(given: Permit, claim: Claim, known: Facts) -> OnFile:
    """What the provider file holds for it."""
    holds = known.offer.holds if known.offer else Holds.NOBODY
    provider = matching_rules.closest(known.roster, claim, holds)
    billed = billing.tax_ids_of(given, provider.npi, on=given.actor.today) if provider else ()
    return OnFile(provider, billed, known.roster.tax_ids)


def owner_of(application: models.Application) -> models.LicenceOwner | None:
    """Who owns the licence of the application here."""
    if not application.licence_key:
        return None
    rows = models.LicenceOwner.objects.filter(state=application.licence_state, key=application.licence_key)
    return rows.filter(until__isnull=True).select_related("office").first()
