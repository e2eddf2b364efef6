"""The bytes of a source, read in chunks and cut at the ends of whole segments; holds about one chunk."""

import os
import re
import stat
from io import BytesIO
from typing import Protocol

from portico.shared.x12.faults import FaultCode, SyntaxFault, X12Error
from portico.shared.x12.limits import Limits
from portico.shared.x12.splitting import Splitter

CHUNK_BYTES = 128 * 1024
_LINE_ENDS = re.compile(rb"[\r\n]+")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_STRANGERS = (
    ((b"\xff\xfe", b"\xfe\xff", b"I\x00", b"\x00I"), "it is UTF-16; save it as UTF-8"),
    ((b"\x1f\x8b", b"PK"), "it is compressed; unpack it first"),
    ((b"isa",), "the segment ID is in lower case; write ISA"),
    ((b"",), "it does not begin with ISA"),
)


class Readable(Protocol):
    """A binary file, or anything that reads like one; `tell` and `fileno` are used where it has them."""

    def read(self, size: int, /) -> bytes:
        """Answers at most `size` bytes, and none only at the end."""
        ...


Source = Readable | bytes


class Feed:
    """What is still to be read. `offset` is the place in the file of the next byte that was not taken.

    Raises X12Error at once, before reading, when the source tells a size over the limit; else when the
    limit is met, after the whole segments before it were taken.
    """

    def __init__(self, source: Source, limits: Limits, chunk_bytes: int = CHUNK_BYTES) -> None:
        self.limits = limits
        self.offset = _place(source)
        self._source: Readable = BytesIO(source) if isinstance(source, bytes) else source
        self._chunk_bytes = chunk_bytes
        self._left = limits.file_bytes
        self._held = b""
        self._at = 0
        if _size(source) - self.offset > limits.file_bytes:
            raise self._too_large()

    def begin(self) -> None:
        """Skips the UTF-8 byte order mark some programs write before the ISA."""
        if self._peek(len(_BYTE_ORDER_MARK)) == _BYTE_ORDER_MARK:
            self._advance(len(_BYTE_ORDER_MARK))

    def header(self, length: int, *, interchange: int) -> bytes:
        """Answers the next `length` bytes without taking them; fewer, or none, at the end of the file.

        Line ends before them are skipped. Raises X12Error when they are no ISA.
        """
        while self._peek(1) and (line_ends := _LINE_ENDS.match(self._held, self._at)):
            self._advance(line_ends.end() - self._at)
        found = self._peek(length)
        if found and not found.startswith(b"ISA"):
            raise X12Error(_stranger(found, interchange))
        return found

    def take(self, splitter: Splitter, number: int) -> tuple[bytes, bool]:
        """Answers some whole segments, the last with its terminator, and whether an IEA is the last.

        No bytes at the end of the file. `number` is the number of the first, for a fault.
        """
        while True:
            self._advance(splitter.after_line_ends(self._held, self._at) - self._at)
            end, closed = splitter.cut(self._held, self._at)
            if end:
                return self._advance(end - self._at), closed
            waiting = self._held[self._at :]
            if len(waiting) > self.limits.segment_bytes:
                raise X12Error(splitter.fault_too_long(waiting, number))
            if not self._fill():
                if waiting:
                    raise X12Error(splitter.fault_truncated(waiting, number))
                return b"", False

    def _peek(self, length: int) -> bytes:
        while len(self._held) - self._at < length and self._fill():
            pass
        return self._held[self._at : self._at + length]

    def _advance(self, length: int) -> bytes:
        taken = self._held[self._at : self._at + length]
        self._at += length
        self.offset += length
        return taken

    def _fill(self) -> bool:
        if self._left < 0:
            raise self._too_large()
        chunk = self._source.read(min(self._chunk_bytes, self._left + 1))
        self._held = self._held[self._at :] + chunk[: self._left]
        self._at = 0
        self._left -= len(chunk)
        return bool(chunk)

    def _too_large(self) -> X12Error:
        message = f"the file is larger than {self.limits.file_bytes} bytes. Send it in several files"
        return X12Error(SyntaxFault(FaultCode.FILE_TOO_LARGE, message))


def _place(source: Source) -> int:
    try:
        return int(source.tell())  # type: ignore[union-attr]
    except (AttributeError, OSError):
        return 0


def _size(source: Source) -> int:
    """Answers the size in bytes where it is known without reading, else 0."""
    if isinstance(source, bytes):
        return len(source)
    if isinstance(source, BytesIO):
        return source.getbuffer().nbytes
    try:
        status = os.fstat(source.fileno())  # type: ignore[attr-defined]
    except (AttributeError, OSError):
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def _stranger(found: bytes, interchange: int) -> SyntaxFault:
    if interchange > 1:
        message = "something other than an ISA follows an IEA. Send nothing between interchanges"
        return SyntaxFault(FaultCode.DATA_AFTER_INTERCHANGE, message, interchange=interchange)
    reason = next(reason for starts, reason in _STRANGERS if found.startswith(starts))
    code = FaultCode.WRONG_ENCODING if "UTF-16" in reason else FaultCode.NOT_X12
    return SyntaxFault(code, f"this is no X12 interchange: {reason}")
