"""PDF (ISO 32000): refused where anything in it acts, opens something else, or cannot be looked into.

Names may be written with escapes (#4A for J), and objects may stand packed in object streams; both are read
as a viewer would read them, the latter up to a bound. A file whose object streams are packed in any other
way than the usual one is refused, and so is an encrypted one: nobody can say what they hold. What follows the
last end mark is left out.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from portico.shared.files.faults import BadFile, Fault

BEGINNING: Final = b"%PDF-"
MOST_UNPACKED: Final = 32 * 1024 * 1024
MOST_STREAMS: Final = 20_000
_END: Final = b"%%EOF"
_DICTIONARY: Final = 1024
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"(?<!end)stream(\r\n|\n)")
_PACKED: Final = re.compile(rb"/ObjStm\b")
_FILTER: Final = re.compile(rb"/Filter\s*(\[\s*)?/FlateDecode\s*(?(1)\])\s*(?=[/>])")
_LOCKED: Final = re.compile(rb"/Encrypt\b")
_ACTING: Final = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToR|GoToE|Rendition"
    rb"|Movie|Sound|3D|SetOCGState)\b"
)


def checked(content: bytes) -> bytes:
    """The file up to its end. Raises BadFile."""
    end = content.rfind(_END)
    if end < 0:
        raise BadFile(Fault.DAMAGED)
    kept = content[: end + len(_END)] + b"\n"
    names = _with_plain_names(kept)
    if _LOCKED.search(names):
        raise BadFile(Fault.LOCKED)
    _check(names)
    for unpacked in _object_streams(kept, len(_PACKED.findall(names))):
        _check(_with_plain_names(unpacked))
    return kept


def _check(names: bytes) -> None:
    if _ACTING.search(names):
        raise BadFile(Fault.ACTIVE)


def _with_plain_names(content: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), content)


def _object_streams(content: bytes, expected: int) -> Iterator[bytes]:
    """What the object streams hold; `expected` of them, or one is hidden where we do not look."""
    left, seen = MOST_UNPACKED, 0
    for count, begins in enumerate(_STREAM.finditer(content), 1):
        if count > MOST_STREAMS:
            raise BadFile(Fault.UNCHECKABLE)
        before = _with_plain_names(content[max(0, begins.start() - _DICTIONARY) : begins.start()])
        said = before[before.rfind(b"obj") + 3 :]
        if not _PACKED.search(said):
            continue
        packed = content[begins.end() : content.find(b"endstream", begins.end()) + 1]
        left -= len(packed)
        unpacked = _unpacked(said, packed, left)
        left, seen = left - len(unpacked), seen + 1
        yield unpacked
    if seen != expected:
        raise BadFile(Fault.UNCHECKABLE)


def _unpacked(said: bytes, packed: bytes, most: int) -> bytes:
    """What a stream holds; its dictionary says how it is packed."""
    if most <= 0 or not packed:
        raise BadFile(Fault.UNCHECKABLE)
    if b"/Filter" not in said:
        return packed
    if not _FILTER.search(said) or said.count(b"/Filter") != 1 or b"/DecodeParms" in said:
        raise BadFile(Fault.UNCHECKABLE)
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(packed, most)
    except zlib.error as error:
        raise BadFile(Fault.UNCHECKABLE) from error
    if not unpacking.eof:
        raise BadFile(Fault.UNCHECKABLE)
    return unpacked
