"""CSV as practice systems and spreadsheets write it: several encodings, commas or other signs between cells.

A cell may be quoted, but holds no line break: so a quotation mark that is never closed costs its own row and
no other.
"""

import codecs
import csv
import re
from collections.abc import Callable, Sequence
from itertools import islice

from portico.domains.members.batches import CannotRead
from portico.edges.web.batches.tables import Line, Lines

UNCLOSED = "unclosed_quote"

_BREAK = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SEPARATORS = ",;\t|"
_LOOKED_AT = 10
MOST_LINES = 100_000  # empty ones among them: five megabytes of line breaks are fifteen seconds of work
_SIXTEEN = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

Recognised = Callable[[Sequence[str]], int]


def lines(content: bytes, recognised: Recognised) -> Lines:
    """The rows; `recognised` counts the names of columns in a row, and so tells which sign parts cells.

    Raises CannotRead where the file is no text, or has more lines than anybody's table.
    """
    text = _text(content)
    if sum(1 for _ in islice(_BREAK.finditer(text), MOST_LINES)) == MOST_LINES:
        raise CannotRead("too_many_lines", f"The file has more than {MOST_LINES:,} lines. Split it.")
    rows = _BREAK.split(text)
    separator = _separator(rows[:_LOOKED_AT], recognised)
    for number, row in enumerate(rows, 1):
        yield _line(number, row, separator)


def _line(number: int, row: str, separator: str) -> Line:
    try:
        cells = next(csv.reader([row], delimiter=separator, strict=True), [])
    except csv.Error:
        return Line(number, (), UNCLOSED)
    return Line(number, tuple(cell.strip() for cell in cells))


def _separator(rows: Sequence[str], recognised: Recognised) -> str:
    """The sign under which the most names of columns are found; a comma where none are."""

    def found(sign: str) -> int:
        return max((recognised(_line(0, row, sign).cells) for row in rows), default=0)

    return max(_SEPARATORS, key=found)


def _text(content: bytes) -> str:
    text = _decoded(content).removeprefix("\ufeff")
    if _CONTROL.search(text):
        raise CannotRead("not_text", "The file holds signs that no table of text has. Save it as CSV again.")
    return text


def _decoded(content: bytes) -> str:
    """UTF-16 by its mark or its many zeros, else UTF-8, else what Windows writes in western offices."""
    encoding = _SIXTEEN.get(content[:2]) or _unmarked(content)
    try:
        return content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise CannotRead("not_text", "The file's encoding is broken. Save it as CSV again.") from None
        return content.decode("cp1252", errors="replace")


def _unmarked(content: bytes) -> str:
    start = content[:200]
    if b"\x00" not in start:
        return ""
    return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
