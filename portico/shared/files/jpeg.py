"""JPEG (ITU-T T.81): the segments that make the picture, and none beside them.

    SOI, [APP0 APP14 DQT DHT DRI SOF]..., (SOS, coded data, [DHT DRI]...)..., EOI

What a camera wrote beside the picture (where it was taken, a preview, a second picture) is left out.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from portico.shared.files.faults import MOST_PARTS, BadFile, Fault, check_size

BEGINNING: Final = b"\xff\xd8\xff"
_END, _SCAN = 0xD9, 0xDA
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_KEPT: Final = _FRAMES | {0xC4, 0xCC, 0xDA, 0xDB, 0xDD, 0xE0, 0xEE}
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class _Segment(NamedTuple):
    marker: int
    body: bytes
    whole: bytes


def cleaned(content: bytes) -> bytes:
    """The picture alone. Raises BadFile for one that is damaged, cut off, or too large to open."""
    segments = list(islice(_segments(content), MOST_PARTS + 1))
    if len(segments) > MOST_PARTS:
        raise BadFile(Fault.DAMAGED)
    frames = [segment.body for segment in segments if segment.marker in _FRAMES]
    if len(frames) != 1 or len(frames[0]) < 6 or not any(each.marker == _SCAN for each in segments):
        raise BadFile(Fault.DAMAGED)
    height, width = int.from_bytes(frames[0][1:3]), int.from_bytes(frames[0][3:5])
    check_size(width, height)
    kept = b"".join(segment.whole for segment in segments if segment.marker in _KEPT)
    return b"\xff\xd8" + kept + b"\xff\xd9"


def _segments(content: bytes) -> Iterator[_Segment]:
    """The segments between the picture's beginning and its end, a scan with its coded data."""
    at = 2
    while True:
        while content[at : at + 2] == b"\xff\xff":  # any number of them may stand before a marker
            at += 1
        if content[at : at + 1] != b"\xff":
            raise BadFile(Fault.DAMAGED)
        marker = int.from_bytes(content[at + 1 : at + 2])
        if marker == _END:
            return
        length = int.from_bytes(content[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end >= len(content):
            raise BadFile(Fault.DAMAGED)
        body = content[at + 4 : end]
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        yield _Segment(marker, body, content[at:end])
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the coded data ends: at the next marker that is no restart."""
    found = _NEXT_MARKER.search(content, at)
    if found is None:
        raise BadFile(Fault.DAMAGED)
    return found.start()
