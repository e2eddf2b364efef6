"""What can be wrong with the syntax of an X12 file, where, and what to do about it.

Messages never repeat an element's value, for it may be about a person: only control numbers, counts and
positions.
"""

from dataclasses import dataclass
from enum import StrEnum


class FaultCode(StrEnum):
    """Stable codes; an edge maps them to TA1, 999 or its own words.

    Those under "recoverable" can be read past (see `envelopes.read`); after any other nothing more can be
    trusted.
    """

    # The file
    EMPTY_FILE = "empty_file"
    NOT_X12 = "not_x12"
    WRONG_ENCODING = "wrong_encoding"
    FILE_TOO_LARGE = "file_too_large"
    TRUNCATED = "truncated"
    DATA_AFTER_INTERCHANGE = "data_after_interchange"
    BOOKMARK_STALE = "bookmark_stale"
    # The ISA
    INTERCHANGE_HEADER_SHORT = "interchange_header_short"
    INTERCHANGE_HEADER_WIDTH = "interchange_header_width"
    DELIMITER_REUSED = "delimiter_reused"
    DELIMITER_NOT_ALLOWED = "delimiter_not_allowed"
    # Segments
    SEGMENT_TOO_LONG = "segment_too_long"
    TOO_MANY_ELEMENTS = "too_many_elements"
    TOO_MANY_SEGMENTS = "too_many_segments"
    CONTROL_CHARACTER = "control_character"
    # Envelopes
    INTERCHANGE_NOT_CLOSED = "interchange_not_closed"
    OUTSIDE_GROUP = "outside_group"
    OUTSIDE_TRANSACTION = "outside_transaction"
    TOO_MANY_ENVELOPES = "too_many_envelopes"
    TOO_MANY_FAULTS = "too_many_faults"
    # Recoverable
    EMPTY_SEGMENT = "empty_segment"
    SEGMENT_ID_INVALID = "segment_id_invalid"
    INTERCHANGE_HEADER_INVALID = "interchange_header_invalid"
    INTERCHANGE_COUNT_WRONG = "interchange_count_wrong"
    INTERCHANGE_CONTROL_MISMATCH = "interchange_control_mismatch"
    INTERCHANGE_CONTROL_REPEATED = "interchange_control_repeated"
    GROUP_HEADER_INVALID = "group_header_invalid"
    GROUP_NOT_CLOSED = "group_not_closed"
    GROUP_COUNT_WRONG = "group_count_wrong"
    GROUP_CONTROL_MISMATCH = "group_control_mismatch"
    GROUP_CONTROL_REPEATED = "group_control_repeated"
    TRANSACTION_HEADER_INVALID = "transaction_header_invalid"
    TRANSACTION_NOT_CLOSED = "transaction_not_closed"
    TRANSACTION_COUNT_WRONG = "transaction_count_wrong"
    TRANSACTION_CONTROL_MISMATCH = "transaction_control_mismatch"
    TRANSACTION_CONTROL_REPEATED = "transaction_control_repeated"


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """One thing wrong, where it is, and what to do.

    `segment_number` counts from 1 (the ISA) within the interchange, 0 when the fault is about the file as a
    whole; `segment_id` is empty where the segment has no valid one; `element` is 1 for the first after the
    ID, or None; `interchange` is the place of the interchange in the file, from 1.
    """

    code: FaultCode
    message: str
    segment_number: int = 0
    segment_id: str = ""
    element: int | None = None
    interchange: int = 1

    @property
    def where(self) -> str:
        """Answers where the fault is, for people: "interchange 1, segment 12 (REF02)"."""
        if not self.segment_number:
            return "the file"
        name = self.segment_id or "no segment ID"
        if self.element is not None:
            name += f"{self.element:02d}" if self.segment_id else f", element {self.element}"
        return f"interchange {self.interchange}, segment {self.segment_number} ({name})"


class X12Error(ValueError):
    """A file's syntax is at fault; `fault` says how."""

    def __init__(self, fault: SyntaxFault) -> None:
        super().__init__(fault)
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.fault.where}: {self.fault.message}"
