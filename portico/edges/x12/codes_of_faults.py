"""Which code of the TA1 (TA105) and the 999 (AK905, IK502) each fault of the envelopes becomes."""

from collections.abc import Iterable, Iterator

from portico.shared.x12.faults import FaultCode, SyntaxFault
from portico.shared.x12.grammar_faults import Fault

NO_ERROR = "000"
CONTROL_STRUCTURE, END_OF_FILE, CONTENT = "022", "023", "024"
GROUP_NOT_SUPPORTED, VERSION_NOT_SUPPORTED = "1", "2"
SEGMENTS_IN_ERROR, SEGMENTS_IN_ERROR_BY_GUIDE = "5", "I5"
NOT_IN_GROUP, REFERENCE_MISSING, REFERENCE_NOT_SUPPORTED, CONTROL_NUMBER = "18", "19", "I6", "7"

# Of an ISA's elements, by their place.
NOTES_OF_ISA = {
    **{1: "010", 2: "011", 3: "012", 4: "013", 5: "005", 6: "006", 7: "007", 8: "008"},
    **{9: "014", 10: "015", 11: "016", 12: "017", 13: "018", 14: "019", 15: "020", 16: "027"},
}
VERSION_OF_CONTROLS, UNKNOWN_RECEIVER = "003", "009"
TERMINATOR, ELEMENT_SEPARATOR = "004", "026"
DUPLICATE = "025"
# What leaves the interchange's content in no doubt: noted, and the interchange is taken.
ONLY_NOTED = frozenset({"014", "015", "019"})

_NOTES = {
    FaultCode.INTERCHANGE_CONTROL_MISMATCH: "001",
    FaultCode.INTERCHANGE_COUNT_WRONG: "021",
    FaultCode.INTERCHANGE_CONTROL_REPEATED: DUPLICATE,
    FaultCode.INTERCHANGE_NOT_CLOSED: CONTROL_STRUCTURE,
    FaultCode.OUTSIDE_TRANSACTION: CONTROL_STRUCTURE,
    FaultCode.OUTSIDE_GROUP: CONTENT,
    FaultCode.GROUP_HEADER_INVALID: CONTENT,
    FaultCode.EMPTY_SEGMENT: CONTENT,
    FaultCode.SEGMENT_ID_INVALID: CONTENT,
    FaultCode.CONTROL_CHARACTER: CONTENT,
    FaultCode.TRUNCATED: END_OF_FILE,
}
_OF_GROUPS = {
    FaultCode.GROUP_NOT_CLOSED: "3",
    FaultCode.GROUP_CONTROL_MISMATCH: "4",
    FaultCode.GROUP_COUNT_WRONG: "5",
    FaultCode.GROUP_CONTROL_REPEATED: "19",
}
_OF_GROUP_HEADERS = {1: GROUP_NOT_SUPPORTED, 6: "6", 8: VERSION_NOT_SUPPORTED}
_OF_SETS = {
    FaultCode.TRANSACTION_NOT_CLOSED: "2",
    FaultCode.TRANSACTION_CONTROL_MISMATCH: "3",
    FaultCode.TRANSACTION_COUNT_WRONG: "4",
    FaultCode.TRANSACTION_CONTROL_REPEATED: "23",
}
_OF_SET_HEADERS = {1: "6", 2: CONTROL_NUMBER}


def note(fault: SyntaxFault) -> str:
    """Answers the TA105 of a fault of an interchange; what has no code of its own is its structure's."""
    if fault.code is FaultCode.INTERCHANGE_HEADER_INVALID and fault.element:
        return NOTES_OF_ISA[fault.element]
    return _NOTES.get(fault.code, CONTROL_STRUCTURE)


def of_group(faults: Iterable[SyntaxFault]) -> Iterator[str]:
    """Answers the AK905 codes of a group's faults; a stray empty segment has none."""
    for fault in faults:
        code = _OF_GROUPS.get(fault.code)
        if fault.code is FaultCode.GROUP_HEADER_INVALID and fault.element:
            code = _OF_GROUP_HEADERS[fault.element]
        if code:
            yield code


def of_set(envelope: Iterable[SyntaxFault], faults: Iterable[Fault]) -> Iterator[str]:
    """Answers the IK502 codes of a transaction set's faults."""
    for fault in envelope:
        code = _OF_SETS.get(fault.code)
        if fault.code is FaultCode.TRANSACTION_HEADER_INVALID and fault.element:
            code = _OF_SET_HEADERS[fault.element]
        if code:
            yield code
    for told in faults:
        by_guide = (told.inside.code if told.inside else told.code).startswith("I")
        yield SEGMENTS_IN_ERROR_BY_GUIDE if by_guide else SEGMENTS_IN_ERROR
