"""Looking a claim up in the lists the plan has loaded: licences of the states' boards, and who is excluded.

The same queries whatever is found, and whichever list was loaded.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from django.db.models import Q, QuerySet

from portico.domains.offices.listed import Listed
from portico.domains.permits.permit import Permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.domains.registration import catalogue, models
from portico.domains.registration.catalogue_rows import Holds
from portico.domains.registration.claims import Basis, Claim, Compared, Field, Finding, licence_key
from portico.shared import names

LONGEST_KEY: Final = 160
MOST_ROWS: Final = 10
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


def look_up(given: Permit, claim: Claim, *, provider: Listed | None = None) -> tuple[Compared, ...]:
    """What each list says: of the licence, where one is claimed, and of whether anybody named is excluded.

    `provider`: the claim's own in the provider file, under whose whole name it is looked for too. NOT_LOADED,
    without `as_of`, for a list that never was, or that holds no licence of the state.
    """
    on = given.actor.today
    as_of = freshness.of()
    licence = _licence(claim, on, as_of.get(Feed.LICENCES))
    exclusion = _exclusion(claim, provider, on, as_of.get(Feed.EXCLUSIONS))
    return (licence, exclusion) if claim.licence_number else (exclusion,)


@dataclass(frozen=True, slots=True)
class Rows:
    """What the lists hold of a claim, for the plan's desk: a licence of that number, and who is excluded."""

    licences: tuple[models.Licence, ...]
    exclusions: tuple[models.Exclusion, ...]


def rows(given: Permit, claim: Claim, *, provider: Listed | None = None) -> Rows:
    """The rows that a look-up goes by; ten of a list at most. Two queries."""
    key = licence_key(claim.licence_number)
    licences = models.Licence.objects.filter(state=claim.licence_state, key=key).exclude(key="")
    excluded = _standing(claim, provider, given.actor.today, freshness.of().get(Feed.EXCLUSIONS))
    return Rows(tuple(licences[:MOST_ROWS]), tuple(excluded.order_by("pk")[:MOST_ROWS]))


def exclusion_key(last_name: str, first_name: str = "") -> str:
    """The name of an excluded person, or in `last_name` of an organisation, as names are looked up."""
    return (names.key(last_name) + names.key(first_name))[:LONGEST_KEY]


def _licence(claim: Claim, on: date, as_of: datetime | None) -> Compared:
    of_state = models.Licence.objects.filter(state=claim.licence_state)
    row = of_state.filter(key=licence_key(claim.licence_number)).first()
    is_loaded = of_state.exists() and as_of is not None
    if not is_loaded:
        return Compared(Field.LICENCE_LIST, Finding.NOT_LOADED, Basis.LICENCE_LIST)
    finding = Finding.NOT_FOUND if row is None else _of_row(row, claim, on)
    return Compared(Field.LICENCE_LIST, finding, Basis.LICENCE_LIST, row.as_of if row else as_of)


def _of_row(row: models.Licence, claim: Claim, on: date) -> Finding:
    if not row.is_active or (row.expires_on is not None and row.expires_on < on):
        return Finding.NOT_ACTIVE
    return Finding.AGREES if _is_named(row.name, claim) else Finding.DIFFERS


def _is_named(listed: str, claim: Claim) -> bool:
    """Does the list name the applicant? Whoever runs the office for the physician has another name."""
    offer = catalogue.offer(claim.account_type, claim.user_type, number=claim.catalogue)
    if offer is None or offer.holds is not Holds.BOTH:
        return True
    words = [names.key(word) for word in listed.replace(",", " ").split()]
    first = names.key(claim.first_name)
    has_first = any(word.startswith(first) or first.startswith(word) for word in words if word)
    return names.key(claim.last_name) in "".join(words) and has_first


def _exclusion(claim: Claim, provider: Listed | None, on: date, as_of: datetime | None) -> Compared:
    is_excluded = _standing(claim, provider, on, as_of).exists()
    if as_of is None:
        return Compared(Field.EXCLUSIONS, Finding.NOT_LOADED, Basis.EXCLUSION_LIST)
    finding = Finding.EXCLUDED if is_excluded else Finding.AGREES
    return Compared(Field.EXCLUSIONS, finding, Basis.EXCLUSION_LIST, as_of)


def _standing(
    claim: Claim, provider: Listed | None, on: date, as_of: datetime | None
) -> "QuerySet[models.Exclusion]":
    """A row with an NPI speaks of that one alone; one without of whoever has the name, in the same state.

    The provider file takes an initial for a first name, the list does not: so both names are looked for.
    """
    keys = [exclusion_key(claim.last_name, claim.first_name), exclusion_key(claim.office_name)]
    keys += [exclusion_key(provider.last_name, provider.first_name)] if provider else []
    states = ["", *filter(None, (claim.licence_state, claim.state_code))]
    by_npi = Q(npi=claim.npi) & ~Q(npi="")
    by_name = Q(npi="", name_key__in=keys, state__in=states)
    rows = models.Exclusion.objects.filter(by_npi | by_name, excluded_on__lte=on)
    return rows.filter(Q(reinstated_on=None) | Q(reinstated_on__gt=on), as_of__gte=as_of or _NEVER)
