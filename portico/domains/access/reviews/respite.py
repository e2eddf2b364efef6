"""Time for a review that fell due while an office had nobody to do it."""

from datetime import date, timedelta
from typing import Final

from portico.domains.access import models

DAYS: Final = timedelta(days=14)


def give(office_id: int, *, today: date) -> None:
    """Let the office's open review, unless it has lapsed, fall due no sooner than two weeks from now."""
    waiting = models.Review.objects.filter(office_id=office_id, finished_at=None, lapsed_at=None)
    waiting.filter(due_on__lt=today + DAYS).update(due_on=today + DAYS)
