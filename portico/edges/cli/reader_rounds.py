"""The recurring job that tells readers of the library: digests, and what an office has to read."""

from portico.domains.jobs.leases import Leased
from portico.domains.library import digests, required

KEEPER_OF_READERS = "library-keeper"


class TellReaders:
    """The handler of the recurring job `tell_readers`."""

    def run(self, leased: Leased) -> None:
        """Tells offices of what they have to read, then people of what is new; writes nothing otherwise."""
        while required.is_due(actor=leased.actor(KEEPER_OF_READERS)) and not leased.worker.is_stopping():
            required.tell(actor=leased.actor(KEEPER_OF_READERS))
        while digests.is_due(actor=leased.actor(KEEPER_OF_READERS)) and not leased.worker.is_stopping():
            digests.send(actor=leased.actor(KEEPER_OF_READERS))
