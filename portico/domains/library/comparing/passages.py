"""From Markdown to passages: what a reader takes in one after the other, as two wordings are compared. Pure.

    ## Heading          Text(HEADING, depth 2)
    A paragraph.        Text(PARAGRAPH)
    - An item           Text(ITEM, depth 1)
      - one below it    Text(ITEM, depth 2)
    > What is quoted    Text(QUOTE)
    | A | table |       Table(head, rows of cells)

The number of an item is no part of it: one more item does not change those after it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from markdown_it.token import Token

from portico.domains.library import marking


class Kind(StrEnum):
    """What a passage of words is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Words:
    """What is read, and how it is written: the same words may lead elsewhere, or show another image."""

    read: str
    written: str


@dataclass(frozen=True, slots=True)
class Text:
    """A passage of words; `depth`: of the heading (2 to 6) or of the list that the item is in, else 0."""

    kind: Kind
    depth: int
    words: Words


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head and its rows, cell by cell."""

    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


Passage = Text | Table
_LISTS: Final = ("bullet_list", "ordered_list")


def of(body: str) -> tuple[Passage, ...]:
    """The passages of a body, in the order they are read. Never raises: any text is Markdown."""
    return tuple(_passages(marking.parsed(body)))


def _passages(tokens: Sequence[Token]) -> Iterator[Passage]:
    lists, quotes, heading, at = 0, 0, 0, 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "table_open":
            end = _end(tokens, at)
            yield _table(tokens[at:end])
            at = end
            continue
        name, _, side = token.type.rpartition("_")
        lists += _step(side) * (name in _LISTS)
        quotes += _step(side) * (name == "blockquote")
        if token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "inline":
            yield _text(_words(token), heading, lists, quotes)
        elif token.type in ("fence", "code_block"):
            yield from _code(token.content)
        at += 1


def _text(words: Words, heading: int, lists: int, quotes: int) -> Text:
    if heading:
        return Text(Kind.HEADING, heading, words)
    if lists:
        return Text(Kind.ITEM, lists, words)
    return Text(Kind.QUOTE if quotes else Kind.PARAGRAPH, 0, words)


def _code(content: str) -> Iterator[Text]:
    """Each line by itself: one that changed is one line, not the whole."""
    for line in content.splitlines():
        yield Text(Kind.CODE, 0, Words(line, line))


def _table(tokens: Sequence[Token]) -> Table:
    rows: list[list[Words]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_words(token))
    head, *others = rows
    return Table(tuple(head), tuple(tuple(row) for row in others))


def _words(token: Token) -> Words:
    """What an inline token says: its text, and of an image what it is said to show."""
    return Words(marking.said(token), " ".join(token.content.split()))


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where the table that opens at `at` is over; tables do not lie in each other."""
    return next(index for index in range(at, len(tokens)) if tokens[index].type == "table_close") + 1


def _step(side: str) -> int:
    return {"open": 1, "close": -1}.get(side, 0)
