"""A CSV extract: UTF-8 (a byte order mark is accepted), a header row, commas, one record a line.

A cell may be quoted, but holds no line break: so a quote that is never closed costs its own line and no
other. The first read goes through the whole file before anything is loaded, and refuses one whose header
or encoding is wrong.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.refusals import FeedRefused, RefusalCode

MOST_LINE = 65_536
_NAMED = 6
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """A record: its line number, from 1 (the header), and its cells by column, or why they cannot be told."""

    number: int
    raw: str
    cells: dict[str, str] | BadRow


def survey(source: BinaryIO, columns: Sequence[str], optional: Sequence[str] = ()) -> int:
    """How many records the file has. Raises FeedRefused."""
    source.seek(0)
    return sum(1 for _ in rows(source, columns, optional))


def rows(source: BinaryIO, columns: Sequence[str], optional: Sequence[str] = ()) -> Iterator[Line]:
    """The records below the header; empty lines are passed over. Raises FeedRefused.

    An optional column that the file has not is empty in every record.
    """
    lines = _lines(source)
    number, first = next(lines, (0, ""))
    names = header(first, columns, optional)
    absent = {name: "" for name in optional if name not in names}
    for number, text in lines:
        if text:
            found = cells(number, text, names)
            yield Line(number, text, found if isinstance(found, BadRow) else found | absent)


def header(text: str, columns: Sequence[str], optional: Sequence[str] = ()) -> list[str]:
    """The columns that the first line names, in its order: all of `columns`, perhaps some optional ones, and
    no others. Raises FeedRefused.
    """
    found = [name.strip() for name in _split(text) or []]
    missing = [name for name in columns if name not in found]
    known = {*columns, *optional}
    unknown = sorted({name[:30] for name in found if name not in known or found.count(name) > 1})
    if missing or unknown:
        words = "The first line does not name the columns of this feed."
        words += f" Missing: {_some(missing)}." if missing else ""
        words += f" Unknown or twice: {_some([_shown(name) for name in unknown])}." if unknown else ""
        raise FeedRefused(RefusalCode.WRONG_HEADER, words)
    return found


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _shown(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_ ]+", name) else "a name with unusual signs"


def cells(number: int, text: str, names: Sequence[str]) -> dict[str, str] | BadRow:
    """The cells of a line by column, or why they cannot be told."""
    if _CONTROL.search(text):
        return BadRow(ReadReason.CONTROL_CHARACTER, number)
    found = _split(text)
    if found is None or len(found) != len(names):
        return BadRow(ReadReason.CELLS_WRONG, number)
    return {name: cell.strip() for name, cell in zip(names, found, strict=True)}


def _split(text: str) -> list[str] | None:
    if '"' not in text:
        return text.split(",")
    try:
        return next(csv.reader([text], strict=True), None)
    except csv.Error:
        return None


def _lines(source: BinaryIO) -> Iterator[tuple[int, str]]:
    number = 0
    while line := source.readline(MOST_LINE + 1):
        number += 1
        if len(line) > MOST_LINE:
            words = f"Line {number} is longer than {MOST_LINE:,} bytes; are the line ends missing?"
            raise FeedRefused(RefusalCode.LINE_TOO_LONG, words)
        try:
            yield number, line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            words = f"Line {number} is not UTF-8. Save the file as UTF-8 and load it again."
            raise FeedRefused(RefusalCode.WRONG_ENCODING, words) from None
