"""What the provider file says of a provider on a day, and which tax IDs and groups belong together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Q

from portico.domains.offices import models, rules
from portico.shared import prepared
from portico.shared.periods import Period
from portico.shared.prepared import Given

_OF_PROVIDER = prepared.Query(
    lambda: models.Affiliation.objects.filter(provider__npi=Given("npi", CharField())).select_related(
        "provider", "tax_id", "group"
    ),
    may_be_remembered=True,
)


@dataclass(frozen=True, slots=True)
class Described:
    """A provider under one tax ID; the place is empty where the file knows none under that tax ID.

    `group_code` and `group_name` are the medical group through which it serves members; empty: contracted
    directly. An organisation's name is its `last_name`, without a first.
    """

    npi: str
    name: str
    specialty: str
    tax_id: str = ""
    tax_id_name: str = ""
    group_code: str = ""
    group_name: str = ""
    address: str = ""
    telephone: str = ""
    last_name: str = ""
    first_name: str = ""


def describe(npi: str, tax_id: str, *, on: date) -> Described | None:
    """The provider as it practises under `tax_id` (empty: under any) on a day; None when nobody knows it.

    One query. An affiliation that is over or yet to come still tells the place, when none is in force.
    """
    rows = _OF_PROVIDER.rows(npi=npi)
    if not rows:
        return None
    facts = [rules.Affiliated(row.tax_id.number, Period(row.first_on, row.last_on)) for row in rows]
    place = rules.speaking(facts, tax_id=tax_id, on=on)
    return _nowhere(rows[0].provider) if place is None else _described(rows[place])


def groups_of(tax_ids: Collection[str], *, on: date) -> frozenset[str]:
    """The codes of the medical groups through which these tax IDs serve members on a day. One query."""
    in_force = Q(first_on__lte=on) & (Q(last_on__isnull=True) | Q(last_on__gte=on))
    rows = models.Affiliation.objects.filter(in_force, tax_id__number__in=tax_ids, group__isnull=False)
    return frozenset(rows.values_list("group__code", flat=True).distinct())


def tax_ids_of(npi: str, *, on: date) -> frozenset[str]:
    """Every tax ID a provider bills under on a day, whoever's it is; none for an unknown NPI. One query."""
    periods = ((row.tax_id.number, Period(row.first_on, row.last_on)) for row in _OF_PROVIDER.rows(npi=npi))
    return frozenset(number for number, period in periods if period.holds(on))


def same_office(tax_id: str) -> frozenset[str]:
    """The tax IDs of the office that bills under this one, itself included. One query."""
    siblings = models.TaxId.objects.filter(office__tax_ids__number=tax_id).values_list("number", flat=True)
    return frozenset(siblings) | {tax_id}


def name(row: models.Provider) -> str:
    """The provider as people call it: the organisation's name, or first and last name with the credential."""
    if row.is_organization:
        return row.last_name
    called = " ".join(filter(None, (row.first_name, row.middle_name, row.last_name, row.suffix)))
    return ", ".join(filter(None, (called, row.credential)))


def _nowhere(row: models.Provider) -> Described:
    return Described(
        npi=row.npi,
        name=name(row),
        specialty=row.specialty,
        last_name=row.last_name,
        first_name=row.first_name,
    )


def _described(row: models.Affiliation) -> Described:
    return Described(
        npi=row.provider.npi,
        name=name(row.provider),
        specialty=row.provider.specialty,
        tax_id=row.tax_id.number,
        tax_id_name=row.tax_id.name,
        group_code=row.group.code if row.group else "",
        group_name=row.group.name if row.group else "",
        address=_address(row),
        telephone=row.telephone,
        last_name=row.provider.last_name,
        first_name=row.provider.first_name,
    )


def _address(row: models.Affiliation) -> str:
    town = " ".join(filter(None, (row.state, row.postal_code)))
    return ", ".join(filter(None, (row.address, row.city, town)))
