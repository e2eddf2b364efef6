"""Who works, what a worker holds while it works, and what a handler is.

A handler is a class named by dotted path in the setting `JOB_HANDLERS` (kind -> path), made without
arguments. It may be killed at any moment and run again: whatever it does in a chunk is in one transaction
with `queue.checkpoint`, and it begins at `leased.cursor`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from portico.domains.permits import actors

LEASE_FOR = timedelta(seconds=60)


class LeaseLost(Exception):
    """Another worker took the job over, or somebody cancelled it: undo what is not committed and stop."""


class CannotDo(Exception):
    """The job can never be done as it was asked; `code` says why. It fails without another try."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Stopping(BaseException):
    """The worker was told to stop; the chunk under way is rolled back and the job handed back.

    Not an Exception, so that a handler which goes on after a bad row does not go on after this.
    """


def never() -> bool:
    """A worker that nobody stops."""
    return False


@dataclass(frozen=True, slots=True)
class Worker:
    """Who works: its name, its clock (aware, UTC), the plan's time zone, and whether it is to stop."""

    name: str
    now: Callable[[], datetime]
    zone: ZoneInfo
    is_stopping: Callable[[], bool] = never
    lease_for: timedelta = LEASE_FOR

    def lease_end(self) -> datetime:
        """When a lease given or renewed now runs out."""
        return self.now() + self.lease_for


@dataclass(frozen=True, slots=True)
class Leased:
    """A job as its handler sees it, for as long as the lease with this `fence` stands."""

    id: int
    public_id: UUID
    kind: str
    payload: Mapping[str, Any]
    cursor: Mapping[str, Any]
    attempts: int
    fence: int
    every: timedelta | None = None
    done: int = 0
    total: int | None = None
    worker: Worker = field(repr=False, kw_only=True)

    def now(self) -> datetime:
        """The instant by the worker's clock, aware and in UTC."""
        return self.worker.now()

    def actor(self, name: str) -> actors.Actor:
        """The system as an actor at this instant, to open the permit of one chunk with."""
        now = self.now()
        return actors.system_actor(name, asked_at=now, today=now.astimezone(self.worker.zone).date())


class Handler(Protocol):
    """What does the jobs of one kind."""

    def run(self, leased: Leased) -> None:
        """Does the job from `leased.cursor` on. Raises CannotDo where no other try would help."""


class UnknownKind(LookupError):
    """No handler is configured for this kind of job."""


def handler_for(kind: str) -> Handler:
    """A handler of this kind, made from the setting `JOB_HANDLERS`. Raises UnknownKind."""
    path = settings.JOB_HANDLERS.get(kind)
    if path is None:
        raise UnknownKind(kind)
    made: Handler = import_string(path)()
    return made
