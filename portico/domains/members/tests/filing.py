"""Files of patients for tests: rows that ask, a job that asks them, and what their owner then sees."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps

from portico.domains.access import actors as access_actors
from portico.domains.jobs import queue
from portico.domains.jobs.leases import Leased, Worker
from portico.domains.members import batch_asking, batch_reading, batches
from portico.domains.members.asked import ByFacts, Facts, Inquiry
from portico.domains.members.batches import BatchView, NewRow, Outcome, RowView
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Actor

ZONE = ZoneInfo("America/Los_Angeles")
DESK = factories.front_desk()


def row(place: int = 1, member_id: str = "N1000", last: str = "Okafor", **facts: Any) -> NewRow:
    """A row that asks about somebody by ID and last name."""
    person = Facts(member_id=member_id, last_name=last, **facts)
    return NewRow(place, f"row {place}", Inquiry("", factories.TODAY, ByFacts(person)))


def unreadable(place: int, problem: str = "not_enough") -> NewRow:
    """A row that cannot be asked."""
    return NewRow(place, f"row {place}", problem=problem, echo={"last_name": "Okafor"})


def draft(actor: Actor, *rows: NewRow, **more: Any) -> UUID:
    """A batch of these rows, asked for our office's tax ID."""
    asked = {"source": "csv", "tax_id": factories.OURS, **more}
    return batches.create(actor=actor, rows=rows or (row(),), **asked)


def leased(*, at: datetime = factories.AT, worker: str = "first") -> Leased:
    """The job of the batch that was started, in the hands of a worker."""
    hands = Worker(name=worker, now=lambda: at.astimezone(UTC), zone=ZONE)
    held = queue.lease(worker=hands, kinds=[batches.ASK_BATCH])
    assert held is not None
    return held


def ask(*, later: timedelta = timedelta(0)) -> None:
    """Do the job that was enqueued, as a worker does."""
    held = leased(at=factories.AT + later)
    batch_asking.AskBatch().run(held)
    queue.finish(held)


def started(actor: Actor, *rows: NewRow, **more: Any) -> UUID:
    """A batch that was started and waits for a worker."""
    batch = draft(actor, *rows, **more)
    batches.start(actor=actor, batch=batch)
    return batch


def many(number: int) -> list[NewRow]:
    """Rows that each ask about somebody else."""
    return [row(place, f"N{place}") for place in range(1, number + 1)]


def asked(actor: Actor, *rows: NewRow, **more: Any) -> UUID:
    """A batch that was started and asked to its end."""
    batch = started(actor, *rows, **more)
    ask()
    return batch


def rows_of(actor: Actor, batch: UUID, **more: Any) -> tuple[RowView, ...]:
    """The rows as the owner sees them, on one page."""
    return batch_reading.page(actor=actor, batch=batch, size=1000, **more).rows


def outcomes(actor: Actor, batch: UUID) -> list[Outcome]:
    """What became of each row."""
    return [each.outcome for each in rows_of(actor, batch)]


def uses(**wanted: Any) -> list[Any]:
    """The audit rows of eligibility that tell of a question, in order."""
    told = apps.get_model("audit", "Entry").objects.filter(function="eligibility", **wanted)
    return list(told.exclude(conclusion__startswith="batch").order_by("pk"))


def jobs() -> Any:
    """The rows of jobs."""
    return apps.get_model("jobs", "Job").objects


def view(actor: Actor, batch: UUID) -> BatchView:
    """How far the batch is."""
    return batch_reading.progress(actor=actor, batch=batch)


def standing_behind(monkeypatch: Any, actors: Callable[[], Actor | None] | Sequence[Actor | None]) -> None:
    """Have the job find this actor behind every batch; of several, one for each chunk."""
    waiting = None if callable(actors) else iter(actors)

    def found(*, asked_at: datetime, today: Any, **holder: Any) -> Actor | None:
        del holder
        actor = actors() if callable(actors) else next(waiting or iter(()))
        return None if actor is None else replace(actor, asked_at=asked_at, today=today)

    monkeypatch.setattr(access_actors, "for_job", found)
