"""zip_codes.csv: one record for each ZIP code and where it lies (docs/reference/feeds.md)."""

from collections.abc import Sequence
from datetime import datetime

from portico.domains.directory import positions, refreshing
from portico.domains.directory.positions import SentZipCode
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Settle
from portico.domains.permits.actors import Actor
from portico.edges.loaders import handling
from portico.edges.loaders.cells import Cells
from portico.edges.loaders.extracts import Extract


def load(
    *,
    actor: Actor,
    leased: Leased,
    rows: Sequence[SentZipCode],
    as_of: datetime,
    settle: Settle,
    is_last: bool = False,
) -> None:
    """A chunk of the list; with the last the directory is queued to take up where its places lie."""
    then = refreshing.and_refresh(settle) if is_last else settle
    positions.load(actor=actor, leased=leased, rows=rows, as_of=as_of, settle=then, is_last=is_last)


class Layout:
    """The list of ZIP codes."""

    columns = "zip_code latitude longitude".split()
    load = staticmethod(load)

    def read(self, cells: Cells) -> SentZipCode:
        """One ZIP code. Raises BadRow."""
        return SentZipCode(
            place=cells.line,
            code=cells.zip_code("zip_code"),
            latitude=cells.degrees("latitude", 90),
            longitude=cells.degrees("longitude", 180),
        )


class Handler(Extract[SentZipCode]):
    """Loads a list of ZIP codes."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        super().__init__(Layout(), watch)
