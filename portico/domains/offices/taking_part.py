"""Where a provider stands in a line's network on a day: for whoever judges what is asked for."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from portico.domains.offices import models


def standing(npis: Collection[str], *, line: str, on: date, tax_id: str = "") -> Mapping[str, bool]:
    """Does each of these providers take part in the line that day, under any tax ID or under this one?

    One whom the provider file does not know is absent. Two queries.
    """
    known = models.Provider.objects.filter(npi__in=npis).values_list("npi", flat=True)
    held = models.Participation.objects.filter(
        _in_force("", on),
        _in_force("affiliation__", on),
        line__code=line,
        affiliation__provider__npi__in=npis,
    )
    if tax_id:
        held = held.filter(affiliation__tax_id__number=tax_id)
    there = set(held.values_list("affiliation__provider__npi", flat=True))
    return {npi: npi in there for npi in known}


def _in_force(place: str, on: date) -> Q:
    return Q(**{f"{place}first_on__lte": on}) & (
        Q(**{f"{place}last_on": None}) | Q(**{f"{place}last_on__gte": on})
    )
