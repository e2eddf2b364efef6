"""The job that takes a load back: what it wrote is put back, last first, a permit and a transaction for
each chunk.
"""

from uuid import UUID

from portico.domains.directory import refreshing
from portico.domains.jobs import queue, steering, undo
from portico.domains.jobs.leases import CannotDo, Leased
from portico.domains.jobs.undo import StillReferenced, TouchedLater
from portico.domains.library import importing
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.edges.loaders import handling
from portico.edges.loaders.intake import Kind


class Handler:
    """Reverses the load its payload names; `watch` is told touches undone, of an unknown number."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        self.watch = watch

    def run(self, leased: Leased) -> None:
        """Put back chunk after chunk.

        Raises CannotDo where a later load or an answer stands in the way, LeaseLost.
        """
        job, done = UUID(leased.payload["job"]), leased.done
        while step := self._step(leased, job, done):
            done += step
            self.watch(done, 0)

    def _step(self, leased: Leased, job: UUID, done: int) -> int:
        actor = leased.actor(handling.LOADER)
        try:
            with permit(actor, Function.LOADING) as given:
                step = undo.reverse_chunk(job=job, now=actor.asked_at)
                queue.checkpoint(leased, cursor={}, done=done + step)
                if not step:
                    _tell(given, job)
                    queue.finish(leased, summary={"undone": done})
                    refreshing.after_reversal(given, job=job)
                given.conclude("reversed" if step else "finished")
        except TouchedLater:
            raise CannotDo("touched_later") from None
        except StillReferenced:
            raise CannotDo("still_referenced") from None
        return step


def _tell(given: Permit, job: UUID) -> None:
    """Say it to who keeps something beside the rows."""
    view = steering.of(given=given, job=job)
    if view is not None and view.kind == Kind.LIBRARY:
        importing.taken_back(given)
