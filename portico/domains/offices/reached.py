"""Which offices something is for that is limited to lines of business and to kinds of offices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from portico.domains.offices import models


@dataclass(frozen=True, slots=True)
class Standing:
    """What an office is, and the lines that any of its tax IDs takes part in."""

    kind: str
    lines: frozenset[str]


def standings(*, on: date, office_id: int | None = None) -> Mapping[int, Standing]:
    """Every office as it stands on a day, or one alone, by number. Two queries."""
    offices, there = models.Office.objects.all(), _participations(on)
    if office_id is not None:
        offices, there = offices.filter(pk=office_id), there.filter(affiliation__tax_id__office=office_id)
    lines: dict[int, set[str]] = {}
    for number, line in there.values_list("affiliation__tax_id__office", "line__code").distinct():
        lines.setdefault(number, set()).add(line)
    kinds = offices.values_list("pk", "kind")
    return {number: Standing(kind, frozenset(lines.get(number, ()))) for number, kind in kinds}


def _participations(on: date) -> "QuerySet[models.Participation]":
    def running(before: str) -> Q:
        ends = Q(**{f"{before}last_on": None}) | Q(**{f"{before}last_on__gte": on})
        return ends & Q(**{f"{before}first_on__lte": on})

    return models.Participation.objects.filter(
        running(""), running("affiliation__"), affiliation__tax_id__office__isnull=False
    )
