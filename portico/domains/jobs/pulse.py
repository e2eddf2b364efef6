"""Is somebody working? Told by the recurring jobs alone: each is due again and again, and never for long."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from portico.domains.jobs.models import Job
from portico.domains.jobs.rules import State

PATIENCE: Final = timedelta(minutes=10)


def is_beating(*, kind: str, now: datetime) -> bool:
    """Is the recurring job of that kind done in time: not overdue for ten minutes, or being done at `now`?

    No worker has ever run where there is none.
    """
    recurring = Job.objects.filter(kind=kind, every_seconds__isnull=False)
    in_time = Q(state=State.QUEUED, run_after__gte=now - PATIENCE)
    being_done = Q(state=State.RUNNING, lease_until__gte=now)
    return recurring.filter(in_time | being_done).exists()
