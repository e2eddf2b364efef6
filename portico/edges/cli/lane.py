"""One lane of a worker: it leases the jobs of some kinds and does them, one after the other.

Whatever a handler raises ends in the job's row, and the lane goes on. When the database is away, the lane
waits, longer each time, and tries again.
"""

import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress

import structlog
from django.db import Error, connection

from portico.domains.jobs import leases, queue
from portico.domains.jobs.leases import CannotDo, Leased, LeaseLost, Stopping, Worker

POLL_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0
log = structlog.get_logger("portico.worker")


def wait_after(misses: int) -> float:
    """Seconds to wait when the database was away so many times in a row: half, doubled, at most 30."""
    return min(LONGEST_WAIT_SECONDS, 0.5 * 2.0 ** min(misses - 1, 10))


class Lane:
    """Leases and does jobs of `kinds` until `stop` is set."""

    def __init__(self, *, worker: Worker, kinds: Sequence[str], stop: threading.Event) -> None:
        self._worker = worker
        self._kinds = tuple(kinds)
        self._stop = stop
        self._misses = 0
        self._leased: Leased | None = None
        self.is_broken = False

    def run(self) -> None:
        """Works until `stop` is set; should the lane itself break, it sets `stop` for the whole worker."""
        try:
            while not self._stop.is_set():
                wait = self._turn()
                if wait:
                    self._stop.wait(wait)
        except Exception as error:
            self.is_broken = True
            log.error("lane_broken", error=type(error).__name__, at=_where(error))
        finally:
            self._stop.set()
            connection.close()

    def run_until_idle(self) -> None:
        """Does all that is due now, and returns."""
        while not self._stop.is_set() and self.step():
            pass

    def step(self) -> bool:
        """Does one job, if one is due; answers whether it did."""
        leased = queue.lease(worker=self._worker, kinds=self._kinds)
        if leased is None:
            return False
        self._leased = leased
        try:
            perform(leased)
        finally:
            self._leased = None
        return True

    def renew(self) -> None:
        """Prolongs the lease of the job at hand; called from another thread while the handler works."""
        leased = self._leased
        if leased is not None:
            with suppress(LeaseLost, Error):
                queue.renew(leased)

    def _turn(self) -> float:
        try:
            worked = self.step()
        except Error as error:
            self._misses += 1
            log.warning("database_away", error=type(error).__name__, misses=self._misses)
            connection.close()
            return wait_after(self._misses)
        self._misses = 0
        return 0.0 if worked else POLL_SECONDS


def perform(leased: Leased) -> None:
    """Runs the job's handler and notes how it ended. Raises a database error only where even that failed."""
    told = log.bind(job=str(leased.public_id), kind=leased.kind, attempts=leased.attempts)
    try:
        leases.handler_for(leased.kind).run(leased)
        if queue.is_held(leased):
            queue.finish(leased)
    except Stopping:
        with suppress(LeaseLost):
            queue.hand_back(leased)
    except LeaseLost:
        told.warning("lease_lost")
    except CannotDo as error:
        _fail(leased, error.code, again=False)
        told.warning("job_cannot_be_done", error=error.code)
    except Exception as error:
        told.error("job_failed", error=type(error).__name__, at=_where(error))
        if isinstance(error, Error):
            connection.close()
        _fail(leased, type(error).__name__, again=True)


def _fail(leased: Leased, code: str, *, again: bool) -> None:
    with suppress(LeaseLost):
        queue.fail(leased, code=code[:64], again=again)


def _where(error: Exception) -> list[str]:
    """The frames an error went through, without its text: that may quote a row."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-6:]]
