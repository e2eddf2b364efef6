"""PDF (ISO 32000): refused where anything in it acts, opens something else, or cannot be looked into.

Names may be written with escapes (#4A for J), and objects may stand packed in object streams; both are read
as a viewer would read them, the latter up to a bound. A stream that says where its first object stands
(/First) is one, whether or not it says so; one that is packed in any other way than the usual is refused, and
so is an encrypted file: nobody can say what they hold. What follows the last end mark is left out.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from portico.shared.files import pdf_dictionaries
from portico.shared.files.faults import BadFile, Fault
from portico.shared.files.pdf_dictionaries import Values, plain

BEGINNING: Final = b"%PDF-"
MOST_UNPACKED: Final = 32 * 1024 * 1024
MOST_STREAMS: Final = 20_000
_END: Final = b"%%EOF"
_STREAM: Final = re.compile(rb"(?<!end)stream(?=[\x00\t\n\x0c\r ()<>\[\]{}/%])")
_BEGINS: Final = re.compile(rb"stream\r?\n")
_PACKED: Final = re.compile(rb"/ObjStm\b")
_LOCKED: Final = re.compile(rb"/Encrypt\b")
_FLATE: Final = ((b"/FlateDecode",), (b"[", b"/FlateDecode", b"]"))
_SAID: Final = frozenset({b"/Type", b"/N", b"/First", b"/Length", b"/Filter", b"/Extends"})
_ACTING: Final = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|FileAttachment|AFRelationship|RichMedia|XFA|SubmitForm|ImportData"
    rb"|GoToR|GoToE|Rendition|Movie|Sound|3DD|SetOCGState)\b"
)


def checked(content: bytes) -> bytes:
    """The file up to its end. Raises BadFile."""
    end = content.rfind(_END)
    if end < 0:
        raise BadFile(Fault.DAMAGED)
    kept = content[: end + len(_END)] + b"\n"
    names = plain(kept)
    if _LOCKED.search(names):
        raise BadFile(Fault.LOCKED)
    _check(names)
    for unpacked in _object_streams(kept, len(_PACKED.findall(names))):
        _check(plain(unpacked))
    return kept


def _check(names: bytes) -> None:
    if _ACTING.search(names):
        raise BadFile(Fault.ACTIVE)


def _object_streams(content: bytes, expected: int) -> Iterator[bytes]:
    """What the object streams hold; `expected` of them, or one is hidden where we do not look."""
    left, seen = MOST_UNPACKED, 0
    for count, begins in enumerate(_STREAM.finditer(content), 1):
        if count > MOST_STREAMS:
            raise BadFile(Fault.UNCHECKABLE)
        said = _dictionary(content, begins.start())
        if said is None or not (b"/First" in said or said.get(b"/Type") == (b"/ObjStm",)):
            continue
        packed = _packed(content, begins.start(), said)
        left -= len(packed)
        unpacked = _unpacked(packed, said.get(b"/Filter"), left)
        left, seen = left - len(unpacked), seen + 1
        yield unpacked
    if seen != expected:
        raise BadFile(Fault.UNCHECKABLE)


def _dictionary(content: bytes, at: int) -> Mapping[bytes, Values] | None:
    try:
        return pdf_dictionaries.before(content, at)
    except pdf_dictionaries.Unreadable as error:
        raise BadFile(Fault.UNCHECKABLE) from error


def _packed(content: bytes, at: int, said: Mapping[bytes, Values]) -> bytes:
    """The packed objects of a stream that says that it holds some, and nothing we do not know."""
    begins = _BEGINS.match(content, at)
    if begins is None or said.get(b"/Type") != (b"/ObjStm",) or not _SAID.issuperset(said):
        raise BadFile(Fault.UNCHECKABLE)
    return content[begins.end() : content.find(b"endstream", begins.end()) + 1]


def _unpacked(packed: bytes, filters: Values | None, most: int) -> bytes:
    """What a stream holds, packed by these filters."""
    if most <= 0 or not packed:
        raise BadFile(Fault.UNCHECKABLE)
    if filters is None:
        return packed
    if filters not in _FLATE:
        raise BadFile(Fault.UNCHECKABLE)
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(packed, most)
    except zlib.error as error:
        raise BadFile(Fault.UNCHECKABLE) from error
    if not unpacking.eof:
        raise BadFile(Fault.UNCHECKABLE)
    return unpacked
