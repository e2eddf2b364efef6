"""Our own words for the codes of acknowledgements and answers that the companion guide lists.

The codes are those of the code; a test holds that none is without words, and none has words in vain.
"""

from collections.abc import Mapping

from portico.edges.x12 import codes_of_faults as codes
from portico.edges.x12.connectivity.vocabulary import ErrorCode
from portico.edges.x12.eligibility import codes as answers
from portico.shared.x12.grammar_faults import ElementCode, SegmentCode

INTERCHANGE: Mapping[str, str] = {
    codes.NO_ERROR: "nothing is wrong",
    "001": "ISA13 and IEA02 differ",
    codes.VERSION_OF_CONTROLS: "ISA12 is not 00501",
    codes.TERMINATOR: "the segment terminator cannot be one",
    codes.UNKNOWN_RECEIVER: "ISA08 is not the plan's ID",
    "021": "IEA01 is not the number of groups",
    codes.CONTROL_STRUCTURE: "segments of the envelopes are missing or out of place",
    codes.END_OF_FILE: "the file ends too soon",
    codes.CONTENT: "something stands where no segment can",
    codes.DUPLICATE: "ISA13 comes twice",
    codes.ELEMENT_SEPARATOR: "the element separator cannot be one",
    **{note: f"ISA{place:02d} is not what it must be" for place, note in codes.NOTES_OF_ISA.items()},
}
GROUP: Mapping[str, str] = {
    codes.GROUP_NOT_SUPPORTED: "GS01 is none we answer",
    codes.VERSION_NOT_SUPPORTED: "GS08 is none we answer",
    "3": "GE is missing",
    "4": "GS06 and GE02 differ",
    "5": "GE01 is not the number of sets",
    "6": "GS06 is no control number",
    "19": "GS06 comes twice",
}
SET: Mapping[str, str] = {
    "2": "SE is missing",
    "3": "ST02 and SE02 differ",
    "4": "SE01 is not the number of segments",
    codes.SEGMENTS_IN_ERROR: "a segment is wrong under the standard",
    "6": "ST01 is missing or wrong",
    codes.CONTROL_NUMBER: "ST02 is missing or wrong",
    codes.NOT_IN_GROUP: "the set does not belong in this group",
    codes.REFERENCE_MISSING: "ST03 is missing",
    "23": "ST02 comes twice",
    codes.SEGMENTS_IN_ERROR_BY_GUIDE: "a segment is wrong under the implementation guide",
    codes.REFERENCE_NOT_SUPPORTED: "ST03 names a guide we do not answer",
}
SEGMENT: Mapping[SegmentCode, str] = {
    SegmentCode.UNRECOGNIZED: "its ID is none",
    SegmentCode.UNEXPECTED: "it does not belong here",
    SegmentCode.MISSING: "it is required and missing",
    SegmentCode.LOOP_OVER_MAXIMUM: "its loop comes too often",
    SegmentCode.OVER_MAXIMUM: "it comes too often",
    SegmentCode.NOT_IN_SET: "it is none of this set",
    SegmentCode.OUT_OF_ORDER: "it stands in the wrong order",
    SegmentCode.HAS_ELEMENT_FAULTS: "an element of it is wrong; IK4 says which",
    SegmentCode.NOT_USED: "the guide leaves it out",
}
ELEMENT: Mapping[ElementCode, str] = {
    ElementCode.MISSING: "it is required and missing",
    ElementCode.CONDITIONALLY_MISSING: "another element requires it, and it is missing",
    ElementCode.TOO_MANY: "the segment has no such element",
    ElementCode.TOO_SHORT: "it is too short",
    ElementCode.TOO_LONG: "it is too long",
    ElementCode.CHARACTER: "it has a character that is not allowed",
    ElementCode.CODE: "its code is unknown",
    ElementCode.DATE: "it is no day",
    ElementCode.TIME: "it is no time",
    ElementCode.EXCLUDED: "another element excludes it",
    ElementCode.TOO_MANY_REPETITIONS: "it repeats too often",
    ElementCode.TOO_MANY_COMPONENTS: "it has too many components",
    ElementCode.CODE_NOT_USED: "the guide does not use its code",
    ElementCode.NOT_USED: "the guide leaves it out",
    ElementCode.PATTERN: "it does not have the form the guide asks for",
}
ENVELOPE: Mapping[str, str] = {
    ErrorCode.SUCCESS: "The envelope was taken; what came of the payload, the payload says.",
    "…Required": "The field of that name is missing.",
    "…Illegal": "The field of that name is not what it must be; `ErrorMessage` says what it must be.",
    ErrorCode.VERSION_MISMATCH: "`CORERuleVersion` is not the version spoken here.",
    ErrorCode.UNAUTHORIZED: "User name and password are not those of a partner in use, or it holds no grant.",
    ErrorCode.NOT_SUPPORTED: "The payload type is one of the rule's that is not exchanged here.",
    ErrorCode.CHECKSUM_MISMATCHED: "The payload that arrived is not the one `CheckSum` was made of.",
}
BENEFITS: Mapping[str, str] = {
    answers.ACTIVE: "active; with service types: covered",
    answers.INACTIVE: "not active on the day",
    answers.NOT_COVERED: "not covered",
    answers.COINSURANCE: "co-insurance, the share in EB08",
    answers.COPAY: "co-payment, the amount in EB07",
    answers.DEDUCTIBLE: "deductible; with EB06 29 what remains of it",
    answers.OUT_OF_POCKET: "out-of-pocket maximum; with EB06 29 what remains of it",
    answers.LIMIT: "a limit, in HSD or EB07; with EB06 29 or 33 what is left of it",
    answers.PCP: "the PCP, in LS to LE",
    answers.OTHER_PAYER: "another payer, in LS to LE",
    answers.CONTACT: "whom to ask, where costs are not on file or not granted",
}
PERIODS: Mapping[str, str] = {
    answers.SERVICE_YEAR: "the plan's own year",
    answers.CALENDAR_YEAR: "the calendar year",
    answers.REMAINING: "remaining",
    answers.LIFETIME: "a lifetime",
    answers.LIFETIME_REMAINING: "remaining of a lifetime",
    answers.ADMISSION: "an admission",
}
