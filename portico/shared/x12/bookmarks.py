"""Where a reader stopped inside a file, and finding that place again."""

from dataclasses import dataclass
from typing import BinaryIO

from portico.shared.x12 import delimiters
from portico.shared.x12.faults import FaultCode, SyntaxFault, X12Error
from portico.shared.x12.limits import Limits
from portico.shared.x12.splitting import Splitter
from portico.shared.x12.tokens import Position


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A segment inside a transaction set, with what stands open around it; all whole numbers, fit for JSON.

    Offsets are bytes from the start of the file, numbers count segments from the ISA. `groups` and
    `transactions` count those opened so far in the interchange and in the group.
    """

    interchange: int
    groups: int
    transactions: int
    isa_offset: int
    gs_offset: int
    st_offset: int
    st_number: int
    offset: int
    number: int

    @property
    def opened_at(self) -> tuple[int, int, int]:
        """Answers the offsets of the ISA, the GS and the ST."""
        return self.isa_offset, self.gs_offset, self.st_offset


@dataclass(frozen=True, slots=True)
class Opened:
    """The place of a bookmark with the segments that opened what stands around it."""

    position: Position
    isa: list[str]
    gs: list[str]
    st: list[str]


def find(source: BinaryIO, bookmark: Bookmark, limits: Limits) -> Opened:
    """Answers what stands open at a bookmark, and leaves the source at its segment.

    Raises X12Error (`BOOKMARK_STALE`) when the file is not the one it was made in: the ISA, GS and ST must
    be in their places, and a segment must begin at the bookmark's.
    """
    isa_bytes = _read(source, bookmark.isa_offset, delimiters.ISA_BYTES)
    if not isa_bytes.startswith(b"ISA"):
        raise _stale(bookmark)
    found = delimiters.detect(isa_bytes, interchange=bookmark.interchange)
    splitter = Splitter(found, bookmark.interchange, limits)
    (isa, gs, st) = (
        _segment(source, offset, name, bookmark, splitter, limits)
        for name, offset in zip(("ISA", "GS", "ST"), bookmark.opened_at, strict=True)
    )
    before = _read(source, bookmark.offset - 1, 1)
    if before not in (found.terminator.encode(), b"\r", b"\n"):
        raise _stale(bookmark)
    position = Position(found, bookmark.interchange, bookmark.number, bookmark.offset)
    return Opened(position, isa, gs, st)


def _segment(
    source: BinaryIO, offset: int, name: str, bookmark: Bookmark, splitter: Splitter, limits: Limits
) -> list[str]:
    held = _read(source, offset, limits.segment_bytes + 1)
    end = held.find(splitter.delimiters.terminator.encode()) + 1
    pieces, fault = splitter.split(held[:end], bookmark.number, offset) if end else ([""], None)
    segment = pieces[0].split(splitter.delimiters.element) if pieces else [""]
    if fault or segment[0] != name:
        raise _stale(bookmark)
    return segment


def _read(source: BinaryIO, offset: int, length: int) -> bytes:
    source.seek(offset)
    found = b""
    while len(found) < length and (chunk := source.read(length - len(found))):
        found += chunk
    return found


def _stale(bookmark: Bookmark) -> X12Error:
    message = "the file is not the one this bookmark was made in. Read the file from its beginning"
    return X12Error(
        SyntaxFault(FaultCode.BOOKMARK_STALE, message, bookmark.number, interchange=bookmark.interchange)
    )
