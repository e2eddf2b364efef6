"""From a file sent in to the rows of a batch: its form told by its content, its columns by their names."""

from datetime import date
from itertools import islice

from django.conf import settings
from django.utils.module_loading import import_string

from portico.domains.members import batches
from portico.domains.members.batches import CannotRead, NewFile
from portico.domains.permits.actors import Actor
from portico.edges.web.batches import columns, csv_files, tables, workbooks
from portico.edges.web.batches.questions import Asking
from portico.edges.web.batches.tables import Line

_ROWS_BEFORE_THE_FIRST = 10


def read(content: bytes, *, actor: Actor, tax_id: str, as_of: date) -> NewFile:
    """The rows of a CSV file, an Excel workbook or an X12 270; `as_of` is the day for rows that name none.

    Raises CannotRead where no row can be told, batches.TooManyRows.
    """
    kind = tables.kind_of(content)
    if kind not in (tables.CSV, tables.XLSX):
        return _by_other_edge(kind, content, actor=actor, tax_id=tax_id, as_of=as_of)
    most = batches.most_rows(actor)
    lines = _lines(kind, content, most=most + 1 + _ROWS_BEFORE_THE_FIRST)
    head, places = columns.header(lines[:_ROWS_BEFORE_THE_FIRST])
    asking = Asking(places, width=len(head.cells), as_of=as_of, today=actor.today)
    rows = tuple(asking.row(line) for line in lines if line.number > head.number)
    if not rows:
        raise CannotRead("no_rows", "The file names columns, and has no row below them.")
    if len(rows) > most:
        raise batches.TooManyRows(most)
    return NewFile(kind, rows)


def _lines(kind: str, content: bytes, *, most: int) -> list[Line]:
    """The rows that say anything, and no more of them than are looked at."""
    if kind == tables.CSV:
        found = csv_files.lines(content, columns.recognised)
    else:
        found = workbooks.lines(content, most=most)
    return list(islice((line for line in found if line.problem or any(line.cells)), most))


def _by_other_edge(kind: str, content: bytes, *, actor: Actor, tax_id: str, as_of: date) -> NewFile:
    path = settings.BATCH_READERS.get(kind)
    if path is None:
        raise CannotRead("no_reader", "This portal takes CSV files and Excel workbooks alone.")
    read_it = import_string(path)
    made: NewFile = read_it(content, actor=actor, tax_id=tax_id, as_of=as_of)
    return made
