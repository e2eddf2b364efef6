"""The life of a job: enqueued with the business, leased, checkpointed with each chunk, finished or failed.

    enqueue -> queued -> lease -> running -> finish -> done
                 ^                   |-> fail ------> queued again later, or failed
                 |                   |-> hand_back -> queued at once
                 `- lease ran out <--'

Every lease raises the job's fence; whatever a former holder still tries is refused with LeaseLost, which
rolls its chunk back. So a job is at no time done by two, and no chunk is done twice.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from portico.domains.jobs import leases, rules
from portico.domains.jobs.leases import Leased, LeaseLost, Stopping, Worker
from portico.domains.jobs.models import Job
from portico.domains.jobs.rules import State
from portico.domains.permits.actors import Actor


def enqueue(
    *,
    actor: Actor,
    kind: str,
    payload: Mapping[str, Any],
    idempotency_key: str | None = None,
    run_after: datetime | None = None,
) -> UUID:
    """Writes a job in the transaction that is open, so it exists exactly if the business does.

    The same `idempotency_key` again answers the first job. Raises leases.UnknownKind.
    """
    if kind not in settings.JOB_HANDLERS:
        raise leases.UnknownKind(kind)
    values = {
        "kind": kind,
        "payload": dict(payload),
        "run_after": run_after or actor.asked_at,
        "created_at": actor.asked_at,
        "created_kind": str(actor.kind),
        "created_name": actor.name,
        "created_user_id": actor.user_id,
        "created_persona_id": actor.persona_id,
        "created_machine_id": actor.machine_id,
        "office_id": actor.office_id,
    }
    if idempotency_key is None:
        return Job.objects.create(**values).public_id
    return Job.objects.get_or_create(idempotency_key=idempotency_key, defaults=values)[0].public_id


def lease(*, worker: Worker, kinds: Sequence[str], only: UUID | None = None) -> Leased | None:
    """The job that is longest due, leased to `worker`; None when none of these kinds is due.

    `only` names the one job wanted. A job whose workers died again and again fails instead.
    """
    while _leasable(worker, kinds, only).exists():
        with transaction.atomic():
            job = _unlocked(_leasable(worker, kinds, only)).first()
            if job is None:
                return None
            if not rules.may_try_again(job.attempts) and job.every_seconds is None:
                _end(Job.objects.filter(pk=job.pk), State.FAILED, worker.now(), "worker_lost")
            elif _take(job, worker):
                return _leased(job, worker)
    return None


def renew(leased: Leased) -> None:
    """Prolongs the lease, for work that takes long between checkpoints. Raises LeaseLost."""
    _change(leased, lease_until=leased.worker.lease_end())


def checkpoint(leased: Leased, *, cursor: Mapping[str, Any], done: int, total: int | None = None) -> None:
    """Says how far the job has come, in the transaction of the chunk that brought it there.

    `done` of `total` counts rows or bytes, as the handler likes. Raises LeaseLost when the lease went to
    another, Stopping when the worker is to stop: either way the chunk must roll back.
    """
    if leased.worker.is_stopping():
        raise Stopping
    progress = {"progress_done": done} if total is None else {"progress_done": done, "progress_total": total}
    _change(leased, cursor=dict(cursor), attempts=0, lease_until=leased.worker.lease_end(), **progress)


def finish(leased: Leased, *, summary: Mapping[str, Any] | None = None) -> None:
    """The job is done; a recurring one is due again after its interval. Raises LeaseLost.

    A handler calls it in the transaction of its last chunk; for one that did not, the worker does.
    """
    now = leased.now()
    changes: dict[str, Any] = {"lease_until": None, "leased_by": "", "attempts": 0, "error": ""}
    changes["finished_at"] = now
    if summary is not None:
        changes["summary"] = dict(summary)
    if leased.every is None:
        _change(leased, state=State.DONE, **changes)
    else:
        again = {"run_after": now + leased.every, "cursor": {}, "progress_done": 0}
        _change(leased, state=State.QUEUED, **again, **changes)


def fail(leased: Leased, *, code: str, again: bool = True) -> None:
    """The try failed for the reason `code`: another one later, or the end. Raises LeaseLost."""
    now = leased.now()
    tries = _held(leased).values_list("attempts", flat=True).first()
    if tries is None:
        raise LeaseLost
    if leased.every is not None or (again and rules.may_try_again(tries)):
        later = now + rules.wait_after(tries)
        _change(leased, state=State.QUEUED, run_after=later, lease_until=None, leased_by="", error=code)
    else:
        _end(_held(leased), State.FAILED, now, code)


def is_held(leased: Leased) -> bool:
    """Does the lease still stand? No longer after `finish`, `fail`, a take-over or a cancellation."""
    return _held(leased).exists()


def state_of(job: UUID) -> State | None:
    """Where a job stands, for the business it was enqueued with; None for one that is unknown."""
    state = Job.objects.filter(public_id=job).values_list("state", flat=True).first()
    return None if state is None else State(state)


def share_of(job: UUID) -> int:
    """How much of a job is done, in percent; 0 for one that is unknown or has not begun."""
    told = Job.objects.filter(public_id=job).values_list("progress_done", "progress_total").first()
    done, total = told or (0, None)
    return min(100, done * 100 // total) if total else 0


def hand_back(leased: Leased) -> None:
    """Gives the job back untouched, due at once; the try does not count. Raises LeaseLost."""
    _change(leased, state=State.QUEUED, lease_until=None, leased_by="", attempts=leased.attempts - 1)


def keep_schedule(*, actor: Actor) -> None:
    """Gives each kind of the setting `JOB_SCHEDULE` (kind -> every so many seconds) its one recurring job."""
    for kind, seconds in settings.JOB_SCHEDULE.items():
        enqueue(actor=actor, kind=kind, payload={}, idempotency_key=_recurring(kind))
        unlike = Job.objects.filter(idempotency_key=_recurring(kind)).exclude(every_seconds=seconds)
        unlike.update(every_seconds=seconds)
    gone = Job.objects.filter(every_seconds__isnull=False).exclude(kind__in=list(settings.JOB_SCHEDULE))
    gone.filter(state=State.QUEUED).delete()


def _recurring(kind: str) -> str:
    return f"recurring:{kind}"


def _leasable(worker: Worker, kinds: Sequence[str], only: UUID | None) -> QuerySet[Job]:
    jobs = Job.objects.leasable(now=worker.now(), kinds=list(kinds))
    return jobs if only is None else jobs.filter(public_id=only)


def _unlocked(jobs: QuerySet[Job]) -> QuerySet[Job]:
    skips = connection.features.has_select_for_update_skip_locked
    return jobs.select_for_update(skip_locked=True) if skips else jobs


def _take(job: Job, worker: Worker) -> bool:
    now = worker.now()
    unchanged = Job.objects.filter(pk=job.pk, fence=job.fence, state=job.state)
    return bool(
        unchanged.update(
            state=State.RUNNING,
            fence=job.fence + 1,
            attempts=rules.counted(job.attempts),
            leased_by=worker.name,
            lease_until=worker.lease_end(),
            started_at=job.started_at or now,
        )
    )


def _leased(job: Job, worker: Worker) -> Leased:
    return Leased(
        id=job.pk,
        public_id=job.public_id,
        kind=job.kind,
        payload=job.payload,
        cursor=job.cursor,
        attempts=rules.counted(job.attempts),
        fence=job.fence + 1,
        every=None if job.every_seconds is None else timedelta(seconds=job.every_seconds),
        done=job.progress_done,
        total=job.progress_total,
        worker=worker,
    )


def _held(leased: Leased) -> QuerySet[Job]:
    return Job.objects.filter(pk=leased.id, fence=leased.fence, state=State.RUNNING)


def _change(leased: Leased, **values: Any) -> None:
    if not _held(leased).update(**values):
        raise LeaseLost


def _end(jobs: QuerySet[Job], state: State, now: datetime, code: str) -> None:
    jobs.update(state=state, finished_at=now, lease_until=None, leased_by="", error=code)
