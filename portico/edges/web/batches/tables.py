"""A file as a table of typed text, whatever it came as; what it is, its content says and not its name."""

from collections.abc import Iterator
from dataclasses import dataclass

from portico.domains.members.batches import CannotRead

MOST_BYTES = 5 * 1024 * 1024
CSV, XLSX, X12 = "csv", "xlsx", "x12"

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_NOT_TABLES = (b"%pdf", b"\x89png", b"\xff\xd8\xff", b"\x1f\x8b", b"{\\rtf", b"<html", b"<!doc")
_MARKS = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number as a spreadsheet counts, from 1, and its cells; `problem` where they run together."""

    number: int
    cells: tuple[str, ...]
    problem: str = ""


Lines = Iterator[Line]


def kind_of(content: bytes) -> str:
    """Whether a file is a CSV, an XLSX or an X12 interchange. Raises CannotRead for anything else."""
    start = content.removeprefix(_MARKS).lstrip()[:8]
    if not start:
        raise CannotRead("empty", "The file is empty.")
    if content.startswith(_ZIP):
        return XLSX
    if content.startswith(_OLD_OFFICE):
        raise CannotRead("old_workbook", "This is a workbook of the old kind. Save it as .xlsx or as CSV.")
    if start.lower().startswith(_NOT_TABLES):
        raise CannotRead("not_a_table", "This is no table. Send a CSV file, an Excel workbook or an X12 270.")
    return X12 if start.startswith(b"ISA") else CSV
