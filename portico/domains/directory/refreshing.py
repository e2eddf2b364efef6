"""The job that makes the directory anew, tax ID after tax ID.

It runs after a provider file or a list of ZIP codes was loaded or taken back, and every day, for changes
whose day has come.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from portico.domains.directory import listings
from portico.domains.jobs import queue, steering
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Settle
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

KIND: Final = "refresh_directory"
KEEPER: Final = "directory-keeper"
_OF_LOADS: Final = ("load_providers", "load_zip_codes")


def and_refresh(settle: Settle) -> Settle:
    """`settle`, and in the same transaction the directory is queued to be made anew."""

    def both(given: Permit, fates: Sequence[Fate]) -> None:
        settle(given, fates)
        queue.enqueue(actor=given.actor, kind=KIND, payload={})

    return both


def after_reversal(given: Permit, *, job: UUID) -> None:
    """Queues it if the load that was taken back is one that the directory is made of."""
    undone = steering.of(given=given, job=job)
    if undone is not None and undone.kind in _OF_LOADS:
        queue.enqueue(actor=given.actor, kind=KIND, payload={})


def make(*, actor: Actor) -> int:
    """Make the whole directory at once; answers how many listings it has. Raises NotPermitted."""
    after, count, is_over = "", 0, False
    while not is_over:
        with permit(actor, Function.LOADING) as given:
            part = listings.refresh(given, after=after)
            after, is_over, count = part.last, part.is_over, count + part.listings
            given.conclude("refreshed")
    return count


class RefreshDirectory:
    """The handler of the job `refresh_directory`."""

    def run(self, leased: Leased) -> None:
        """Goes through the tax IDs by number, a permit and a transaction for each part. Raises LeaseLost."""
        after, done = str(leased.cursor.get("after", "")), leased.done
        is_over = False
        while not is_over:
            with permit(leased.actor(KEEPER), Function.LOADING) as given:
                part = listings.refresh(given, after=after)
                after, is_over, done = part.last, part.is_over, done + part.listings
                if is_over:
                    queue.finish(leased, summary={"listings": done})
                else:
                    queue.checkpoint(leased, cursor={"after": after}, done=done)
                given.conclude("refreshed")
