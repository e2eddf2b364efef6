"""Interchanges written as a stream: counts, control numbers and fixed widths are the writer's work.

    with build.InterchangeWriter(file, isa) as interchange:
        with interchange.group(gs) as group:
            with group.transaction("834", guide="005010X220A1") as transaction:
                transaction.write("BGN", "00", "1", "20260301")
                for member in members:
                    transaction.write("INS", "Y", "18", "030")

Each segment goes to the file at once and only counts are kept, so a file of any length takes flat memory.
Where the block ends by an exception no trailer is written: a reader finds the file truncated, not whole.
"""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Protocol, Self

from portico.shared.x12 import headers
from portico.shared.x12.delimiters import ISA_WIDTHS, STANDARD, Delimiters
from portico.shared.x12.faults import FaultCode
from portico.shared.x12.headers import GroupHeader, InterchangeHeader, TransactionHeader
from portico.shared.x12.joining import Joiner, Value
from portico.shared.x12.walking import ENVELOPE_IDS

_REPETITION = 11
LINE_ENDS = ("", "\n", "\r\n")


class EnvelopeOrderError(RuntimeError):
    """An envelope was written to before it was opened, after it closed, or while one inside it is open."""


class Writable(Protocol):
    """A binary file opened for writing, or anything that takes bytes like one."""

    def write(self, data: bytes, /) -> object:
        """Takes all of the bytes."""
        ...


class _Stream:
    """Segments joined and put to the file."""

    def __init__(self, file: Writable, joiner: Joiner, line_end: str) -> None:
        self.joiner = joiner
        self._file = file
        self._line_end = line_end

    def put(self, *values: Value) -> None:
        self.put_text(self.joiner.segment(values))

    def put_text(self, text: str) -> None:
        self._file.write((text + self._line_end).encode())


class _Level(ABC):
    """An envelope: opened and closed by `with`, one inside it open at a time, each counted."""

    def __init__(self, stream: _Stream, parent: "_Level | None" = None) -> None:
        self.count = 0
        self._stream = stream
        self._parent = parent
        self._state = "new"

    def __enter__(self) -> Self:
        self._expect("new")
        if self._parent:
            self._parent._hold(self)
        self._state = "open"
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._expect("open")
            self._close()
        self._state = "closed"
        if self._parent and kind is None:
            self._parent._state = "open"

    def _hold(self, child: "_Level") -> None:
        self._expect("open")
        self._state = "holding"
        self.count += 1

    def _expect(self, state: str) -> None:
        if self._state != state:
            raise EnvelopeOrderError(f"the envelope must be {state} here, and is {self._state}")

    @abstractmethod
    def _open(self) -> None:
        """Writes the header."""

    @abstractmethod
    def _close(self) -> None:
        """Writes the trailer."""


class TransactionWriter(_Level):
    """A transaction set being written; `count` counts its segments so far, the ST among them."""

    def __init__(self, stream: _Stream, parent: _Level, header: TransactionHeader) -> None:
        super().__init__(stream, parent)
        self.header = header

    def write(self, segment_id: str, *elements: Value) -> None:
        """Writes one segment: its ID, then its elements (see `joining`)."""
        self._expect("open")
        if segment_id in ENVELOPE_IDS:
            raise EnvelopeOrderError("envelopes are opened and closed by `with`, not by hand")
        self._stream.put(segment_id, *elements)
        self.count += 1

    def _open(self) -> None:
        self._stream.put(*self.header.segment())
        self.count = 1

    def _close(self) -> None:
        self._stream.put("SE", str(self.count + 1), self.header.control_number)


class GroupWriter(_Level):
    """A functional group being written; `count` counts its transaction sets."""

    def __init__(self, stream: _Stream, parent: _Level, header: GroupHeader) -> None:
        super().__init__(stream, parent)
        _check(FaultCode.GROUP_HEADER_INVALID, header.segment())
        self.header = header

    def transaction(
        self, code: str, *, guide: str = "", control_number: str | None = None
    ) -> TransactionWriter:
        """Answers a transaction set to be opened; without a control number it gets its place in the group."""
        number = control_number or f"{self.count + 1:04d}"
        header = TransactionHeader(code=code, control_number=number, guide=guide)
        _check(FaultCode.TRANSACTION_HEADER_INVALID, header.segment())
        return TransactionWriter(self._stream, self, header)

    def _open(self) -> None:
        self._stream.put(*self.header.segment())

    def _close(self) -> None:
        self._stream.put("GE", str(self.count), self.header.control_number)


class InterchangeWriter(_Level):
    """An interchange being written; `count` counts its groups.

    `line_end` follows each terminator ("", LF or CRLF). With `replace_delimiters` a character a value may
    not hold becomes a space; else it raises DelimiterInValue. A header's element of a wrong shape or width
    raises ValueError.
    """

    def __init__(
        self,
        file: Writable,
        header: InterchangeHeader,
        *,
        delimiters: Delimiters = STANDARD,
        line_end: str = "",
        replace_delimiters: bool = False,
    ) -> None:
        if line_end not in LINE_ENDS or (line_end and delimiters.terminator in "\r\n"):
            raise ValueError("the line end is LF or CRLF, and none where the terminator is one itself")
        super().__init__(_Stream(file, Joiner(delimiters, replace=replace_delimiters), line_end))
        _check(FaultCode.INTERCHANGE_HEADER_INVALID, header.segment(delimiters))
        self.header = header
        self._isa = _isa(header, self._stream.joiner)

    def group(self, header: GroupHeader) -> GroupWriter:
        """Answers a functional group to be opened."""
        return GroupWriter(self._stream, self, header)

    def acknowledge(self, *elements: Value) -> None:
        """Writes a TA1, which stands between the ISA and the first GS."""
        self._expect("open")
        self._stream.put("TA1", *elements)

    def _open(self) -> None:
        self._stream.put_text(self._isa)

    def _close(self) -> None:
        self._stream.put("IEA", str(self.count), self.header.control_number)


def _isa(header: InterchangeHeader, joiner: Joiner) -> str:
    """Answers the ISA, each element padded to its fixed width."""
    delimiters = joiner.delimiters
    fields = header.segment(delimiters)
    padded = [
        field if place == _REPETITION else joiner.clean(field, "ISA", place).ljust(width)
        for place, (field, width) in enumerate(zip(fields, ISA_WIDTHS, strict=False))
    ]
    for place, (field, width) in enumerate(zip(padded, ISA_WIDTHS, strict=True)):
        if len(field.encode()) != width:
            raise ValueError(f"ISA{place:02d} must be at most {width} characters of ASCII")
    return delimiters.element.join([*padded, delimiters.component]) + delimiters.terminator


def _check(code: FaultCode, segment: list[str]) -> None:
    for element, wanted in headers.misshapen(code, segment):
        raise ValueError(f"{segment[0]}{element:02d} must be {wanted}")
