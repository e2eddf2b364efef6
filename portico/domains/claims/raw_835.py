"""One transaction set cut out of a file that is kept, segment by segment, in an envelope of its own.

ISA and GS   as the file has them, but for control numbers, which are fresh
ST … SE      untouched, with the delimiters of that file
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from portico.shared.x12 import bookmarks, envelopes
from portico.shared.x12.bookmarks import Bookmark
from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.faults import X12Error
from portico.shared.x12.limits import FEED_LIMITS

_ISA13, _ISA14, _GS06 = 13, 14, 6


class NotKept(Exception):
    """The file is not here any more, or is another one."""


def cut(file: Path, place: Mapping[str, int], *, digest: str, control_number: int) -> bytes:
    """The set whose ST the bookmark `place` names, if its segments are still those of `digest`.

    Raises NotKept.
    """
    try:
        at = Bookmark(**place)
        with file.open("rb") as source:
            opened = bookmarks.find(source, at, FEED_LIMITS)
            source.seek(0)
            [interchange] = [next(envelopes.resume(source, at, limits=FEED_LIMITS))]
            transaction = next(interchange.transactions())
            segments = [segment for _, segment in transaction.segments()]
    except (OSError, TypeError, StopIteration, X12Error):
        raise NotKept from None
    if digest_of(segments) != digest:
        raise NotKept
    return _enveloped(opened.isa, opened.gs, opened.st, segments, interchange.delimiters, control_number)


def digest_of(segments: list[list[str]]) -> str:
    """The SHA-256 of a set's segments between ST and SE, whatever their delimiters."""
    found = hashlib.sha256()
    for segment in segments:
        found.update(of_segment(segment))
    return found.hexdigest()


def of_segment(segment: list[str]) -> bytes:
    """What a segment adds to the digest of its set."""
    return "\x1f".join(segment).encode() + b"\x1e"


def _enveloped(
    isa: list[str],
    gs: list[str],
    st: list[str],
    segments: list[list[str]],
    delimiters: Delimiters,
    control_number: int,
) -> bytes:
    number, group = f"{control_number:09d}", str(control_number or 1)
    isa, gs = list(isa), list(gs)
    isa[_ISA13], isa[_ISA14], gs[_GS06] = number, "0", group
    se = ["SE", str(len(segments) + 2), st[2]]
    whole = [isa, gs, st, *segments, se, ["GE", "1", group], ["IEA", "1", number]]
    ends = delimiters.terminator
    return "".join(delimiters.element.join(segment) + ends for segment in whole).encode()
