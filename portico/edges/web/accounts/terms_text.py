"""The terms of use as a page shows them: headings, paragraphs and lists out of plain text.

    # A heading            one line; ## and ### stand below it
    A paragraph, over as many lines as it likes.
    - a point              or *; a line that is indented goes on with it
    1. a numbered point    the first number of a list is the one it begins with

Blank lines part them. Nothing in the text is markup: templates escape every word of it.
"""

import re
from dataclasses import dataclass
from typing import Final

_HEADING: Final = re.compile(r"(#{1,3}) +(.*)")
_POINT: Final = re.compile(r"[-*] +(.*)")
_NUMBER: Final = re.compile(r"([0-9]{1,4})[.)] +(.*)")
HIGHEST: Final = 2


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text: `kind` is heading, paragraph, list or numbers.

    `level` is that of a heading on a page whose title is the first; `start` the first number of a list;
    `lines` the points of a list, else one text.
    """

    kind: str
    lines: tuple[str, ...]
    level: int = 0
    start: int = 1

    @property
    def text(self) -> str:
        """The words of what is no list."""
        return self.lines[0]


def blocks(text: str) -> tuple[Block, ...]:
    """The parts of the text, in order."""
    made: list[Block] = []
    goes_on = False
    for line in text.splitlines():
        if not line.strip():
            goes_on = False
        elif goes_on and made and not _begins(line):
            made[-1] = _with_words(made[-1], line.strip())
        else:
            _add(made, _block(line.strip()), goes_on=goes_on)
            goes_on = made[-1].kind != "heading"
    return tuple(made)


def _begins(line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in (_HEADING, _POINT, _NUMBER))


def _block(line: str) -> Block:
    if found := _HEADING.fullmatch(line):
        return Block("heading", (found[2].strip(),), level=HIGHEST + len(found[1]) - 1)
    if found := _POINT.fullmatch(line):
        return Block("list", (found[1].strip(),))
    if found := _NUMBER.fullmatch(line):
        return Block("numbers", (found[2].strip(),), start=int(found[1]))
    return Block("paragraph", (line,))


def _add(made: list[Block], block: Block, *, goes_on: bool) -> None:
    """A point joins the list it follows, over a blank line too when its number is the next."""
    last = made[-1] if made else None
    is_list = block.kind in ("list", "numbers")
    if last is None or last.kind != block.kind or not is_list or not (goes_on or _is_next(last, block)):
        made.append(block)
        return
    made[-1] = Block(last.kind, (*last.lines, *block.lines), start=last.start)


def _is_next(last: Block, block: Block) -> bool:
    return block.kind == "list" or block.start == last.start + len(last.lines)


def _with_words(block: Block, words: str) -> Block:
    *before, last = block.lines
    return Block(block.kind, (*before, f"{last} {words}"), block.level, block.start)
