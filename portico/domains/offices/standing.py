"""What the provider file says of an office, as far as it decides who may do what."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When

from portico.domains.offices import models
from portico.shared.prepared import Given

TAX_ID, AFFILIATION = "tax_id", "affiliation"
PARTICIPATES = "participates"
RUNS = "runs"


def tax_ids(office_id: int | Given, *, on: date | Given) -> QuerySet[Any, Any]:
    """A row for each tax ID of the office: ("tax_id", id, "", "participates" or "", None, None, "", number).

    It takes part while any provider bills under it and takes part in any line on that day. Shaped to stand in
    one UNION with `affiliations` and with grants.
    """
    return _shaped(
        models.TaxId.objects.filter(office_id=office_id),
        TAX_ID,
        When(_takes_part(on), Value(PARTICIPATES)),
        Value("", CharField()),
        F("number"),
    )


def affiliations(office_id: int | Given, npis: QuerySet[Any, Any], *, on: date | Given) -> QuerySet[Any, Any]:
    """A row for each affiliation of `npis` with the office, whether or not it runs on that day.

    ("affiliation", id, "", "runs" or "", None, None, tax ID, NPI).
    """
    held = models.Affiliation.objects.filter(tax_id__office_id=office_id, provider__npi__in=npis)
    return _affiliations(held, on)


def affiliations_under(
    numbers: QuerySet[Any, Any], npis: QuerySet[Any, Any], *, on: date | Given
) -> QuerySet[Any, Any]:
    """The same rows for tax IDs by number, whoever's they are."""
    held = models.Affiliation.objects.filter(tax_id__number__in=numbers, provider__npi__in=npis)
    return _affiliations(held, on)


def taking_part(numbers: Collection[str], *, on: date) -> frozenset[str]:
    """Those of these tax IDs that take part in some line on that day, whoever's they are."""
    known = models.TaxId.objects.filter(_takes_part(on), number__in=numbers)
    return frozenset(known.values_list("number", flat=True))


def takes_part_by_number(field: str, *, on: date | Given) -> Exists:
    """Does the tax ID whose number stands in that field of the outer row take part in any line then?"""
    return Exists(_participations(on).filter(affiliation__tax_id__number=OuterRef(field)))


def bills_under(*, office: str, number: str) -> Exists:
    """Does the office whose key stands in one field of the outer row bill under the number in the other?"""
    return Exists(models.TaxId.objects.filter(number=OuterRef(number), office_id=OuterRef(office)))


def _affiliations(held: QuerySet[models.Affiliation], on: date | Given) -> QuerySet[Any, Any]:
    running = When(_in_force("", on), Value(RUNS))
    return _shaped(held, AFFILIATION, running, F("tax_id__number"), F("provider__npi"))


def _takes_part(on: date | Given) -> Exists:
    """Does any provider bill under the tax ID and take part in any line on that day?"""
    return Exists(_participations(on).filter(affiliation__tax_id=OuterRef("pk")))


def _participations(on: date | Given) -> QuerySet[models.Participation]:
    return models.Participation.objects.filter(_in_force("", on), _in_force("affiliation__", on))


def _shaped(held: QuerySet[Any, Any], kind: str, true_when: When, *last: Any) -> QuerySet[Any, Any]:
    return held.order_by().values_list(
        Value(kind, CharField()),
        F("pk"),
        Value("", CharField()),
        Case(true_when, default=Value(""), output_field=CharField()),
        Value(None, DateField()),
        Value(None, DateField()),
        *last,
    )


def _in_force(place: str, on: date | Given) -> Q:
    """Does the row at `place` hold on that day, both ends included?"""
    open_end, later_end = Q(**{f"{place}last_on__isnull": True}), Q(**{f"{place}last_on__gte": on})
    return Q(**{f"{place}first_on__lte": on}) & (open_end | later_end)
