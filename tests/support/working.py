"""The worker, in this process: it does what is due of the jobs that batches are."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings

from portico.domains.jobs.leases import Worker, never
from portico.edges.cli.lane import Lane

KINDS = (
    "ask_batch",
    "x12_batch",
    "x12_claim_status",
    "x12_encounters",
    "x12_encounter_batch",
    "export_claims",
)


def work(*, between: Callable[[], bool] = never) -> None:
    """Do every batch that waits; `between` is called after each chunk, and stops the worker by True."""
    worker = Worker(
        name="tests",
        now=lambda: datetime.now(UTC),
        zone=ZoneInfo(settings.PLAN_TIME_ZONE),
        is_stopping=between,
    )
    Lane(worker=worker, kinds=KINDS, stop=threading.Event()).run_until_idle()


def states() -> list[tuple[str, str, str]]:
    """The kind, state and error of each of these jobs, in the order they were asked for."""
    jobs = apps.get_model("jobs", "Job").objects.filter(kind__in=KINDS).order_by("pk")
    return list(jobs.values_list("kind", "state", "error"))
