"""What people do to jobs: look at them, cancel them, have them tried again. Takes an open permit.

An office's permit reaches the jobs of that office; the plan's desks and the system reach all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from portico.domains.jobs import rules
from portico.domains.jobs.models import Job
from portico.domains.jobs.rules import State
from portico.domains.permits.actors import ActorKind
from portico.domains.permits.permit import Permit
from portico.shared import pages

PAGE = 50


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as people see it; `share` is how much is done, from 0 to 1, None where the total is unknown."""

    public_id: UUID
    kind: str
    state: State
    done: int
    total: int | None
    share: float | None
    attempts: int
    error: str
    summary: Mapping[str, Any]
    payload: Mapping[str, Any]
    created_at: datetime
    created_name: str
    started_at: datetime | None
    finished_at: datetime | None
    reversed_at: datetime | None
    run_after: datetime
    leased_by: str
    is_recurring: bool


def of(*, given: Permit, job: UUID) -> JobView | None:
    """One job as it stands; None where this permit reaches none of that id."""
    found = _reached(given).filter(public_id=job).first()
    return _view(found) if found else None


def page(
    *,
    given: Permit,
    kinds: tuple[str, ...] = (),
    states: tuple[State, ...] = (),
    key: str = "",
    size: int = PAGE,
) -> pages.Page[JobView]:
    """Jobs, the newest first, of the kinds and states wanted (none given: all)."""
    wanted = _reached(given)
    wanted = wanted.filter(kind__in=kinds) if kinds else wanted
    wanted = wanted.filter(state__in=states) if states else wanted
    wanted = wanted.filter(pk__lt=int(key)) if key else wanted
    found = list(wanted.order_by("-pk")[: size + 1])
    cut = pages.cut(found, size=size, key_of=lambda job: str(job.pk))
    return pages.Page(tuple(_view(job) for job in cut.rows), cut.next_key)


def cancel(*, given: Permit, job: UUID) -> bool:
    """Ends a job that waits or runs; its worker learns at its next checkpoint. False: it had ended."""
    open_ = _reached(given).filter(public_id=job, every_seconds=None).exclude(state__in=rules.ENDED)
    now = given.actor.asked_at
    return bool(open_.update(state=State.CANCELLED, finished_at=now, lease_until=None, leased_by=""))


def try_again(*, given: Permit, job: UUID) -> bool:
    """Has a failed or cancelled job go on where it stopped. Answers whether it was one."""
    ended = _reached(given).filter(public_id=job, state__in=(State.FAILED, State.CANCELLED))
    now = given.actor.asked_at
    return bool(ended.update(state=State.QUEUED, run_after=now, attempts=0, error="", finished_at=None))


def reaches_all(given: Permit) -> bool:
    """Does the permit reach every office's jobs? The plan's desks and the system do."""
    actor = given.actor
    return given.scope.everything and (actor.desk is not None or actor.kind is ActorKind.SYSTEM)


def _reached(given: Permit) -> QuerySet[Job]:
    own = Q(office_id=given.actor.office_id, office_id__isnull=False)
    return Job.objects.filter(Q() if reaches_all(given) else own)


def _view(job: Job) -> JobView:
    total = job.progress_total
    return JobView(
        public_id=job.public_id,
        kind=job.kind,
        state=State(job.state),
        done=job.progress_done,
        total=total,
        share=min(1.0, job.progress_done / total) if total else None,
        attempts=job.attempts,
        error=job.error,
        summary=job.summary,
        payload=job.payload,
        created_at=job.created_at,
        created_name=job.created_name,
        started_at=job.started_at,
        finished_at=job.finished_at,
        reversed_at=job.reversed_at,
        run_after=job.run_after,
        leased_by=job.leased_by,
        is_recurring=job.every_seconds is not None,
    )
