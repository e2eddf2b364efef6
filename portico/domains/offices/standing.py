"""What the provider file says of an office, as far as it decides who may do what."""

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
    running = models.Participation.objects.filter(
        _in_force("", on), _in_force("affiliation__", on), affiliation__tax_id=OuterRef("pk")
    )
    taking_part = When(Exists(running), Value(PARTICIPATES))
    return _shaped(
        models.TaxId.objects.filter(office_id=office_id),
        TAX_ID,
        taking_part,
        Value("", CharField()),
        F("number"),
    )


def affiliations(office_id: int | Given, npis: QuerySet[Any, Any], *, on: date | Given) -> QuerySet[Any, Any]:
    """A row for each affiliation of `npis` with the office, whether or not it runs on that day.

    ("affiliation", id, "", "runs" or "", None, None, tax ID, NPI).
    """
    held = models.Affiliation.objects.filter(tax_id__office_id=office_id, provider__npi__in=npis)
    running = When(_in_force("", on), Value(RUNS))
    return _shaped(held, AFFILIATION, running, F("tax_id__number"), F("provider__npi"))


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
