"""The recurring job that watches over the clocks of authorization requests, and of what offices answer."""

from portico.domains.authorizations import alerts, asking_more
from portico.domains.jobs.leases import Leased

CLOCK_WATCH = "clock-watch"


class WatchClocks:
    """The handler of the recurring job `watch_clocks`."""

    def run(self, leased: Leased) -> None:
        """Lets questions lapse whose time is over; tells both sides of requests due soon, and of late ones.

        Writes nothing where none is.
        """
        actor = leased.actor(CLOCK_WATCH)
        while asking_more.is_due(at=actor.asked_at) and not leased.worker.is_stopping():
            if not asking_more.lapse(actor=actor):
                break
        while alerts.is_due(at=actor.asked_at) and not leased.worker.is_stopping():
            if not alerts.keep(actor=actor):
                break
