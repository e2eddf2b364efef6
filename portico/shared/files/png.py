"""PNG (W3C PNG, third edition): the chunks that make the picture, and none beside them.

    signature, IHDR, [tRNS gAMA cHRM sRGB pHYs PLTE]..., IDAT..., IEND

Texts, profiles, times and whatever follows IEND are left out.
"""

import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from portico.shared.files.faults import MOST_PARTS, BadFile, Fault, check_size

BEGINNING: Final = b"\x89PNG\r\n\x1a\n"
_KEPT: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs"})
_AROUND: Final = 12  # length, type, checksum


class _Chunk(NamedTuple):
    kind: bytes
    body: bytes
    whole: bytes


def cleaned(content: bytes) -> bytes:
    """The picture alone. Raises BadFile for one that is damaged, cut off, or too large to open."""
    chunks = list(islice(_chunks(content), MOST_PARTS + 1))
    if len(chunks) > MOST_PARTS:
        raise BadFile(Fault.DAMAGED)
    kinds = [chunk.kind for chunk in chunks]
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or kinds.count(b"IHDR") > 1 or b"IDAT" not in kinds:
        raise BadFile(Fault.DAMAGED)
    head = chunks[0].body
    if len(head) != 13:
        raise BadFile(Fault.DAMAGED)
    check_size(int.from_bytes(head[:4]), int.from_bytes(head[4:8]))
    return BEGINNING + b"".join(chunk.whole for chunk in chunks if chunk.kind in _KEPT)


def _chunks(content: bytes) -> Iterator[_Chunk]:
    """The chunks up to IEND."""
    at, kind = len(BEGINNING), b""
    while kind != b"IEND":
        length = int.from_bytes(content[at : at + 4])
        whole = content[at : at + _AROUND + length]
        if len(whole) != _AROUND + length or zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:]):
            raise BadFile(Fault.DAMAGED)
        kind = whole[4:8]
        yield _Chunk(kind, whole[8:-4], whole)
        at += len(whole)
