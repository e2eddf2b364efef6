"""Finding a provider in the roster by what somebody claims: an NPI, a licence, tax IDs.

Five queries, whatever is found: nobody learns from the work done what is on file.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Replace, Upper

from portico.domains.offices import contacts, models
from portico.domains.offices.listed import Listed, Roster
from portico.domains.permits.permit import Permit
from portico.shared.periods import Period

MOST_PROVIDERS: Final = 20
_IN_LICENCES: Final = ("-", " ", ".", "/", "#", ",")
# In place of an empty list, for which Django would not ask the database at all.
_NO_PROVIDER: Final = 0
_NO_NUMBER: Final = ""


def read(
    given: Permit, *, npi: str, tax_ids: Collection[str], licence_state: str = "", licence: str = ""
) -> Roster:
    """The provider of that NPI, and those with that licence who bill under one of the tax IDs today.

    `licence` in capital letters and digits without leading zeros; for "" organisations are found in place of
    those with the licence. Twenty of them at most.
    """
    on, asked = given.actor.today, [_NO_NUMBER, *tax_ids]
    known = list(models.TaxId.objects.filter(number__in=asked).order_by("number"))
    found = {row.pk: row for row in models.Provider.objects.filter(npi=npi)}
    found |= {row.pk: row for row in _billing(asked, licence_state, licence, on)}
    standing = _standing(list(found), asked, on)
    return Roster(
        tuple(_listed(row, standing.get(row.pk, ()), on) for row in found.values()),
        {row.number: row.name for row in known},
        {row.number: row.office_id for row in known if row.office_id is not None},
        _shared(asked, on),
    )


def _billing(tax_ids: Sequence[str], state: str, licence: str, on: date) -> Iterable[models.Provider]:
    """The end of the licence narrows the search; whoever asks compares it as a whole."""
    rows = models.Affiliation.objects.filter(_in_force(on), tax_id__number__in=tax_ids)
    signs = models.Provider.objects.annotate(signs=_signs())
    same = Q(licence_state=state, signs__endswith=licence) if licence else Q(is_organization=True)
    return signs.filter(same, pk__in=rows.values("provider")).order_by("pk")[:MOST_PROVIDERS]


def _signs() -> Upper:
    """The licence as it is compared, but for what leads it."""
    signs: Any = F("licence_number")
    for sign in _IN_LICENCES:
        signs = Replace(signs, Value(sign), Value(""))
    return Upper(signs)


def _standing(
    providers: Sequence[int], tax_ids: Sequence[str], on: date
) -> Mapping[int, list[dict[str, Any]]]:
    """The affiliations of these providers with these tax IDs, by provider."""
    line = models.Participation.objects.filter(_in_force(on), affiliation=OuterRef("pk"))
    rows = models.Affiliation.objects.filter(
        provider__in=[_NO_PROVIDER, *providers], tax_id__number__in=tax_ids
    ).annotate(takes_part=Exists(line))
    found: dict[int, list[dict[str, Any]]] = {}
    named = ("provider", "tax_id__number", "first_on", "last_on", "takes_part", *contacts.KINDS)
    for row in rows.order_by("tax_id__number", "first_on").values(*named):
        found.setdefault(row["provider"], []).append(row)
    return found


def _listed(row: models.Provider, standing: Sequence[Mapping[str, Any]], on: date) -> Listed:
    running = [each for each in standing if Period(each["first_on"], each["last_on"]).holds(on)]
    return Listed(
        npi=row.npi,
        is_organization=row.is_organization,
        last_name=row.last_name,
        first_name=row.first_name,
        middle_name=row.middle_name,
        licence_number=row.licence_number,
        licence_state=row.licence_state,
        billed=_numbers(standing),
        in_force=_numbers(running),
        participating=_numbers(each for each in running if each["takes_part"]),
        contacts=tuple((kind, each[kind]) for each in running for kind in contacts.KINDS if each[kind]),
    )


def _shared(tax_ids: Sequence[str], on: date) -> frozenset[str]:
    """Those under which more than one bills, a person or an organisation.

    An organisation may be the person's own company or their employer: the roster does not say which.
    """
    rows = models.Affiliation.objects.filter(_in_force(on), tax_id__number__in=tax_ids)
    counted = rows.values("tax_id__number").annotate(billing=Count("provider", distinct=True))
    return frozenset(counted.filter(billing__gt=1).values_list("tax_id__number", flat=True))


def _numbers(rows: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(row["tax_id__number"] for row in rows)


def _in_force(on: date) -> Q:
    return Q(first_on__lte=on) & (Q(last_on__isnull=True) | Q(last_on__gte=on))
