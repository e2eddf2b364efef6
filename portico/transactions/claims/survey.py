"""An 837 file looked at as a whole before anything of it is taken in: its envelopes, and what it is."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from portico.shared.x12 import dates, envelopes
from portico.shared.x12.faults import FaultCode, SyntaxFault, X12Error
from portico.shared.x12.feed import Source
from portico.shared.x12.headers import GroupHeader, InterchangeHeader
from portico.shared.x12.levels import Interchange
from portico.shared.x12.limits import FEED_LIMITS
from portico.transactions.claims import reader
from portico.transactions.parts.misread import FileRefused

_IN_A_CLAIM = frozenset({FaultCode.EMPTY_SEGMENT, FaultCode.SEGMENT_ID_INVALID})


@dataclass(frozen=True, slots=True)
class Survey:
    """What a whole file says of itself; `as_of` is when it was written, aware."""

    sender: str
    control_numbers: tuple[str, ...]
    as_of: datetime


def survey(source: Source, *, zone: ZoneInfo) -> Survey:
    """Reads every envelope of the file. Raises FileRefused, which names the segment at fault."""
    faults: list[SyntaxFault] = []
    headers: list[tuple[InterchangeHeader, GroupHeader]] = []
    try:
        for interchange in envelopes.read(source, limits=FEED_LIMITS, on_fault=faults.append):
            headers += _groups(interchange)
            for fault in faults:
                if fault.code not in _IN_A_CLAIM:
                    raise _refusal(fault, faults)
    except X12Error as error:
        raise _refusal(error.fault, faults) from None
    if not headers:
        raise FileRefused("no_claims", "The file holds no 837 transaction set.")
    return Survey(
        sender=headers[0][0].sender,
        control_numbers=tuple(dict.fromkeys(isa.control_number for isa, _ in headers)),
        as_of=max(_written(isa, gs, zone) for isa, gs in headers),
    )


def _groups(interchange: Interchange) -> list[tuple[InterchangeHeader, GroupHeader]]:
    found = []
    for group in interchange.groups():
        is_837 = group.header.functional_id == "HC" and reader.guide_of(group.header.version) is not None
        sets = group.transactions()
        if not is_837 or any(one.header.code != "837" or not reader.guide_of(one.guide) for one in sets):
            raise _not_837(interchange.place, group.header)
        found.append((interchange.header, group.header))
    return found


def _not_837(place: int, header: GroupHeader) -> FileRefused:
    said = (
        f"The group says {header.functional_id} {header.version}"
        if place == 1
        else f"Interchange {place} differs"
    )
    return FileRefused(
        "not_an_837",
        f"This is no 837 of a professional or an institution. {said}; such an 837 says HC 005010X222A1 or "
        "HC 005010X223A2.",
    )


def _refusal(fault: SyntaxFault, faults: list[SyntaxFault]) -> FileRefused:
    words = f"Nothing was loaded. At {fault.where}: {fault.message}."
    stray = next((found for found in faults if found.code in _IN_A_CLAIM), None)
    if stray is not None and stray is not fault:
        words += f" Look at segment {stray.segment_number} first: a delimiter may stand in a value there."
    return FileRefused("broken_envelope", words)


def _written(isa: InterchangeHeader, gs: GroupHeader, zone: ZoneInfo) -> datetime:
    try:
        return datetime.combine(_day(isa, gs), dates.parse_time(gs.time or isa.time), tzinfo=zone)
    except dates.DateError:
        raise FileRefused("file_date_wrong", "GS04 and GS05 do not say when the file was written.") from None


def _day(isa: InterchangeHeader, gs: GroupHeader) -> date:
    try:
        return dates.parse_d8(gs.date)
    except dates.DateError:
        return dates.parse_d6(isa.date)
