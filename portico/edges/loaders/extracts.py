"""The job that loads a CSV extract: surveyed as a whole, then a permit and a transaction for each chunk
of records.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO, Generic, Protocol, TypeVar

from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Settle
from portico.domains.permits.actors import Actor
from portico.edges.loaders import csv_rows, handling
from portico.edges.loaders.bad_rows import BadRow
from portico.edges.loaders.cells import Cells
from portico.edges.loaders.csv_rows import Line
from portico.edges.loaders.settling import Books, RowRead

Sent = TypeVar("Sent")
Sent_co = TypeVar("Sent_co", covariant=True)


class Load(Protocol):
    """The domain's function that takes a chunk of records."""

    def __call__(
        self,
        *,
        actor: Actor,
        leased: Leased,
        rows: Sequence[Any],
        as_of: datetime,
        settle: Settle,
        is_last: bool = False,
    ) -> None: ...


class Layout(Protocol[Sent_co]):
    """One extract: its columns, how a record is read, and who takes it.

    `read` meets every record of the file in order, also those loaded before a kill. It raises BadRow.
    """

    @property
    def columns(self) -> Sequence[str]: ...

    def read(self, cells: Cells) -> Sent_co: ...

    @property
    def load(self) -> Load: ...


class Extract(Generic[Sent]):
    """Loads one staged extract of a layout; `watch` is told records done, of how many.

    `optional` are columns that a file may leave out.
    """

    def __init__(
        self,
        layout: Layout[Sent],
        watch: handling.Watch = handling.unwatched,
        optional: Sequence[str] = (),
    ) -> None:
        self._layout = layout
        self._optional = optional
        self.watch = watch

    def run(self, leased: Leased) -> None:
        """Load the file from where the job stands.

        Raises CannotDo where it is refused, LeaseLost, Stopping.
        """
        with handling.opened(leased) as source:
            total = leased.cursor.get("total") or self._survey(source)
            self._load_all(leased, source, total)

    def _survey(self, source: BinaryIO) -> int:
        return csv_rows.survey(source, self._layout.columns, self._optional)

    def _load_all(self, leased: Leased, source: BinaryIO, total: int) -> None:
        books, rows = Books(leased, total=total), []
        done = int(leased.cursor.get("done", 0))
        source.seek(0)
        lines = csv_rows.rows(source, self._layout.columns, self._optional)
        for position, line in enumerate(lines, 1):
            row = self._read(position, line)
            if position <= done or not books.wants(position):
                continue
            rows.append(row)
            if len(rows) >= handling.CHUNK and position < total:
                self._load(leased, books, rows, position, total)
                rows = []
        self._load(leased, books, rows, total, total, is_last=True)

    def _read(self, position: int, line: Line) -> RowRead[Sent]:
        sent: Sent | BadRow
        try:
            if isinstance(line.cells, BadRow):
                raise line.cells
            sent = self._layout.read(Cells(line.number, line.cells))
        except BadRow as error:
            sent = error
        return RowRead(position, f"line {line.number}", [line.raw], sent)

    def _load(
        self,
        leased: Leased,
        books: Books,
        rows: list[RowRead[Sent]],
        done: int,
        total: int,
        is_last: bool = False,
    ) -> None:
        self._taking(books, rows)(
            actor=leased.actor(handling.LOADER),
            leased=leased,
            rows=[row.sent for row in rows if not isinstance(row.sent, BadRow)],
            as_of=datetime.fromisoformat(leased.payload["as_of"]),
            settle=books.counted(rows, done=done, total=total, is_last=is_last),
            is_last=is_last,
        )
        self.watch(done, total)

    def _taking(self, books: Books, rows: Sequence[RowRead[Any]]) -> Load:
        """Who takes this chunk of records."""
        del books, rows
        return self._layout.load
