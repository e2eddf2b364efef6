"""How long the plan really takes to decide: of its own business days, over the last 90 days.

What went through at once is not among it: nobody decided there.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from statistics import median
from typing import Final

from django.core.cache import cache

from portico.domains.plan import opening
from portico.domains.registration import goal, models

DAYS: Final = 90
REMEMBERED_SECONDS: Final = 60
_NINE_TENTHS: Final = Decimal("0.9")


@dataclass(frozen=True, slots=True)
class Turnaround:
    """What people of the plan decided lately: how many, the median, and what nine in ten stayed within, both
    in business days (None where nothing was decided); and how many in a hundred stayed within the goal.
    """

    count: int
    median: Decimal | None
    slowest_tenth: Decimal | None
    within_goal: int


def published(*, today: date) -> Turnaround:
    """The turnaround of the last 90 days, today among them. Anybody may know it; remembered for a minute."""
    key = f"registration.turnaround.{today.isoformat()}"
    known: Turnaround | None = cache.get(key)
    if known is None:
        known = of(_taken(today))
        cache.set(key, known, REMEMBERED_SECONDS)
    return known


def of(taken: Sequence[Decimal]) -> Turnaround:
    """The turnaround of decisions that took so long, in any order."""
    if not taken:
        return Turnaround(0, None, None, 0)
    ordered = sorted(taken)
    last_of_nine = ordered[math.ceil(len(ordered) * _NINE_TENTHS) - 1]
    within = sum(each <= goal.DAYS for each in ordered)
    return Turnaround(len(ordered), median(ordered), last_of_nine, within * 100 // len(ordered))


def taken_by(application: models.Application, *, at: datetime) -> Decimal:
    """What the plan has taken of its own time for the application by `at`: what a decision keeps of it."""
    hours, returned_at = opening.hours(), application.returned_at
    is_waiting = application.state == models.Application.State.RETURNED and returned_at is not None
    until = returned_at if is_waiting and returned_at else at
    return goal.taken(hours, application.submitted_at, until, waited=application.waited)


def _taken(today: date) -> list[Decimal]:
    zone = opening.hours().zone
    first = datetime.combine(today - timedelta(days=DAYS - 1), time(), zone)
    end = datetime.combine(today + timedelta(days=1), time(), zone)
    rows = models.Application.objects.filter(
        decided_at__gte=first, decided_at__lt=end, decided_by__isnull=False, turnaround__isnull=False
    )
    return [each for each in rows.values_list("turnaround", flat=True) if each is not None]
