"""Which providers bill under a tax ID no more: what was, and is over."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Max, Q, Value
from django.db.models.functions import Coalesce

from portico.domains.offices import models

_NEVER = date.max


def ended(npis: Collection[str], tax_ids: Collection[str], *, on: date) -> Mapping[str, Mapping[str, bool]]:
    """By provider and tax ID, of every two that ever belonged together: is it over on that day?

    What is still to come is not over. One query.
    """
    last: Any = Max(Coalesce("last_on", Value(_NEVER)))
    rows = models.Affiliation.objects.filter(Q(provider__npi__in=npis), tax_id__number__in=tax_ids)
    found: dict[str, dict[str, bool]] = {}
    for npi, tax_id, ends in (
        rows.order_by().values_list("provider__npi", "tax_id__number").annotate(ends=last)
    ):
        found.setdefault(npi, {})[tax_id] = ends < on
    return found
