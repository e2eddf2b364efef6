"""The TA1 and the 999 (005010X231A1) that answer one interchange, written from its review.

    TA1                     when the interchange is refused, or asks for one (ISA14)
    999 for each group      in real time when something is refused; in batch always
      AK1                   the group
      AK2  IK5              a transaction set, and whether it is taken
        IK3 CTX IK4         a fault: the segment, the sender's number of the inquiry, the element
      AK9                   how many sets were declared, received and taken

Delimiters are the standard ones, sender and receiver change places, control numbers are the caller's. No
bad value is given back, though the standard would allow it: it may be about a person.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from portico.edges.x12 import replies
from portico.edges.x12.reviews import GroupReview, InterchangeReview, SetReview
from portico.shared.x12 import dates
from portico.shared.x12.build import GroupWriter, InterchangeWriter, TransactionWriter, Writable
from portico.shared.x12.grammar_faults import ElementFault, Fault
from portico.shared.x12.headers import InterchangeHeader
from portico.shared.x12.joining import Value

VERSION = "005010X231A1"
STANDARD_VERSION = "005010"  # stands in AK103 for a GS08 that is none
UNNAMED_SEGMENT = "XXX"  # stands in IK301 for what began with no segment ID
_MOST_CODES = 5
_LONGEST_LOOP, _LONGEST_UNIT = 4, 35
_LARGEST_COUNT, _LARGEST_REPETITION, _LARGEST_ELEMENT = 999_999, 9_999, 99


class Mode(StrEnum):
    """How the interchange came, and so when its 999 is due."""

    REAL_TIME = "real_time"
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be sent for one interchange."""

    ta1: bool
    groups: tuple[GroupReview, ...]

    @property
    def is_nothing(self) -> bool:
        """Answers whether nothing is to be sent."""
        return not (self.ta1 or self.groups)


def due(told: InterchangeReview, mode: Mode) -> Due:
    """Answers whether a TA1 is due for an interchange, and which of its groups are due a 999."""
    ta1 = told.status != "A" or told.header.acknowledgment == "1"
    if not told.is_accepted:
        return Due(ta1, ())
    answered = (group for group in told.groups if group.is_answered)
    return Due(ta1, tuple(group for group in answered if mode is Mode.BATCH or group.status != "A"))


def ta1(told: InterchangeReview, at: datetime) -> tuple[str, ...]:
    """Answers TA101 to TA105, to be written before the first group of any interchange that goes back."""
    header = told.header
    number = header.control_number if re.fullmatch(r"[0-9]{9}", header.control_number) else "0" * 9
    return number, *_sent_at(header, at), told.status, told.note


def _sent_at(header: InterchangeHeader, at: datetime) -> tuple[str, str]:
    """Answers an interchange's date and time, or for what is none that of the answer."""
    day, hour = header.date, header.time
    try:
        dates.parse_d6(day)
    except dates.DateError:
        day = dates.format_d6(at.date())
    try:
        dates.parse_time(hour)
    except dates.DateError:
        hour = dates.format_time(at.time())
    return day, hour


def write(
    file: Writable,
    told: InterchangeReview,
    mode: Mode,
    *,
    at: datetime,
    control_number: int,
    first_group: int = 1,
) -> bool:
    """Writes what is due as one interchange, and answers whether anything was.

    `at` is the moment of writing in the plan's time zone; `control_number` becomes ISA13; the groups are
    numbered on from `first_group`.
    """
    wanted = due(told, mode)
    if wanted.is_nothing:
        return False
    header = replies.interchange_header(told.header, at=at, control_number=control_number)
    with InterchangeWriter(file, header, replace_delimiters=True) as interchange:
        put(interchange, told, wanted, at=at, first_group=first_group)
    return True


def put(
    interchange: InterchangeWriter,
    told: InterchangeReview,
    wanted: Due,
    *,
    at: datetime,
    first_group: int = 1,
) -> None:
    """Writes what is due into an interchange that goes back, before anything else in it."""
    if wanted.ta1:
        interchange.acknowledge(*ta1(told, at))
    for number, group in enumerate(wanted.groups, first_group):
        header = replies.group_header(
            group.header, told.header, functional_id="FA", version=VERSION, at=at, number=number
        )
        with interchange.group(header) as writer:
            _write_999(writer, group)


def _write_999(writer: GroupWriter, group: GroupReview) -> None:
    header = group.header
    with writer.transaction("999", guide=VERSION) as transaction:
        number = header.control_number if re.fullmatch(r"[0-9]{1,9}", header.control_number) else "0"
        version = header.version if re.fullmatch(r"[A-Z0-9]{1,12}", header.version) else STANDARD_VERSION
        transaction.write("AK1", header.functional_id, number, version)
        for told in group.sets:
            if not (group.codes and told.is_accepted):
                _write_set(transaction, told, group)
        counts = group.declared, group.received, group.accepted
        shown = (str(min(count, _LARGEST_COUNT)) for count in counts)
        transaction.write("AK9", group.status, *shown, *group.codes[:_MOST_CODES])


def _write_set(transaction: TransactionWriter, told: SetReview, group: GroupReview) -> None:
    header = told.header
    code = header.code if re.fullmatch(r"[0-9]{3}", header.code) else group.guides[0].code
    number = re.sub(r"[^A-Za-z0-9]", "", header.control_number)[:9].rjust(4, "0")
    reference = header.guide if re.fullmatch(r"[A-Z0-9]{1,35}", header.guide) else ""
    transaction.write("AK2", code, number, reference)
    for fault, alike in groupby(told.faults, key=_segment_of):
        _write_segment(transaction, fault, list(alike), told.unit)
    transaction.write("IK5", told.status, *told.codes[:_MOST_CODES])


def _segment_of(fault: Fault) -> Fault:
    return Fault(fault.code, fault.segment, fault.position, fault.loop, None, fault.unit)


def _write_segment(transaction: TransactionWriter, fault: Fault, alike: list[Fault], unit: str) -> None:
    position = str(min(fault.position, _LARGEST_COUNT))
    loop = fault.loop[:_LONGEST_LOOP] if fault.loop[:1].isdigit() else ""
    transaction.write("IK3", fault.segment or UNNAMED_SEGMENT, position, loop, fault.code)
    given = replies.plain(fault.unit, _LONGEST_UNIT)
    if unit and given:
        transaction.write("CTX", (unit, given))
    for one in (fault.inside for fault in alike if fault.inside):
        transaction.write("IK4", _place(one), one.number if one.number.isdigit() else "", one.code)


def _place(fault: ElementFault) -> Value:
    component = str(fault.component) if fault.component else ""
    repetition = str(min(fault.repetition, _LARGEST_REPETITION)) if fault.repetition else ""
    return str(min(fault.element, _LARGEST_ELEMENT)), component, repetition
