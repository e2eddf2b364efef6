"""The recurring job that drops what need not be kept of exchanges: old batches, and old rows of their log."""

from portico.domains.exchange import housekeeping
from portico.domains.jobs.leases import Leased

TIDIER = "exchange-tidier"


class ForgetExchanges:
    """The handler of the recurring job `forget_exchanges`."""

    def run(self, leased: Leased) -> None:
        """Drops what is over its time, some at a time, a permit each."""
        while housekeeping.forget(actor=leased.actor(TIDIER)) and not leased.worker.is_stopping():
            pass
