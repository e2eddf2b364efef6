"""A file as numbered segments, read in blocks of bounded memory.

    for number, segment in tokens.segments(file):
        segment[0]   # the ID, "NM1"
        segment[1]   # NM101, and so on; nothing is trimmed

A segment is the plain list that `str.split` gives. Numbers count from 1, the ISA, and start anew at each
interchange, which brings its own delimiters. CR and LF after a terminator are skipped. Nothing is checked
here about envelopes.

Good segments before a fault are handed out first. Neither tokens nor faults depend on the size of the reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, chain, repeat

from portico.shared.x12 import charset, delimiters
from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.faults import FaultCode, SyntaxFault, X12Error
from portico.shared.x12.feed import CHUNK_BYTES, Feed, Source
from portico.shared.x12.limits import STANDING_LIMITS, Limits
from portico.shared.x12.splitting import Splitter


@dataclass(slots=True)
class Block:
    """Some consecutive segments of one interchange, not yet split into elements.

    `pieces[i]` is the text of segment `first_number + i`; `raw` is what they were read from, from byte
    `offset` of the file up to and with the last terminator.
    """

    delimiters: Delimiters
    interchange: int
    first_number: int
    offset: int
    raw: bytes
    pieces: list[str]
    _lengths: list[int] = field(default_factory=list)

    def numbered(self) -> Iterator[tuple[int, list[str]]]:
        """Answers each segment with its number, split into elements as it is asked for."""
        return enumerate(map(str.split, self.pieces, repeat(self.delimiters.element)), self.first_number)

    def offset_of(self, number: int) -> int:
        """Answers the place in the file of the first byte of one of the block's segments."""
        if not self._lengths:
            lengths = map(len, self.raw.split(self.delimiters.terminator.encode()))
            self._lengths = list(accumulate(lengths, initial=0))
        before = number - self.first_number  # segments, each with its terminator
        start = self._lengths[before] + before
        rest = self.raw[start : self._lengths[before + 1] + before]
        return self.offset + start + len(rest) - len(rest.lstrip(charset.LINE_ENDS))


@dataclass(frozen=True, slots=True)
class Position:
    """Where to begin inside an interchange: what `blocks` needs to know beside the source."""

    delimiters: Delimiters
    interchange: int
    number: int
    offset: int


def segments(
    source: Source, *, limits: Limits = STANDING_LIMITS, chunk_bytes: int = CHUNK_BYTES
) -> Iterator[tuple[int, list[str]]]:
    """Answers each segment with its number in its interchange; raises X12Error where the syntax breaks."""
    return chain.from_iterable(map(Block.numbered, blocks(source, limits=limits, chunk_bytes=chunk_bytes)))


def blocks(
    source: Source,
    *,
    limits: Limits = STANDING_LIMITS,
    chunk_bytes: int = CHUNK_BYTES,
    begin: Position | None = None,
) -> Iterator[Block]:
    """Answers the file's blocks in order; raises X12Error where the syntax breaks, after the good ones.

    `source` is the file's bytes, or a binary file that is read from where it stands. With `begin`, that is
    the place described by it, inside an interchange.
    """
    feed = Feed(source, limits, chunk_bytes)
    if begin is None:
        feed.begin()
        begin = _opened(feed, 1)
        if begin is None:
            raise X12Error(SyntaxFault(FaultCode.EMPTY_FILE, "the file is empty. Send it again"))
    room = limits.segments - begin.number + 1
    while begin is not None:
        for block in _interchange(feed, begin, room):
            room -= len(block.pieces)
            yield block
        begin = _opened(feed, begin.interchange + 1)


def _opened(feed: Feed, interchange: int) -> Position | None:
    isa = feed.header(delimiters.ISA_BYTES, interchange=interchange)
    if not isa:
        return None
    return Position(delimiters.detect(isa, interchange=interchange), interchange, 1, feed.offset)


def _interchange(feed: Feed, begin: Position, room: int) -> Iterator[Block]:
    splitter = Splitter(begin.delimiters, begin.interchange, feed.limits)
    number, closed = begin.number, False
    while not closed:
        raw, closed = feed.take(splitter, number)
        if not raw:
            return
        offset = feed.offset - len(raw)
        pieces, fault = splitter.split(raw, number, offset)
        if len(pieces) > room:
            pieces, fault = pieces[:room], splitter.fault_too_many(number + room)
        if pieces:
            yield Block(begin.delimiters, begin.interchange, number, offset, raw, pieces)
        if fault:
            raise X12Error(fault)
        number += len(pieces)
        room -= len(pieces)
