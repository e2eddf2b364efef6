"""The recurring job that watches over the clocks of authorization requests."""

from portico.domains.authorizations import alerts
from portico.domains.jobs.leases import Leased

CLOCK_WATCH = "clock-watch"


class WatchClocks:
    """The handler of the recurring job `watch_clocks`."""

    def run(self, leased: Leased) -> None:
        """Tells both sides of requests that are due soon, and of late ones; writes nothing where none is."""
        actor = leased.actor(CLOCK_WATCH)
        while alerts.is_due(at=actor.asked_at) and not leased.worker.is_stopping():
            if not alerts.keep(actor=actor):
                break
