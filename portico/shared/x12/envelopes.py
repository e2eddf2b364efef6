"""Interchanges, groups and transaction sets, read lazily; counts and control numbers checked as they pass.

    ISA  interchange          for interchange in envelopes.read(file):
      TA1 acknowledgments         for group in interchange.groups():
      GS   group                      for transaction in group.transactions():
        ST   transaction set              for number, segment in transaction.segments():
        SE   SE01 segments, SE02 = ST02           ...
      GE   GE01 sets, GE02 = GS06
    IEA  IEA01 groups, IEA02 = ISA13

What is not read is skipped, and still checked. Each level is good until the next of its kind is asked for.
Nothing is kept of what has passed but control numbers, so a file of any size is read in flat memory.

A fault raises X12Error. With `on_fault`, the recoverable ones (see `FaultCode`) go there instead, reading
goes on, and the level they belong to lists them too.

A loader that stops keeps `transaction.bookmark()`: `resume` begins again with the segment handed out last.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from portico.shared.x12 import bookmarks, tokens
from portico.shared.x12.bookmarks import Bookmark
from portico.shared.x12.feed import CHUNK_BYTES, Source
from portico.shared.x12.levels import Interchange
from portico.shared.x12.limits import STANDING_LIMITS, Limits
from portico.shared.x12.walking import Report, Walk


def read(
    source: Source,
    *,
    limits: Limits = STANDING_LIMITS,
    on_fault: Report | None = None,
    chunk_bytes: int = CHUNK_BYTES,
) -> Iterator[Interchange]:
    """Answers the interchanges of a file, one after the other; raises X12Error where the syntax breaks."""
    walk = Walk(tokens.blocks(source, limits=limits, chunk_bytes=chunk_bytes), limits, on_fault)
    yield from _interchanges(walk, set())


def resume(
    source: BinaryIO | bytes,
    bookmark: Bookmark,
    *,
    limits: Limits = STANDING_LIMITS,
    on_fault: Report | None = None,
    chunk_bytes: int = CHUNK_BYTES,
) -> Iterator[Interchange]:
    """Answers the interchanges from a bookmark on; the first begins with its group, set and segment.

    Counts and control numbers are checked as if the file had been read from its beginning, except that a
    control number repeated from before the bookmark is not noticed. Raises X12Error (`BOOKMARK_STALE`) for
    another file.
    """
    file = BytesIO(source) if isinstance(source, bytes) else source
    opened = bookmarks.find(file, bookmark, limits)
    file.seek(bookmark.offset)
    blocks = tokens.blocks(file, limits=limits, chunk_bytes=chunk_bytes, begin=opened.position)
    walk = Walk(blocks, limits, on_fault)
    walk.interchange = bookmark.interchange
    interchange = Interchange(walk, opened.isa, opened.position.delimiters, bookmark.isa_offset)
    interchange.reopen(bookmark, opened)
    yield interchange
    interchange.skip()
    yield from _interchanges(walk, {interchange.header.control_number})


def _interchanges(walk: Walk, control_numbers: set[str]) -> Iterator[Interchange]:
    while walk.step() and walk.block:
        interchange = Interchange(walk, walk.at[1], walk.block.delimiters, walk.offset())
        interchange.check_header(interchange.header.control_number, control_numbers)
        yield interchange
        interchange.skip()
