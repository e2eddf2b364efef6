"""A batch under a worker that is killed, stopped, doubled, or left alone with a database that is away."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from portico.domains.jobs import queue
from portico.domains.jobs.leases import LeaseLost, Stopping, Worker
from portico.domains.members import batch_asking, batches, inquiries, models
from portico.domains.members.batches import Outcome, Stage
from portico.domains.members.tests import factories, filing
from portico.domains.members.tests.filing import DESK, many, started, uses

pytestmark = pytest.mark.usefixtures("plan")


@pytest.fixture(autouse=True)
def _desk_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    filing.standing_behind(monkeypatch, lambda: DESK)


def test_a_database_that_is_away_fails_the_try_and_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*asked: Any, **more: Any) -> Any:
        raise OperationalError

    batch = started(DESK, *many(2))
    with monkeypatch.context() as broken:
        broken.setattr(inquiries, "_answer", away)
        with pytest.raises(OperationalError):
            batch_asking.AskBatch().run(filing.leased())
    assert filing.outcomes(DESK, batch) == [Outcome.WAITING] * 2


class Killed(BaseException):
    """What a kill looks like from inside."""


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_kill_at_any_row_neither_loses_nor_doubles_one(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    batch = started(DESK, *many(4))
    settle, settled = batch_asking._Keeper._settle, []

    def killed(self: Any, *told: Any, **more: Any) -> None:
        settle(self, *told, **more)
        settled.append(told)
        if len(settled) == at:
            raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(batch_asking._Keeper, "_settle", killed)
        with pytest.raises(Killed):
            batch_asking.AskBatch().run(filing.leased())
    assert Counter(filing.outcomes(DESK, batch))[Outcome.WAITING] == 4 - at + 1
    filing.ask(later=timedelta(minutes=2))
    assert filing.outcomes(DESK, batch) == [Outcome.NOT_ANSWERED] * 4
    references = [row.reference for row in filing.rows_of(DESK, batch)]
    assert references == [use.reference for use in uses()]


def test_of_two_workers_on_one_row_the_later_undoes_its_own_work() -> None:
    batch = started(DESK, filing.row(1))
    held = filing.leased()
    row = models.BatchRow.objects.get(batch=batch)
    batch_asking.AskBatch().run(held)
    with pytest.raises(LeaseLost):
        batch_asking._ask(DESK, models.Batch.objects.get(), row)
    assert [use.outcome for use in uses()] == ["allowed", "crashed"]
    (seen,) = filing.rows_of(DESK, batch)
    assert seen.reference == uses()[0].reference


def test_a_batch_that_is_stopped_ends_at_the_next_checkpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_asking, "CHUNK", 1)
    batch = started(DESK, *many(3))
    held, checkpoint = filing.leased(), queue.checkpoint

    def stop_first(*told: Any, **more: Any) -> None:
        batches.cancel(actor=DESK, batch=batch)
        checkpoint(*told, **more)

    monkeypatch.setattr(queue, "checkpoint", stop_first)
    with pytest.raises(LeaseLost):
        batch_asking.AskBatch().run(held)
    assert filing.outcomes(DESK, batch) == [Outcome.NOT_ANSWERED, Outcome.WAITING, Outcome.WAITING]
    assert filing.view(DESK, batch).stage is Stage.CANCELLED


def test_a_worker_told_to_stop_stops_between_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_asking, "CHUNK", 1)
    batch = started(DESK, *many(3))
    worker = Worker(name="w", now=lambda: factories.AT, zone=filing.ZONE, is_stopping=lambda: True)
    held = queue.lease(worker=worker, kinds=[batches.ASK_BATCH])
    assert held is not None
    with pytest.raises(Stopping):
        batch_asking.AskBatch().run(held)
    assert Counter(filing.outcomes(DESK, batch))[Outcome.WAITING] == 2


def test_progress_is_told_with_every_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_asking, "CHUNK", 2)
    started(DESK, *many(5), filing.unreadable(9))
    told: list[tuple[int, int | None]] = []
    checkpoint = queue.checkpoint

    def note(*given: Any, **more: Any) -> None:
        checkpoint(*given, **more)
        told.append((more["done"], more["total"]))

    monkeypatch.setattr(queue, "checkpoint", note)
    filing.ask()
    assert told == [(3, 6), (5, 6), (6, 6)]
    assert filing.jobs().get().progress_done == 6


def test_a_machines_own_job_asks_a_draft_and_goes_on_afterwards() -> None:
    batch = filing.draft(DESK, filing.row(1))
    queue.enqueue(actor=DESK, kind=batches.ASK_BATCH, payload={"mine": 1})
    held = filing.leased()
    batch_asking.run(held, batch)
    assert queue.is_held(held)
    view = filing.view(DESK, batch)
    assert (view.stage, view.started_at, view.finished_at) == (Stage.DONE, factories.AT, factories.AT)
    assert view.keep_until == factories.AT + batches.KEPT_FOR
    assert models.Batch.objects.get().job == held.public_id


def test_a_batch_that_was_discarded_is_nothing_to_do() -> None:
    batch = started(DESK, filing.row(1))
    held = filing.leased()
    models.Batch.objects.filter(pk=batch).delete()
    batch_asking.AskBatch().run(held)
    assert not uses()
