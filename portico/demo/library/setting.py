"""How a filled text is set: no empty lines beyond one, tables that begin their rows with a capital."""

import re
from typing import Final

_MANY_LINES: Final = re.compile(r"\n{3,}")
_ROW: Final = re.compile(r"^\|.*\|$", re.MULTILINE)
_HEAD: Final = re.compile(r"^(\|.*\|)\n(?=\| ---)", re.MULTILINE)
_PLAIN: Final = re.compile(r"[a-z][a-z()-]*")


def neat(text: str) -> str:
    """The text as it is published."""
    capital = _ROW.sub(lambda row: _begun(row[0], cells=1), text)
    capital = _HEAD.sub(lambda head: _begun(head[1], cells=99) + "\n", capital)
    return _MANY_LINES.sub("\n\n", capital.replace(" %", "%")).strip("\n")


def _begun(row: str, *, cells: int) -> str:
    """The row with a capital at the beginning of so many cells, where a word begins there."""
    parts = row.split(" | ")
    return " | ".join(_capital(part) if place < cells else part for place, part in enumerate(parts))


def _capital(cell: str) -> str:
    begins = 2 if cell.startswith("| ") else 0
    word = cell[begins:].split(" ")[0]
    if not _PLAIN.fullmatch(word.rstrip(":,")):
        return cell
    return cell[:begins] + cell[begins].upper() + cell[begins + 1 :]
