"""The list of exclusions without its birth dates: nobody here reads them, so they are kept nowhere.

Line after line is kept as it is read, with the same number. A row whose cells cannot be told apart is kept as
one that cannot be read, and of a file that will be refused no more than what it is refused for.
"""

import csv
import io
import re
from typing import Final

from portico.edges.loaders import csv_rows
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.refusals import FeedRefused

COLUMNS: Final = (
    "LASTNAME FIRSTNAME MIDNAME BUSNAME GENERAL SPECIALTY UPIN NPI DOB ADDRESS CITY STATE ZIP EXCLTYPE "
    "EXCLDATE REINDATE WAIVERDATE WVRSTATE"
).split()
BIRTH_DATE: Final = "DOB"
_UNREADABLE: Final = {ReadReason.CELLS_WRONG: b'"\n', ReadReason.CONTROL_CHARACTER: b"\x01\n"}
_NOT_UTF_8: Final = b"\xff\n"
_TOO_LONG: Final = b" " * (csv_rows.MOST_LINE + 1)


class WithoutBirthDates:
    """Takes a file line by line, each with its end and no longer than one byte too many, and answers what is
    kept of it.
    """

    def __init__(self) -> None:
        self._header: list[str] = []
        self._is_refused = False

    def __call__(self, line: bytes) -> bytes:
        """What is kept of the next line."""
        if self._is_refused:
            return b""
        if len(line) > csv_rows.MOST_LINE:
            return self._refused(_TOO_LONG)
        try:
            text = line.decode("utf-8" if self._header else "utf-8-sig").rstrip("\r\n")
        except UnicodeDecodeError:
            return self._refused(_NOT_UTF_8)
        return self._row(text) if self._header else self._first(text)

    def _refused(self, so: bytes) -> bytes:
        self._is_refused = True
        return so

    def _first(self, text: str) -> bytes:
        """The names of the columns; where they are not, a row may stand there, so no number is kept."""
        try:
            self._header = csv_rows.header(text, COLUMNS)
        except FeedRefused:
            return self._refused(f"{re.sub('[0-9]', '0', text)}\n".encode())
        return f"{text}\n".encode()

    def _row(self, text: str) -> bytes:
        if not text:
            return b"\n"
        cells = csv_rows.cells(0, text, self._header)
        if isinstance(cells, BadRow):
            return _UNREADABLE[cells.reason]
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow({**cells, BIRTH_DATE: ""}.values())
        return line.getvalue().encode()
