"""Under which tax IDs providers bill, and when: for whoever judges claims."""

from collections.abc import Collection, Mapping

from portico.domains.offices import models
from portico.shared.periods import Period


def periods(npis: Collection[str], tax_ids: Collection[str]) -> Mapping[tuple[str, str], tuple[Period, ...]]:
    """When each of these providers (NPI) bills or billed under each of the tax IDs. One query."""
    rows = models.Affiliation.objects.filter(provider__npi__in=npis, tax_id__number__in=tax_ids)
    found: dict[tuple[str, str], list[Period]] = {}
    for npi, tax_id, first, last in rows.values_list(
        "provider__npi", "tax_id__number", "first_on", "last_on"
    ):
        found.setdefault((npi, tax_id), []).append(Period(first, last))
    return {key: tuple(all_of_it) for key, all_of_it in found.items()}


def known(npis: Collection[str]) -> frozenset[str]:
    """Those of these NPIs that the provider file holds, under any tax ID. One query."""
    return frozenset(models.Provider.objects.filter(npi__in=npis).values_list("npi", flat=True))
