"""What an ISA has to say beyond its shape, and an ISA whose delimiters cannot be used."""

from collections.abc import Iterator
from typing import Protocol

from portico.edges.x12 import codes_of_faults as codes
from portico.edges.x12.reviews import Expected, InterchangeReview
from portico.shared.x12 import charset, dates
from portico.shared.x12.delimiters import ISA_BYTES, ISA_WIDTHS
from portico.shared.x12.faults import FaultCode, SyntaxFault
from portico.shared.x12.feed import Readable
from portico.shared.x12.headers import InterchangeHeader

_VERSION = "00501"
_PARTY_QUALIFIERS = frozenset("01 14 20 27 28 29 30 33 ZZ".split())
_ALLOWED = {1: {"00", "03"}, 3: {"00", "01"}, 5: _PARTY_QUALIFIERS, 7: _PARTY_QUALIFIERS}
_REPETITION_AT, _COMPONENT_AT = 82, 104
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BEFORE_ISA = 16
_OF_DELIMITERS = (FaultCode.DELIMITER_REUSED, FaultCode.DELIMITER_NOT_ALLOWED)


class Rewindable(Readable, Protocol):
    """A binary file that may be able to go back, or anything that does like one."""

    def seekable(self) -> bool:
        """Answers whether it can go back."""
        ...

    def tell(self) -> int:
        """Answers the place of the next byte."""
        ...

    def seek(self, place: int, /) -> int:
        """Goes to a place."""
        ...


def notes(header: InterchangeHeader, expected: Expected) -> Iterator[str]:
    """Answers the TA105 codes of what an ISA says, in the order of its elements."""
    told = {
        1: header.authorization_qualifier,
        3: header.security_qualifier,
        5: header.sender_qualifier,
        7: header.receiver_qualifier,
    }
    for place, value in told.items():
        if value not in _ALLOWED[place]:
            yield codes.NOTES_OF_ISA[place]
    if not header.sender or expected.sender not in (None, header.sender):
        yield codes.NOTES_OF_ISA[6]
    if not header.receiver:
        yield codes.NOTES_OF_ISA[8]
    elif expected.receivers and header.receiver not in expected.receivers:
        yield codes.UNKNOWN_RECEIVER
    yield from _of_its_time(header)
    if header.version != _VERSION:
        yield codes.VERSION_OF_CONTROLS
    if expected.is_duplicate and expected.is_duplicate(header):
        yield codes.DUPLICATE


def peek(source: Rewindable | bytes) -> bytes:
    """Answers the beginning of a file without taking it; nothing where the file cannot go back."""
    length = ISA_BYTES + _BEFORE_ISA
    if isinstance(source, bytes):
        return source[:length]
    if not source.seekable():
        return b""
    place = source.tell()
    beginning = source.read(length)
    source.seek(place)
    return beginning


def unusable(beginning: bytes, fault: SyntaxFault) -> InterchangeReview | None:
    """Answers the refusal of a file's first interchange for its delimiters; None for another fault."""
    if fault.code not in _OF_DELIMITERS or fault.interchange != 1:
        return None
    isa = beginning.removeprefix(_BYTE_ORDER_MARK).lstrip(charset.LINE_ENDS)[:ISA_BYTES].decode("latin-1")
    if len(isa) < ISA_BYTES:
        return None
    return InterchangeReview(_by_widths(isa), _which(isa), (fault,), ())


def _of_its_time(header: InterchangeHeader) -> Iterator[str]:
    for parse, value, place in ((dates.parse_d6, header.date, 9), (dates.parse_time, header.time, 10)):
        try:
            parse(value)
        except dates.DateError:
            yield codes.NOTES_OF_ISA[place]


def _by_widths(isa: str) -> InterchangeHeader:
    """Answers what an ISA says, cut by its fixed widths alone."""
    fields, place = [], 0
    for width in ISA_WIDTHS:
        fields.append(charset.blanked(isa[place : place + width]))
        place += width + 1
    return InterchangeHeader.read(fields)


def _which(isa: str) -> str:
    """Answers the code of the first delimiter that is none, or that was one before."""
    delimiters = (
        (isa[3], codes.ELEMENT_SEPARATOR),
        (isa[_REPETITION_AT], codes.NOTES_OF_ISA[11]),
        (isa[_COMPONENT_AT], codes.NOTES_OF_ISA[16]),
    )
    seen: set[str] = set()
    for character, code in delimiters:
        is_none = code == codes.NOTES_OF_ISA[11] and character == "U"
        if not is_none and (character in seen or not _may_delimit(character)):
            return code
        seen.add(character)
    return codes.TERMINATOR


def _may_delimit(character: str) -> bool:
    return character.isascii() and character.isprintable() and not character.isalnum() and character != " "
