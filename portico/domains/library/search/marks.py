"""Pieces of a text with what was looked for marked, ready to be shown."""

from dataclasses import dataclass
from typing import Final

from tantivy import Document, Query, Searcher, Snippet, SnippetGenerator

from portico.domains.library.search.card_index import SCHEMA

LONG: Final = 220
WHOLE: Final = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text; `is_marked`: it was looked for."""

    text: str
    is_marked: bool = False


Marked = tuple[Piece, ...]


class Marker:
    """Marks what a query looks for in titles and texts."""

    def __init__(self, searcher: Searcher, query: Query) -> None:
        """Take what is looked for, and where."""
        self._by_field = {name: _generator(searcher, query, name) for name in ("title", "summary", "body")}

    def title(self, held: Document) -> Marked:
        """The whole title."""
        return self._pieces("title", held) or plain(str(held.get_first("title") or ""))

    def excerpt(self, held: Document) -> Marked:
        """Where the text, or else the summary, speaks of it; else how the one that is there begins."""
        for name in ("body", "summary"):
            if found := self._pieces(name, held):
                return found
        text = str(held.get_first("summary") or held.get_first("body") or "")
        return plain(text if len(text) <= LONG else f"{text[:LONG].rsplit(' ', 1)[0]} …")

    def _pieces(self, name: str, held: Document) -> Marked:
        return _cut(self._by_field[name].snippet_from_doc(held))


def plain(text: str) -> Marked:
    """The text as it is."""
    return (Piece(text),) if text else ()


def _generator(searcher: Searcher, query: Query, name: str) -> SnippetGenerator:
    made = SnippetGenerator.create(searcher, query, SCHEMA, name)
    made.set_max_num_chars(WHOLE if name == "title" else LONG)
    return made


def _cut(snippet: Snippet) -> Marked:
    """The fragment in pieces; places are counted in bytes of UTF-8."""
    text, pieces, at = snippet.fragment().encode(), [], 0
    for found in snippet.highlighted():
        if found.end <= at:
            continue
        start = max(found.start, at)
        if start > at:
            pieces.append(Piece(text[at:start].decode()))
        pieces.append(Piece(text[start : found.end].decode(), is_marked=True))
        at = found.end
    if pieces and at < len(text):
        pieces.append(Piece(text[at:].decode()))
    return tuple(pieces)
