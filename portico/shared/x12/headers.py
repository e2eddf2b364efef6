"""ISA, GS and ST as dataclasses: the same ones are read from a file and written to one.

Values are text as sent, ISA padding removed. Dates and times stay text (see `dates.parse_d6`, `parse_d8`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.faults import FaultCode

_SHAPES_OF_ISA = {
    9: (r"\d{6}", "six digits, YYMMDD"),
    10: (r"\d{4}", "four digits, HHMM"),
    12: (r"\d{5}", "five digits, such as 00501"),
    13: (r"\d{9}", "nine digits"),
    14: (r"[01]", "0 or 1"),
    15: (r"[PTI]", "P, T or I"),
}
_SHAPES_OF_GS = {
    1: (r"[A-Z0-9]{2}", "two letters or digits"),
    6: (r"\d{1,9}", "one to nine digits"),
    8: (r"[A-Z0-9]{1,12}", "a version of one to twelve letters or digits"),
}
_SHAPES_OF_ST = {
    1: (r"\d{3}", "three digits, such as 834"),
    2: (r"[A-Za-z0-9]{1,9}", "one to nine letters or digits"),
}
_SHAPES = {
    code: [(place, re.compile(shape, re.ASCII), wanted) for place, (shape, wanted) in shapes.items()]
    for code, shapes in (
        (FaultCode.INTERCHANGE_HEADER_INVALID, _SHAPES_OF_ISA),
        (FaultCode.GROUP_HEADER_INVALID, _SHAPES_OF_GS),
        (FaultCode.TRANSACTION_HEADER_INVALID, _SHAPES_OF_ST),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InterchangeHeader:
    """What an ISA says beside its delimiters."""

    authorization_qualifier: str = "00"
    authorization: str = ""
    security_qualifier: str = "00"
    security: str = ""
    sender_qualifier: str = "ZZ"
    sender: str
    receiver_qualifier: str = "ZZ"
    receiver: str
    date: str
    time: str
    version: str = "00501"
    control_number: str
    acknowledgment: str = "0"
    usage: str = "P"

    @classmethod
    def read(cls, segment: list[str]) -> "InterchangeHeader":
        """Answers the header of an ISA segment, which always has its 16 elements."""
        fields = [text.rstrip(" ") for text in segment]
        return cls(
            authorization_qualifier=fields[1],
            authorization=fields[2],
            security_qualifier=fields[3],
            security=fields[4],
            sender_qualifier=fields[5],
            sender=fields[6],
            receiver_qualifier=fields[7],
            receiver=fields[8],
            date=fields[9],
            time=fields[10],
            version=fields[12],
            control_number=fields[13],
            acknowledgment=fields[14],
            usage=fields[15],
        )

    def segment(self, delimiters: Delimiters) -> list[str]:
        """Answers the ISA's ID and 16 elements; padding to the fixed widths is the writer's work."""
        return [
            *("ISA", self.authorization_qualifier, self.authorization),
            *(self.security_qualifier, self.security),
            *(self.sender_qualifier, self.sender, self.receiver_qualifier, self.receiver),
            *(self.date, self.time, delimiters.repetition or "U", self.version),
            *(self.control_number, self.acknowledgment, self.usage, delimiters.component),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupHeader:
    """What a GS says: GS01 to GS08."""

    functional_id: str
    sender: str
    receiver: str
    date: str
    time: str
    control_number: str
    agency: str = "X"
    version: str

    @classmethod
    def read(cls, segment: list[str]) -> "GroupHeader":
        """Answers the header of a GS segment; an element that was not sent is empty."""
        _, functional_id, sender, receiver, date, time, control_number, agency, version = _padded(segment, 9)
        return cls(
            functional_id=functional_id,
            sender=sender,
            receiver=receiver,
            date=date,
            time=time,
            control_number=control_number,
            agency=agency,
            version=version,
        )

    def segment(self) -> list[str]:
        """Answers the GS's ID and eight elements."""
        return [
            *("GS", self.functional_id, self.sender, self.receiver, self.date, self.time),
            *(self.control_number, self.agency, self.version),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionHeader:
    """What an ST says: ST01 to ST03. `guide` is empty in transactions that have no ST03, such as the 835."""

    code: str
    control_number: str
    guide: str = ""

    @classmethod
    def read(cls, segment: list[str]) -> "TransactionHeader":
        """Answers the header of an ST segment; an element that was not sent is empty."""
        _, code, control_number, guide = _padded(segment, 4)
        return cls(code=code, control_number=control_number, guide=guide)

    def segment(self) -> list[str]:
        """Answers the ST's ID and its elements."""
        return ["ST", self.code, self.control_number, self.guide]


def misshapen(code: FaultCode, segment: list[str]) -> Iterator[tuple[int, str]]:
    """Answers which elements of an ISA, GS or ST have a wrong shape, each with what it should be.

    `code` is the header's "invalid" fault: the shapes are those of its kind of header.
    """
    for place, shape, wanted in _SHAPES[code]:
        if not shape.fullmatch(segment[place] if place < len(segment) else ""):
            yield place, wanted


def _padded(segment: list[str], length: int) -> list[str]:
    return (segment + [""] * length)[:length]
