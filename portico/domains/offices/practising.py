"""Providers who bill under some tax IDs, for whoever chooses among them; and what tax IDs are called."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.offices import models, providers
from portico.shared import names, pages

PAGE = 20
MOST_PLACES = 100


@dataclass(frozen=True, slots=True)
class Practising:
    """A provider, the tax IDs of those asked for that it bills under, and where, each place once."""

    npi: str
    name: str
    specialty: str
    tax_ids: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which providers: `text` is part of a name, or an NPI; `place` as `places` names them; some `npis`."""

    text: str = ""
    place: str = ""
    npis: Collection[str] | None = None


def page(
    tax_ids: Collection[str], *, on: date, wanted: Wanted | None = None, key: str = "", size: int = PAGE
) -> pages.Page[Practising]:
    """The providers who bill under these tax IDs on that day or later, by name; the key is an NPI.

    Two queries, three for a further page.
    """
    asked = wanted or Wanted()
    billing = _affiliations(tax_ids, on)
    if asked.place:
        address, _, city = asked.place.rpartition(", ")
        billing = billing.filter(address=address, city=city)
    found = models.Provider.objects.filter(Exists(billing.filter(provider=OuterRef("pk"))), _like(asked.text))
    if asked.npis is not None:
        found = found.filter(npi__in=asked.npis)
    rows = list(_after(found, key).order_by("name_key", "npi")[: size + 1])
    cut = pages.cut(rows, size=size, key_of=lambda row: row.npi)
    where = _where([row.pk for row in cut.rows], tax_ids, on)
    return pages.Page(tuple(_practising(row, where.get(row.pk, ())) for row in cut.rows), cut.next_key)


def under(npis: Collection[str], tax_ids: Collection[str], *, on: date) -> frozenset[str]:
    """Those of these NPIs that bill under one of the tax IDs on that day or later. One query."""
    rows = _affiliations(tax_ids, on).filter(provider__npi__in=npis)
    return frozenset(rows.values_list("provider__npi", flat=True))


def places(tax_ids: Collection[str], *, on: date) -> tuple[str, ...]:
    """Where providers practise under these tax IDs, as "address, city", a hundred at most. One query."""
    rows = _affiliations(tax_ids, on).exclude(address="").order_by("city", "address")
    found = rows.values_list("address", "city").distinct()[:MOST_PLACES]
    return tuple(f"{address}, {city}" for address, city in found)


def names_of(tax_ids: Collection[str]) -> Mapping[str, str]:
    """What these tax IDs are called, by number; an unknown one is absent. One query."""
    rows = models.TaxId.objects.filter(number__in=tax_ids).order_by("number")
    return dict(rows.values_list("number", "name"))


def _affiliations(tax_ids: Collection[str], on: date) -> QuerySet[models.Affiliation]:
    """Those in force on that day, and those to come."""
    lasts = Q(last_on__isnull=True) | Q(last_on__gte=on)
    return models.Affiliation.objects.filter(lasts, tax_id__number__in=tax_ids)


def _like(text: str) -> Q:
    """An NPI as a whole, or each word part of the name."""
    if pages.is_row(text.strip()):
        return Q(npi=text.strip())
    wanted = Q()
    for word in text.split():
        wanted &= (
            Q(last_name__icontains=word)
            | Q(first_name__icontains=word)
            | Q(name_key__contains=names.key(word) or word)
        )
    return wanted


def _after(found: QuerySet[models.Provider], key: str) -> QuerySet[models.Provider]:
    last = (
        models.Provider.objects.filter(npi=key).values_list("name_key", flat=True).first()
        if pages.is_row(key)
        else None
    )
    if last is None:
        return found
    return found.filter(Q(name_key__gt=last) | Q(name_key=last, npi__gt=key))


def _where(
    provider_ids: Collection[int], tax_ids: Collection[str], on: date
) -> Mapping[int, list[models.Affiliation]]:
    rows = _affiliations(tax_ids, on).filter(provider__in=provider_ids).select_related("tax_id")
    found: dict[int, list[models.Affiliation]] = {}
    for row in rows.order_by("tax_id__number", "address", "pk"):
        found.setdefault(row.provider_id, []).append(row)
    return found


def _practising(row: models.Provider, billing: Collection[models.Affiliation]) -> Practising:
    numbers = dict.fromkeys(each.tax_id.number for each in billing)
    named = dict.fromkeys(f"{each.address}, {each.city}" for each in billing if each.address)
    return Practising(row.npi, providers.name(row), row.specialty, tuple(numbers), tuple(named))
