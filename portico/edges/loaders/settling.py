"""Keeps the books of a load: a result for each row somebody must look at, counts, and the place reached.

Counts ride in the job's cursor, so they are right after a kill. A quarantined row keeps itself, sealed.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction

from portico.domains.jobs import queue, results
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Settle
from portico.domains.jobs.results import RowNote
from portico.domains.jobs.rules import RowOutcome
from portico.domains.permits.permit import Permit
from portico.edges.loaders import words
from portico.edges.loaders.bad_rows import BadRow
from portico.shared import table_statistics

Sent = TypeVar("Sent")
_TO_LOOK_AT = (RowOutcome.FLAGGED, RowOutcome.QUARANTINED)
_MOST_WORDS = 300
MANY = 1_000
"""A load of so many rows changes how the database is best asked."""


class RowRead(NamedTuple, Generic[Sent]):
    """A row of a file as read, or why it could not be; `raw` is the row itself.

    `locator` ends with the number of the segment or line the row begins at.
    """

    position: int
    locator: str
    raw: Sequence[Any]
    sent: Sent | BadRow


class Books:
    """The books of one job.

    A job whose payload names another, `again_of`, takes only the rows in that were quarantined there.
    """

    def __init__(self, leased: Leased, *, total: int) -> None:
        self._leased = leased
        self._total = total
        self.counts: Counter[str] = Counter(leased.cursor.get("counts", {}))
        again_of = leased.payload.get("again_of")
        self._waiting = None if again_of is None else _waiting(UUID(again_of))

    def wants(self, position: int) -> bool:
        """Is the row at this place of the file to be loaded?"""
        return self._waiting is None or position in self._waiting

    def settle(
        self, rows: Sequence[RowRead[Any]], fates: Sequence[Fate], *, cursor: Mapping[str, Any], done: int
    ) -> None:
        """Note the chunk's results and checkpoint the job, in the transaction that is open.

        `fates` are those of the rows that could be read, in their order. Raises LeaseLost, Stopping.
        """
        of_read = iter(fates)
        judged = [
            (row, _unreadable(row.sent) if isinstance(row.sent, BadRow) else next(of_read)) for row in rows
        ]
        self.counts.update(str(fate.outcome) for _, fate in judged)
        results.note(self._leased, [self._note(*pair) for pair in judged if pair[1].outcome in _TO_LOOK_AT])
        if self._waiting is not None:
            good = (row.position for row, fate in judged if fate.outcome is not RowOutcome.QUARANTINED)
            results.settle(self._leased, [self._waiting[position] for position in good])
        place = {**cursor, "counts": dict(self.counts)}
        queue.checkpoint(self._leased, cursor=place, done=done, total=self._total)

    def counted(self, rows: Sequence[RowRead[Any]], *, done: int, total: int, is_last: bool) -> Settle:
        """What settles a chunk of a feed in which one goes on by how many are done; the last one closes."""

        def settle(given: Permit, fates: Sequence[Fate]) -> None:
            del given
            self.settle(rows, fates, cursor={"done": done, "total": total}, done=done)
            if is_last:
                self.close()

        return settle

    def close(self) -> None:
        """End the job with its counts, in the transaction that is open. Raises LeaseLost.

        Once that is done, the database looks at the tables, where they have grown by much.
        """
        rows = sum(self.counts.values())
        if rows >= MANY:
            transaction.on_commit(table_statistics.refresh, robust=True)
        queue.finish(self._leased, summary={"rows": rows, **self.counts})

    def _note(self, row: RowRead[Any], fate: Fate) -> RowNote:
        where = f"{row.locator.rsplit(' ', 1)[0]} {fate.at}"
        return RowNote(
            position=row.position,
            locator=row.locator,
            outcome=fate.outcome,
            reason=fate.reasons[0],
            message=words.say(fate.reasons, where, fate.about)[:_MOST_WORDS],
            raw_sealed=self._sealed(row) if fate.outcome is RowOutcome.QUARANTINED else None,
        )

    def _sealed(self, row: RowRead[Any]) -> bytes:
        place = f"jobs.rowresult.raw:{self._leased.public_id}:{row.position}"
        return bytes(settings.PORTICO_VAULT.seal(json.dumps(list(row.raw)), place=place))


def refuse(leased: Leased, given: Permit, *, message: str, code: str) -> None:
    """Note why the whole file is refused; the job then fails with that code."""
    note = RowNote(
        position=0,
        locator="the file",
        outcome=RowOutcome.QUARANTINED,
        reason=code,
        message=message[:_MOST_WORDS],
    )
    results.note(leased, [note])
    given.conclude("refused")


def _waiting(job: UUID) -> dict[int, int]:
    """The rows of a job that wait to be taken in again: place in the file -> id of the result."""
    found: dict[int, int] = {}
    last = 0
    while page := results.to_run_again(job=job, after=last):
        found |= {row.position: row.id for row in page}
        last = page[-1].id
    return found


def _unreadable(error: BadRow) -> Fate:
    return Fate(error.place, RowOutcome.QUARANTINED, (error.reason,), error.place, error.about)
