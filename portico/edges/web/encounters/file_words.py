"""The sentences of files: why one is refused, what is wrong with it as a whole, and what the guide says.

Codes are those of the acknowledgements: `ta1_` with TA105, `ak905_` with AK905, `ik502_` with IK502, `ik304_`
with IK304, `ik403_` with IK403.
"""

from collections.abc import Mapping
from typing import Final

from portico.domains.encounters.submissions import DUPLICATE, Source, Stage
from portico.edges.web.encounters.edit_words import Said

SOURCES: Final[Mapping[Source, str]] = {
    Source.WEB: "Sent on this page",
    Source.CORE: "Sent by your system",
    Source.MENDED: "Mended on screen",
}
STAGES: Final[Mapping[Stage, tuple[str, str]]] = {
    Stage.WAITING: ("Waiting", "neutral"),
    Stage.READING: ("Being read", "info"),
    Stage.REFUSED: ("Refused", "negative"),
    Stage.READ: ("Read", "positive"),
}
_ISA = "Have your system write the interchange's first segment (ISA) anew, and send the file again."
_ENVELOPE = "Have your system write the file anew: its headers, trailers and counts do not fit each other."
REFUSALS: Final[Mapping[str, Said]] = {
    DUPLICATE: Said(
        "Another file came under this interchange control number before.",
        "Give every file a number of its own (ISA13 and IEA02), and send it again.",
    ),
    "interchange_refused": Said(
        "The interchange is not as it must be, so nothing of it was taken.", _ENVELOPE
    ),
    "several_interchanges": Said(
        "The file holds more than one interchange.",
        "Send each interchange (ISA to IEA) as a file of its own.",
    ),
    "no_set_taken": Said("No transaction set of the file could be taken.", "The reasons are below."),
    "no_record": Said("The file holds no encounter.", "Check what your system wrote, and send it again."),
    "not_x12": Said("The file is no X12 interchange.", "Send the 837 your system writes, unchanged."),
}
_OTHER_REFUSAL = Said("The file was not taken.", "The reasons are below.")

_EDITS: Final[Mapping[str, Said]] = {
    "ta1_001": Said("The control number at the end (IEA02) is not the one at the beginning.", _ENVELOPE),
    "ta1_003": Said("The version of the interchange is not 00501.", _ISA),
    "ta1_005": Said("The kind of the sender's ID (ISA05) is none that is known.", _ISA),
    "ta1_006": Said("The interchange does not name its sender.", _ISA),
    "ta1_007": Said("The kind of the receiver's ID (ISA07) is none that is known.", _ISA),
    "ta1_008": Said("The interchange does not name its receiver.", _ISA),
    "ta1_009": Said("The interchange is meant for another receiver.", _ISA),
    "ta1_014": Said("The interchange's date is none; the file was taken all the same.", _ISA),
    "ta1_015": Said("The interchange's time is none; the file was taken all the same.", _ISA),
    "ta1_018": Said("The interchange's control number is not nine digits.", _ISA),
    "ta1_021": Said("The count of groups at the end (IEA01) is not right.", _ENVELOPE),
    "ta1_022": Said("Headers and trailers do not stand where they must.", _ENVELOPE),
    "ta1_023": Said(
        "The file breaks off before its end.", "It may have been cut on its way. Send the whole file again."
    ),
    "ta1_024": Said("The content of the interchange cannot be trusted.", _ENVELOPE),
    "ta1_025": REFUSALS[DUPLICATE],
    "ak905_1": Said("A group holds another kind of transaction.", "Encounters are sent as 837s (GS01 HC)."),
    "ak905_2": Said(
        "A group is of a version that is not taken here.",
        "Send 005010X222A1 (professional) or 005010X223A2 (institutional), in GS08 and ST03.",
    ),
    "ak905_3": Said("A group has no end (GE).", _ENVELOPE),
    "ak905_4": Said("A group's number at its end (GE02) is not the one at its beginning.", _ENVELOPE),
    "ak905_5": Said("A group's count of transaction sets (GE01) is not right.", _ENVELOPE),
    "ak905_6": Said("A group's control number is none.", _ENVELOPE),
    "ak905_19": Said("Two groups have the same control number.", _ENVELOPE),
    "ik502_2": Said("A transaction set has no end (SE).", _ENVELOPE),
    "ik502_3": Said("A set's number at its end (SE02) is not the one at its beginning.", _ENVELOPE),
    "ik502_4": Said("A set's count of segments (SE01) is not right.", _ENVELOPE),
    "ik502_6": Said("A set does not say what it is.", _ENVELOPE),
    "ik502_7": Said("A set's control number is not four to nine letters or digits.", _ENVELOPE),
    "ik502_18": Said("A set is no 837.", "Encounters are sent as 837s."),
    "ik502_19": Said("A set does not name its guide (ST03).", _ENVELOPE),
    "ik502_23": Said("Two sets have the same control number.", _ENVELOPE),
    "ik502_I6": Said("A set names a guide that is not that of its group.", _ENVELOPE),
    "ik304_1": Said("This is no segment.", "Look for a stray separator in the segment."),
    "ik304_2": Said("This segment has no place here.", "Leave it out, or put it where it belongs."),
    "ik304_3": Said("A segment that must be there is missing.", "Add it before the segment that is shown."),
    "ik304_4": Said("This part comes more often than it may.", "Split it."),
    "ik304_5": Said("This segment comes more often than it may.", "Leave out what is too many."),
    "ik304_6": Said("An 837 has no such segment.", "Leave it out."),
    "ik304_7": Said("This segment stands in the wrong place.", "Put it where the guide has it."),
    "ik304_I4": Said("The guide does not use this segment here.", "Leave it out."),
    "ik403_1": Said("A value that must be there is missing.", "Add it in the element that is marked."),
    "ik403_2": Said(
        "A value is missing that another one of the segment asks for.", "Add it, or drop the other."
    ),
    "ik403_3": Said("The segment has more elements than it may.", "Look for a stray separator."),
    "ik403_4": Said("A value is too short.", "Check the element that is marked."),
    "ik403_5": Said("A value is too long.", "Check the element that is marked."),
    "ik403_6": Said("A value holds a character it may not.", "Check the element that is marked."),
    "ik403_7": Said(
        "A value is none of the codes that may stand there.", "Check the element that is marked."
    ),
    "ik403_8": Said("A date is no day of the calendar.", "Write it as CCYYMMDD."),
    "ik403_9": Said("A time is none.", "Write it as HHMM."),
    "ik403_10": Said("Two values stand there of which one at most may.", "Leave one out."),
    "ik403_12": Said("A value is repeated too often.", "Leave out what is too many."),
    "ik403_13": Said("A value has too many parts.", "Look for a stray separator."),
    "ik403_I6": Said("The guide does not use this code.", "Check the element that is marked."),
    "ik403_I10": Said("The guide does not use this element.", "Leave it empty."),
    "ik403_I12": Said("A value has not the form it must have.", "Check the element that is marked."),
}
_OF_HEADERS = Said("The interchange's first segment (ISA) is not as it must be.", _ISA)
_OF_SYNTAX = Said("The file cannot be read as X12.", _ENVELOPE)

UPLOADS: Final[Mapping[str, str]] = {
    "empty": "The file is empty.",
    "too_large": "The file is too large. Split it.",
    "not_x12": "This is no X12 file. Send the 837 your system writes, unchanged.",
    "infected": "The scanner found something harmful in the file. It was not kept.",
    "not_scanned": "The file could not be scanned now. Send it again in a few minutes.",
}


def of_refusal(code: str) -> Said:
    """Why a file is refused."""
    return REFUSALS.get(code, _OTHER_REFUSAL)


def of_edit(code: str) -> Said:
    """What is wrong with a file as a whole, or what the guide finds in a segment."""
    if code.startswith("ta1_"):
        return _EDITS.get(code, _OF_HEADERS)
    return _EDITS.get(code, _OF_SYNTAX)
