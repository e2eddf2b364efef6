"""Whether a provider takes part in a line's network on a day, and under which tax ID: for who has to know."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from portico.domains.offices import models, providers


@dataclass(frozen=True, slots=True)
class Stands:
    """A provider on a day: under which tax ID it is meant, and whether it takes part in the line there.

    `tax_id` is empty where it bills under none that day. An organisation's name is its `name` too.
    """

    npi: str
    name: str
    specialty: str
    tax_id: str
    in_network: bool
    group_code: str = ""


def stands(npi: str, *, line: str, on: date, tax_id: str = "") -> Stands | None:
    """How the provider stands; None when the provider file does not know it. Three queries.

    With `tax_id`, under that one: it has none where it does not bill under it that day. Without, one under
    which it takes part in the line goes before others, then the smallest number.
    """
    billed = providers.tax_ids_of(npi, on=on)
    taking_part = _taking_part(npi, line, on)
    meant = [tax_id] if tax_id in billed else [] if tax_id else sorted(billed)
    chosen = next((one for one in meant if one in taking_part), next(iter(meant), ""))
    described = providers.describe(npi, chosen or tax_id, on=on) or providers.describe(npi, "", on=on)
    if described is None:
        return None
    return Stands(
        npi=npi,
        name=described.name,
        specialty=described.specialty,
        tax_id=chosen,
        in_network=chosen in taking_part,
        group_code=described.group_code if described.tax_id == chosen else "",
    )


def _taking_part(npi: str, line: str, on: date) -> frozenset[str]:
    """The tax IDs under which it takes part in the line that day. One query."""
    rows = models.Participation.objects.filter(
        _running("", on), _running("affiliation__", on), affiliation__provider__npi=npi, line__code=line
    )
    return frozenset(rows.values_list("affiliation__tax_id__number", flat=True))


def _running(before: str, on: date) -> Q:
    ends = Q(**{f"{before}last_on": None}) | Q(**{f"{before}last_on__gte": on})
    return ends & Q(**{f"{before}first_on__lte": on})
