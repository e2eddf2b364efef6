"""Kills and races, with real processes on a real database: nothing lost, nothing doubled."""

import signal
import subprocess
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from portico.domains.audit import recording, verification
from portico.domains.audit.tests.making import USE
from portico.domains.jobs import queue, results, steering
from portico.domains.jobs.rules import State
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.cli import asking
from tests.drills.processes import portico, wait_until

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
WORKER = ("worker", "--lease-seconds", "2")


@pytest.fixture(autouse=True)
def _known_kind(settings: Any) -> None:
    settings.JOB_HANDLERS = {"count": "portico.domains.jobs.tests.counting.Count"}


def enqueue(*, rows: int, chunk: int, pause: float) -> UUID:
    payload = {"rows": rows, "chunk": chunk, "pause": pause}
    return queue.enqueue(actor=asking.actor("drill"), kind="count", payload=payload)


def look(job: UUID) -> steering.JobView:
    with permit(asking.actor("drill"), Function.FEED_REVIEW) as given:
        view = steering.of(given=given, job=job)
    assert view is not None
    return view


def rows_of(job: UUID) -> list[int]:
    """The rows the job wrote, in the order it wrote them."""
    with permit(asking.actor("drill"), Function.FEED_REVIEW) as given:
        return [row.position for row in results.page(given=given, job=job, size=10_000).rows]


def test_a_worker_killed_again_and_again_loses_and_doubles_nothing() -> None:
    job = enqueue(rows=300, chunk=5, pause=0.02)
    for at_least in (10, 60, 120, 180):
        with portico(*WORKER) as worker:
            wait_until(lambda least=at_least: look(job).done >= least, f"{at_least} rows are done")  # type: ignore[misc]
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        assert look(job).state is State.RUNNING
        assert rows_of(job) == list(range(look(job).done))
    with portico(*WORKER):
        wait_until(lambda: look(job).state is State.DONE, "the last worker finished")
    assert rows_of(job) == list(range(300))


def test_a_worker_told_to_stop_hands_its_job_back_and_ends_well() -> None:
    job = enqueue(rows=10_000, chunk=5, pause=0.02)
    with portico(*WORKER) as worker:
        wait_until(lambda: look(job).done >= 20, "it works")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=10) == 0
    view = look(job)
    assert (view.state, view.leased_by) == (State.QUEUED, "")
    assert rows_of(job) == list(range(view.done))


def test_workers_side_by_side_never_take_the_same_job() -> None:
    jobs = [enqueue(rows=4, chunk=1, pause=0.0) for _ in range(60)]
    with ExitStack() as running:
        for _ in range(3):
            running.enter_context(portico("worker", "--lease-seconds", "60"))
        wait_until(lambda: all(look(job).state is State.DONE for job in jobs), "all jobs are done")
    for job in jobs:
        assert rows_of(job) == [0, 1, 2, 3]
        assert look(job).error == ""


def record() -> None:
    """One use more, as a permit leaves it."""
    with transaction.atomic():
        recording.record(USE)


def test_sealers_side_by_side_make_one_chain_while_the_portal_goes_on() -> None:
    with ExitStack() as running:
        sealers: list[subprocess.Popen[str]] = []
        for _ in range(400):
            record()
        for _ in range(3):
            sealers.append(running.enter_context(portico("audit", "seal")))
        while any(sealer.poll() is None for sealer in sealers):
            record()
        assert [sealer.returncode for sealer in sealers] == [0, 0, 0]
    finding = verification.verify()
    assert finding.is_intact
    assert finding.sealed >= 400
