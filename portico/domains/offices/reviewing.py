"""Whether an office is late with looking through who may do what; access.reviews keeps it so."""

from collections.abc import Collection
from datetime import datetime

from portico.domains.offices import models
from portico.domains.permits.permit import Permit


def close_patients(given: Permit, office_ids: Collection[int]) -> None:
    """Close patients' data to the people of these offices from now on: their review is overdue."""
    held = models.Office.objects.filter(pk__in=office_ids, review_overdue_since=None)
    held.update(review_overdue_since=given.actor.asked_at)


def open_patients(given: Permit, office_ids: Collection[int]) -> None:
    """Open it again: the review is done, or none is asked for any more."""
    del given
    held = models.Office.objects.filter(pk__in=office_ids, review_overdue_since__isnull=False)
    held.update(review_overdue_since=None)


def overdue_since(office_id: int) -> datetime | None:
    """Since when the office's people see no patients' data because of that; None where they do."""
    return models.Office.objects.values_list("review_overdue_since", flat=True).get(pk=office_id)


def overdue() -> frozenset[int]:
    """The numbers of the offices that are late."""
    held = models.Office.objects.filter(review_overdue_since__isnull=False)
    return frozenset(held.values_list("pk", flat=True))
