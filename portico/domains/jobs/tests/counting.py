"""A handler for tests: it notes the rows 0, 1, 2 … of a file that does not exist, a few to a chunk."""

import time

from django.db import transaction

from portico.domains.jobs import queue, results
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.rules import RowOutcome


class Count:
    """Payload: `rows` in all, `chunk` rows at a time, `pause` seconds after writing each chunk."""

    def run(self, leased: Leased) -> None:
        """Notes the rows from the cursor on."""
        rows, chunk = int(leased.payload["rows"]), int(leased.payload["chunk"])
        for first in range(int(leased.cursor.get("next", 0)), rows, chunk):
            last = min(first + chunk, rows)
            with transaction.atomic():
                results.note(leased, [_accepted(position) for position in range(first, last)])
                queue.checkpoint(leased, cursor={"next": last}, done=last, total=rows)
            time.sleep(float(leased.payload["pause"]))


def _accepted(position: int) -> results.RowNote:
    return results.RowNote(position=position, locator=f"line {position}", outcome=RowOutcome.ACCEPTED)
