"""The list of excluded individuals and entities, in the public layout its 18 columns have (LEIE).

The birth date is not read, and not kept (birth_dates). A row that cannot be read is told by its line alone:
nothing of it is kept, for it holds one.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from portico.domains.registration import exclusion_list
from portico.domains.registration.exclusion_list import SentExclusion
from portico.edges.loaders import handling
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.birth_dates import COLUMNS
from portico.edges.loaders.cells import Cells
from portico.edges.loaders.csv_rows import Line
from portico.edges.loaders.extracts import Extract, Load
from portico.edges.loaders.settling import Books, RowRead
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier

NO_NPI: Final = "0000000000"
NO_DAY: Final = "00000000"
QUARANTINED: Final = "quarantined"
_DAY_LENGTH: Final = 8


class Layout:
    """The public list."""

    columns = COLUMNS
    load = staticmethod(exclusion_list.load)

    def read(self, cells: Cells) -> SentExclusion:
        """One row. Raises BadRow."""
        is_organization = cells.is_empty("LASTNAME")
        excluded_on = _day(cells, "EXCLDATE")
        if excluded_on is None:
            raise BadRow(ReadReason.VALUE_MISSING, cells.line, "EXCLDATE")
        return SentExclusion(
            place=cells.line,
            last_name=cells.required("BUSNAME" if is_organization else "LASTNAME", 160),
            first_name="" if is_organization else cells.text("FIRSTNAME", 60),
            is_organization=is_organization,
            npi=_npi(cells),
            city=cells.text("CITY", 80),
            state=cells.text("STATE", 2),
            kind=cells.required("EXCLTYPE", 20),
            excluded_on=excluded_on,
            reinstated_on=_day(cells, "REINDATE"),
            told=tuple(cells.text(name, 160) for name in ("MIDNAME", "BUSNAME", "UPIN", "ADDRESS", "ZIP")),
        )


class Handler(Extract[SentExclusion]):
    """Loads the whole list."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        super().__init__(Layout(), watch)

    def _taking(self, books: Books, rows: Sequence[RowRead[Any]]) -> Load:
        is_whole = not books.counts[QUARANTINED] and not [row for row in rows if isinstance(row.sent, BadRow)]
        return partial(exclusion_list.load, is_whole=is_whole)

    def _read(self, position: int, line: Line) -> RowRead[SentExclusion]:
        return super()._read(position, line)._replace(raw=())


def _npi(cells: Cells) -> str:
    """The NPI; "" for none, and for one that cannot be: then the name speaks."""
    value = cells.text("NPI", 40)
    try:
        return "" if value in ("", NO_NPI) else identifiers.parse_npi(value)
    except BadIdentifier:
        return ""


def _day(cells: Cells, column: str) -> date | None:
    """A day as CCYYMMDD; None for zeros, and where nothing stands."""
    value = cells.text(column, 40)
    if value in ("", NO_DAY):
        return None
    if len(value) != _DAY_LENGTH or not value.isascii() or not value.isdecimal():
        raise BadRow(ReadReason.DATE_WRONG, cells.line, column)
    try:
        return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise BadRow(ReadReason.DATE_WRONG, cells.line, column) from None
