"""Does one job here and now, for an operator who waits for it, and tells how it ended.

A job that another process works on is waited for; one whose process died is taken over when its lease
runs out.
"""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol, cast
from uuid import UUID

from portico.domains.jobs import leases, queue, rules, steering
from portico.domains.jobs.leases import CannotDo, Leased, LeaseLost, Stopping, Worker
from portico.domains.jobs.steering import JobView
from portico.domains.permits.actors import Actor, Door, system_actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import days
from portico.edges.loaders.handling import Watch

OPERATOR = "operator"
LEASE_FOR = timedelta(seconds=20)
_LOOK_AGAIN_SECONDS = 1.0


class _Watched(Protocol):
    watch: Watch

    def run(self, leased: Leased) -> None: ...


def now() -> datetime:
    """This instant, aware and in UTC."""
    return datetime.now(UTC)


def operator() -> Actor:
    """The operator, asking now through the command line."""
    at = now()
    return system_actor(OPERATOR, asked_at=at, today=days.of(at), door=Door.CLI)


def do(*, job: UUID, kind: str, watch: Watch, wait: Callable[[float], None] = time.sleep) -> JobView:
    """The job when it has ended, or was stopped by Ctrl-C; `watch` is told how much is done, of how much."""
    with _stoppable() as stop:
        worker = _worker(stop)
        while not stop.is_set():
            leased = queue.lease(worker=worker, kinds=[kind], only=job)
            if leased is not None:
                _perform(leased, watch)
                break
            view = look(job)
            if view.state in rules.ENDED:
                return view
            watch(view.done, view.total or 0)
            wait(_LOOK_AGAIN_SECONDS)
    return look(job)


def look(job: UUID) -> JobView:
    """The job as it stands. Raises LookupError."""
    with permit(operator(), Function.FEED_REVIEW) as given:
        view = steering.of(given=given, job=job)
        given.conclude("found" if view else "not_found")
    if view is None:
        raise LookupError(job)
    return view


def _worker(stop: threading.Event) -> Worker:
    return Worker(
        name=f"{socket.gethostname()[:40]}:{os.getpid()}:load",
        now=now,
        zone=days.zone(),
        is_stopping=stop.is_set,
        lease_for=LEASE_FOR,
    )


def _perform(leased: Leased, watch: Watch) -> None:
    handler = cast(_Watched, leases.handler_for(leased.kind))
    handler.watch = watch
    try:
        handler.run(leased)
    except Stopping:
        with suppress(LeaseLost):
            queue.hand_back(leased)
    except LeaseLost:
        return
    except CannotDo as error:
        queue.fail(leased, code=error.code, again=False)
    except Exception as error:
        with suppress(LeaseLost):
            queue.fail(leased, code=type(error).__name__[:64])
        raise


@contextmanager
def _stoppable() -> Iterator[threading.Event]:
    """Ctrl-C stops between two chunks while the block runs."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
