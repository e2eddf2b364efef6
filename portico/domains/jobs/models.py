"""The jobs' tables: jobs, a result per row, and the images that lead back.

Payloads, cursors and summaries hold references and counts, never PHI. Raw rows are sealed by the caller
before they come here (shared.vault).
"""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from portico.domains.jobs.rules import State


class Jobs(models.QuerySet["Job"]):
    """Ways to find jobs."""

    def leasable(self, *, now: datetime, kinds: list[str]) -> Self:
        """Due and waiting, or running under a lease that has run out; the longest due first."""
        waiting = Q(state=State.QUEUED, run_after__lte=now)
        abandoned = Q(state=State.RUNNING, lease_until__lt=now)
        return self.filter(waiting | abandoned, kind__in=kinds).order_by("run_after", "id")


class Job(models.Model):
    """One piece of long work. The row is the truth: who holds the lease may work, up to its `fence`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=32)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=9, default=State.QUEUED.value)
    run_after = models.DateTimeField()
    every_seconds = models.PositiveIntegerField(null=True)
    idempotency_key = models.CharField(max_length=128, unique=True, null=True)

    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=64, blank=True, default="")
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    cursor = models.JSONField(default=dict)

    progress_done = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(null=True)
    summary = models.JSONField(default=dict)
    error = models.CharField(max_length=64, blank=True, default="")

    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    reversed_at = models.DateTimeField(null=True)

    created_kind = models.CharField(max_length=16)
    created_name = models.CharField(max_length=64, blank=True, default="")
    created_user_id = models.BigIntegerField(null=True)
    created_persona_id = models.BigIntegerField(null=True)
    created_machine_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)

    objects = Jobs.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("state", "run_after"), name="jobs_job_due"),
            models.Index(fields=("office_id", "id"), name="jobs_job_by_office"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=State.RUNNING.value) | Q(lease_until__isnull=False),
                name="jobs_job_running_is_leased",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="jobs_job_state_known"
            ),
        )


class RowResult(models.Model):
    """What became of one row of a file, where it stands, and why; a quarantined row keeps itself, sealed."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="results")
    position = models.PositiveBigIntegerField()
    locator = models.CharField(max_length=64)
    outcome = models.CharField(max_length=11)
    reason = models.CharField(max_length=64, blank=True, default="")
    message = models.CharField(max_length=300, blank=True, default="")
    raw_sealed = models.BinaryField(null=True)
    settled_by = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("job", "outcome", "id"), name="jobs_rowresult_by_outcome"),)


class Before(models.Model):
    """What one row of any table was before a job touched it; gone once the job is reversed or is old."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="befores")
    model = models.CharField(max_length=64)
    row = models.CharField(max_length=64)
    act = models.CharField(max_length=6)
    image = models.JSONField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("job", "id"), name="jobs_before_by_job"),
            models.Index(fields=("model", "row", "id"), name="jobs_before_by_row"),
        )
