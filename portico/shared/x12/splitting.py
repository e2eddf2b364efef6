"""Cutting and splitting the segments of one interchange by its delimiters, at the speed of `bytes.split`.

A stretch of whole segments is looked at as a whole by a few passes in C. Only when they find a fault is it
walked segment by segment, to name the one that has it and to hand out those before it.
"""

import re
from functools import lru_cache

from portico.shared.x12 import charset
from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.faults import FaultCode, SyntaxFault
from portico.shared.x12.limits import Limits

Pattern = re.Pattern[bytes]

SEGMENT_ID = re.compile(r"[A-Z][A-Z0-9]{1,2}")
_WINDOWS_1252 = range(0x80, 0xA0)
_UTF8_MOST = 4


class Splitter:
    """How the interchange at one place of a file is cut into segments."""

    def __init__(self, delimiters: Delimiters, interchange: int, limits: Limits) -> None:
        self.delimiters = delimiters
        self.interchange = interchange
        self._limits = limits
        self._terminator = delimiters.terminator.encode()
        self._element = delimiters.element.encode()
        self._line_ends = _line_ends(delimiters)
        self._unwritten, self._leading, self._closes, self._closing = _patterns(delimiters)

    def after_line_ends(self, held: bytes, at: int) -> int:
        """Answers where the line ends that stand at a place stop; the terminator is none."""
        found = self._leading.match(held, at)
        return found.end() if found else at

    def cut(self, held: bytes, at: int) -> tuple[int, bool]:
        """Answers where the whole segments from `at` on end, or the first IEA; and whether it is the IEA.

        The end is 0 when not one segment is whole.
        """
        found = self._closes.match(held, at)
        if found is None and held.rfind(b"IEA", at) >= 0:
            found = self._closing.search(held, at)
        if found is not None:
            end = held.find(self._terminator, found.end()) + 1
            if end:
                return end, True
        return held.rfind(self._terminator, at) + 1, False

    def split(self, raw: bytes, number: int, offset: int) -> tuple[list[str], SyntaxFault | None]:
        """Answers the segments' texts, and the fault that follows them if there is one.

        `raw` ends with a terminator; `number` and `offset` are those of its first segment.
        """
        body = raw[:-1]
        pieces = self._at_once(body)
        return self._one_by_one(body, number, offset) if pieces is None else (pieces, None)

    def fault_too_long(self, piece: bytes, number: int) -> SyntaxFault:
        """Answers the fault of a segment over the limit in bytes."""
        message = f"the segment is longer than {self._limits.segment_bytes} bytes; is a terminator missing?"
        return self._fault(FaultCode.SEGMENT_TOO_LONG, message, number, piece)

    def fault_truncated(self, piece: bytes, number: int) -> SyntaxFault:
        """Answers the fault of a file that ends inside a segment."""
        message = "the file ends inside this segment, before its terminator. Send the whole file again"
        return self._fault(FaultCode.TRUNCATED, message, number, piece)

    def fault_too_many(self, number: int) -> SyntaxFault:
        """Answers the fault of a file with more segments than the limit."""
        message = f"the file holds more than {self._limits.segments} segments. Send it in several files"
        return self._fault(FaultCode.TOO_MANY_SEGMENTS, message, number, b"")

    def _at_once(self, body: bytes) -> list[str] | None:
        clean = body.translate(None, self._unwritten)
        if len(clean) != len(body) and not self._are_line_ends(body, len(body) - len(clean)):
            return None
        pieces = charset.split(clean, self.delimiters.terminator)
        return None if pieces is None or self._too_big(clean, pieces) else pieces

    def _are_line_ends(self, body: bytes, removed: int) -> bool:
        """Answers whether the characters removed from a stretch were line ends, each after a terminator."""
        line_end = b"\r\n" if b"\r" in body and b"\r" in self._line_ends else b"\n"
        if removed == len(line_end) * body.count(self._terminator + line_end):
            return True
        if removed != sum(body.count(byte) for byte in self._line_ends):
            return False
        if b"\r" in self._line_ends:
            body = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        while b"\n\n" in body:
            body = body.replace(b"\n\n", b"\n")
        return body.count(b"\n") == body.count(self._terminator + b"\n")

    def _too_big(self, clean: bytes, pieces: list[str]) -> bool:
        longest, limit = max(map(len, pieces)), self._limits.segment_bytes
        if longest > limit:
            return True
        if longest * _UTF8_MOST > limit and max(map(len, clean.split(self._terminator))) > limit:
            return True
        most, element = self._limits.elements, self.delimiters.element
        return longest > most and any(len(piece) > most and piece.count(element) > most for piece in pieces)

    def _one_by_one(self, body: bytes, number: int, offset: int) -> tuple[list[str], SyntaxFault | None]:
        pieces: list[str] = []
        for piece in body.split(self._terminator):
            segment = piece.lstrip(self._line_ends)
            fault = self._fault_in(segment, number + len(pieces), offset + len(piece) - len(segment))
            if fault:
                return pieces, fault
            pieces.append(charset.decode(segment))
            offset += len(piece) + 1
        return pieces, None

    def _fault_in(self, segment: bytes, number: int, offset: int) -> SyntaxFault | None:
        if len(segment) > self._limits.segment_bytes:
            return self.fault_too_long(segment, number)
        if segment.count(self._element) > self._limits.elements:
            message = f"the segment has more than {self._limits.elements} elements; is a terminator missing?"
            return self._fault(FaultCode.TOO_MANY_ELEMENTS, message, number, segment)
        text = charset.decode(segment)
        place = charset.refused_at(text, self.delimiters.characters)
        if place < 0:
            return None
        message = (
            f"character {place + 1} of the segment, which begins at byte {offset} of the file, is "
            f"U+{ord(text[place]):04X}, which no value may hold. Remove it"
        )
        if ord(text[place]) in _WINDOWS_1252:
            message += "; if the file is Windows-1252, save it as UTF-8"
        element = text.count(self.delimiters.element, 0, place) or None
        return self._fault(FaultCode.CONTROL_CHARACTER, message, number, segment, element)

    def _fault(
        self, code: FaultCode, message: str, number: int, segment: bytes, element: int | None = None
    ) -> SyntaxFault:
        first = charset.decode(segment[: len("ISA") + 1].split(self._element)[0])
        name = first if SEGMENT_ID.fullmatch(first) else ""
        return SyntaxFault(code, message, number, name, element, self.interchange)


def _line_ends(delimiters: Delimiters) -> bytes:
    return {"\n": b"", "\r": b"\n"}.get(delimiters.terminator, charset.LINE_ENDS)


@lru_cache(maxsize=64)
def _patterns(delimiters: Delimiters) -> tuple[bytes, Pattern, Pattern, Pattern]:
    """Answers the controls no value may hold, and what finds line ends, an IEA at a place, one after it."""
    element, terminator = delimiters.element.encode(), delimiters.terminator.encode()
    used = delimiters.characters.encode()
    unwritten = bytes(byte for byte in charset.CONTROLS if byte not in used)
    line_ends = b"[%b]*" % _line_ends(delimiters) if _line_ends(delimiters) else b""
    closes = b"IEA(?=[%b])" % re.escape(element + terminator)
    closing = re.escape(terminator) + line_ends + closes
    return unwritten, re.compile(line_ends), re.compile(closes), re.compile(closing)
