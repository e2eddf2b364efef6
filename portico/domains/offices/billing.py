"""Under which tax IDs providers bill, and the offices behind them. For the plan's own desks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from portico.domains.offices import models
from portico.domains.permits.permit import Permit


@dataclass(frozen=True, slots=True)
class Billed:
    """A tax ID, and its name in the provider file."""

    number: str
    name: str


def tax_ids_of(given: Permit, npi: str, *, on: date) -> tuple[Billed, ...]:
    """The tax IDs a provider bills under on that day, by number."""
    running = Q(first_on__lte=on) & (Q(last_on__isnull=True) | Q(last_on__gte=on))
    rows = models.Affiliation.objects.filter(running, provider__npi=npi)
    del given
    found = rows.order_by("tax_id__number").values_list("tax_id__number", "tax_id__name").distinct()
    return tuple(Billed(number, name) for number, name in found)


def is_a_practices(given: Permit, tax_ids: Collection[str], *, on: date) -> bool:
    """Does a provider, or an office that is no billing company, bill under one of these on that day?"""
    del given
    running = Q(first_on__lte=on) & (Q(last_on__isnull=True) | Q(last_on__gte=on))
    if models.Affiliation.objects.filter(running, tax_id__number__in=tax_ids).exists():
        return True
    offices = models.Office.objects.filter(tax_ids__number__in=tax_ids)
    return offices.exclude(kind=models.Office.Kind.BILLING_COMPANY).exists()


def is_a_billing_companys(given: Permit, tax_ids: Collection[str]) -> bool:
    """Is one of these a billing company's?"""
    del given
    offices = models.Office.objects.filter(tax_ids__number__in=tax_ids)
    return offices.filter(kind=models.Office.Kind.BILLING_COMPANY).exists()


def names_of(given: Permit, office_ids: Collection[int]) -> Mapping[int, str]:
    """The names of these offices, by number."""
    del given
    return dict(models.Office.objects.filter(pk__in=office_ids).values_list("pk", "name"))
