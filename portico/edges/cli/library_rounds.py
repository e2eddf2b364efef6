"""The recurring job of the library: what was approved for later is noted once it has appeared."""

from portico.domains.jobs.leases import Leased
from portico.domains.library import publishing


class AppearDocuments:
    """The handler of the recurring job `appear_documents`."""

    def run(self, leased: Leased) -> None:
        """Notes as published what has reached its instant; writes nothing where nothing has."""
        while publishing.is_due(now=leased.now()) and not leased.worker.is_stopping():
            publishing.appear(actor=leased.actor("library-clock"))
