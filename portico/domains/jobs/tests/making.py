"""A clock that stands still until it is moved, workers on it, and jobs to do."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from portico.domains.jobs import queue
from portico.domains.jobs.leases import Leased, Worker
from portico.domains.jobs.models import Job
from portico.domains.permits import actors
from portico.domains.permits.actors import Actor, ActorKind, Door, PersonaKind
from portico.domains.permits.functions import Desk

START = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/Los_Angeles")
KIND = "load_834"


class Clock:
    """An instant that moves only when told."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def worker(clock: Clock, name: str = "first", **changed: Any) -> Worker:
    return Worker(name=name, now=clock, zone=ZONE, **changed)


def loader(at: datetime = START) -> Actor:
    """The system, loading."""
    return actors.system_actor("loader", asked_at=at, today=at.date())


def biller(office_id: int = 13) -> Actor:
    """Somebody of an office."""
    return Actor(
        ActorKind.PERSONA,
        Door.WEB,
        START,
        START.date(),
        user_id=11,
        persona_id=12,
        persona_kind=PersonaKind.END_USER,
        office_id=office_id,
    )


def desk() -> Actor:
    """Somebody of the plan's operations desk."""
    return Actor(
        ActorKind.PERSONA,
        Door.WEB,
        START,
        START.date(),
        user_id=1,
        persona_id=2,
        persona_kind=PersonaKind.PLAN_STAFF,
        desk=Desk.OPERATIONS,
    )


def enqueue(actor: Actor | None = None, **changed: Any) -> UUID:
    return queue.enqueue(**{"actor": actor or loader(), "kind": KIND, "payload": {"file": "f1"}, **changed})


def lease(clock: Clock, name: str = "first", **changed: Any) -> Leased | None:
    return queue.lease(worker=worker(clock, name, **changed), kinds=[KIND])


def leased(clock: Clock, name: str = "first", **changed: Any) -> Leased:
    """A job, enqueued and leased."""
    enqueue()
    held = lease(clock, name, **changed)
    assert held is not None
    return held


def stored(public_id: UUID) -> Job:
    return Job.objects.get(public_id=public_id)
