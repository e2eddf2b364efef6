"""Stepping through the segments of a file while its envelopes open and close: what the three levels share."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from operator import itemgetter

from portico.shared.x12 import headers
from portico.shared.x12.faults import FaultCode, SyntaxFault, X12Error
from portico.shared.x12.limits import Limits
from portico.shared.x12.splitting import SEGMENT_ID
from portico.shared.x12.tokens import Block

Numbered = tuple[int, list[str]]
Report = Callable[[SyntaxFault], None]

ENVELOPE_IDS = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA"})
_COUNT = re.compile(r"[0-9]{1,10}")
_CONTROL_NUMBER = re.compile(r"[A-Za-z0-9]{1,9}")
_beginning = itemgetter(slice(4))  # of a segment: holds its ID and the separator, or what is no ID


class Walk:
    """The place reached in a file.

    `rest` are the segments of the current block not handed out yet, `at` the one handed out last, `known`
    the segment IDs met so far that are well formed and no envelope's. While `is_skipping`, whole blocks with
    nothing but those are passed over.
    """

    def __init__(self, blocks: Iterator[Block], limits: Limits, report: Report | None) -> None:
        self.at: Numbered = (0, [""])
        self.rest: Iterator[Numbered] = iter(())
        self.known: set[str] = set()
        self.block: Block | None = None
        self.interchange = 1
        self.is_skipping = False
        self._blocks = blocks
        self._limits = limits
        self._report = report
        self._reported = 0
        self._envelopes = 0

    def advance(self) -> bool:
        """Goes to the next block; answers whether there was one."""
        block = next(self._blocks, None)
        while block is not None and self.is_skipping and self._is_plain(block):
            self.block, self.at = block, (block.first_number + len(block.pieces) - 1, self._last(block))
            block = next(self._blocks, None)
        if block is None:
            return False
        self.block, self.rest, self.interchange = block, block.numbered(), block.interchange
        return True

    def _is_plain(self, block: Block) -> bool:
        """Answers whether every segment has an ID met before that is no envelope's."""
        separator, beginnings = block.delimiters.element, set(map(_beginning, block.pieces))
        return self.known.issuperset({beginning.split(separator, 1)[0] for beginning in beginnings})

    @staticmethod
    def _last(block: Block) -> list[str]:
        return block.pieces[-1].split(block.delimiters.element)

    def step(self) -> Numbered | None:
        """Answers the next segment with its number, or None at the end of the file."""
        while (found := next(self.rest, None)) is None:
            if not self.advance():
                return None
        self.at = found
        return found

    def step_inside(self, what: str) -> Numbered:
        """Answers the next segment; raises X12Error when the file ends, inside `what`."""
        found = self.step()
        if found is None:
            raise self.truncated(what)
        return found

    def put_back(self) -> None:
        """Makes the segment handed out last the next one again."""
        self.rest = chain([self.at], self.rest)

    def offset(self) -> int:
        """Answers the place in the file of the segment handed out last."""
        return self.block.offset_of(self.at[0]) if self.block else 0

    def admit(self, faults: list[SyntaxFault]) -> bool:
        """Answers whether the segment handed out last has a well-formed ID; reports it otherwise."""
        name = self.at[1][0]
        if SEGMENT_ID.fullmatch(name):
            self.known.add(name)
            return True
        if self.at[1] == [""]:
            message = "two terminators follow each other, with no segment between them"
            self.report(FaultCode.EMPTY_SEGMENT, message, faults)
        else:
            reason = "is in lower case" if SEGMENT_ID.fullmatch(name.upper()) else "is no segment ID"
            message = f"what it begins with {reason}; an ID is two or three capital letters or digits"
            self.report(FaultCode.SEGMENT_ID_INVALID, message, faults)
        return False

    def count_envelope(self) -> None:
        """Counts one more of what is kept while a file is read; raises X12Error over the limit."""
        self._envelopes += 1
        if self._envelopes > self._limits.envelopes:
            message = f"the file holds more than {self._limits.envelopes} envelopes. Send it in several files"
            raise self.error(FaultCode.TOO_MANY_ENVELOPES, message)

    def report(
        self, code: FaultCode, message: str, faults: list[SyntaxFault], element: int | None = None
    ) -> None:
        """Hands the caller a recoverable fault of the segment handed out last; raises it if none listens."""
        error = self.error(code, message, element)
        if self._report is None:
            raise error
        self._reported += 1
        if self._reported > self._limits.faults:
            message = f"more than {self._limits.faults} faults; the rest of the file was not read"
            raise self.error(FaultCode.TOO_MANY_FAULTS, message)
        faults.append(error.fault)
        self._report(error.fault)

    def error(self, code: FaultCode, message: str, element: int | None = None) -> X12Error:
        """Answers the error of a fault in the segment handed out last."""
        number, segment = self.at
        name = segment[0] if SEGMENT_ID.fullmatch(segment[0]) else ""
        return X12Error(SyntaxFault(code, message, number, name, element, self.interchange))

    def truncated(self, what: str) -> X12Error:
        """Answers the error of a file that ends inside `what`; it names the last segment there is."""
        return self.error(FaultCode.TRUNCATED, f"the file ends here, inside {what}. Send it whole")

    def nested_interchange(self) -> X12Error:
        """Answers the error of an ISA before the IEA of the interchange before it."""
        message = "an ISA stands here before the IEA of the interchange before it. Close each interchange"
        return self.error(FaultCode.INTERCHANGE_NOT_CLOSED, message)


class Level:
    """What interchange, group and transaction set have in common; `faults` are those read past in it."""

    header_invalid: FaultCode
    control_repeated: FaultCode
    control_element: int
    count_wrong: FaultCode
    control_mismatch: FaultCode

    def __init__(self, walk: Walk) -> None:
        self.faults: list[SyntaxFault] = []
        self.closed = False
        self.walk = walk

    def check_header(self, control_number: str, seen: set[str]) -> None:
        """Checks the header handed out last, and that its control number is not `seen`; adds it."""
        self.walk.count_envelope()
        name = self.walk.at[1][0]
        for element, wanted in headers.misshapen(self.header_invalid, self.walk.at[1]):
            self.walk.report(
                self.header_invalid, f"{name}{element:02d} must be {wanted}", self.faults, element
            )
        if control_number in seen:
            message = f"control number {_shown(control_number)} was used before. Number each {name} anew"
            self.walk.report(self.control_repeated, message, self.faults, self.control_element)
        seen.add(control_number)

    def check_trailer(self, counted: int, control_number: str, things: str) -> None:
        """Checks count and control number of the trailer handed out last."""
        name, declared, control = (self.walk.at[1] + ["", ""])[:3]
        if not _COUNT.fullmatch(declared) or int(declared) != counted:
            said = declared if _COUNT.fullmatch(declared) else "no number"
            message = f"{name}01 says {said}, but {counted} {things} were found. Look for what is missing"
            self.walk.report(self.count_wrong, message, self.faults, 1)
        if control != control_number:
            message = f"{name}02 is {_shown(control)}, its header's control number {_shown(control_number)}"
            self.walk.report(self.control_mismatch, message, self.faults, 2)


def _shown(control_number: str) -> str:
    """Answers a control number for a message, or that it is none."""
    return control_number if _CONTROL_NUMBER.fullmatch(control_number) else "not a control number"
