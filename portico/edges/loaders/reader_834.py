"""An 834 file: surveyed as a whole before anything is loaded, then read member by member in flat memory.

The survey refuses a file that cannot be trusted: broken envelopes, wrong counts, no 834. A segment that
is none costs only the member it stands in.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from portico.domains.members.enrolment_facts import SentMember
from portico.edges.loaders import loops_834
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.refusals import FeedRefused, RefusalCode
from portico.edges.loaders.values_834 import Segment
from portico.shared.x12 import dates, envelopes
from portico.shared.x12.bookmarks import Bookmark
from portico.shared.x12.faults import FaultCode, SyntaxFault, X12Error
from portico.shared.x12.feed import Source
from portico.shared.x12.headers import GroupHeader, InterchangeHeader
from portico.shared.x12.levels import Interchange, TransactionSet
from portico.shared.x12.limits import FEED_LIMITS

GUIDES = ("005010X220A1", "005010X220")
MOST_SEGMENTS = 2_000  # of one member; a real one has some dozens
_IN_A_ROW = frozenset({FaultCode.EMPTY_SEGMENT, FaultCode.SEGMENT_ID_INVALID})


@dataclass(frozen=True, slots=True)
class Survey:
    """What a whole file says of itself; `as_of` is when it was written, aware."""

    sender: str
    control_numbers: tuple[str, ...]
    as_of: datetime


@dataclass(slots=True)
class Loops:
    """The segments of one member, not read yet.

    `bookmark` answers where the next member begins, as long as no further one was asked for; None for the
    last of a transaction set.
    """

    interchange: int
    place: int
    segments: list[Segment] = field(default_factory=list)
    bad: BadRow | None = None
    bookmark: Callable[[], Bookmark] | None = None

    def read(self, *, allow_demo: bool) -> SentMember:
        """The member. Raises BadRow."""
        if self.bad is not None:
            raise self.bad
        return loops_834.read(self.place, self.segments, allow_demo=allow_demo)

    @property
    def locator(self) -> str:
        """Where the member begins, for people."""
        return locate(self.interchange, self.place)


def locate(interchange: int, place: int) -> str:
    """A segment as people look it up: segment 12; of interchange 2 where it is not the first."""
    return f"segment {place}" if interchange == 1 else f"interchange {interchange}, segment {place}"


def survey(source: Source, *, zone: ZoneInfo) -> Survey:
    """Reads every envelope of the file. Raises FeedRefused, which names the segment at fault."""
    faults: list[SyntaxFault] = []
    headers: list[tuple[InterchangeHeader, GroupHeader]] = []
    try:
        for interchange in envelopes.read(source, limits=FEED_LIMITS, on_fault=faults.append):
            headers += _groups(interchange)
            _refuse(faults)
    except X12Error as error:
        raise _refusal(error.fault, faults) from None
    if not headers:
        raise FeedRefused(RefusalCode.NO_MEMBERS, "The file holds no 834 transaction set.")
    return Survey(
        sender=headers[0][0].sender,
        control_numbers=tuple(dict.fromkeys(isa.control_number for isa, _ in headers)),
        as_of=max(_written(isa, gs, zone) for isa, gs in headers),
    )


def members(source: BinaryIO, *, begin: Bookmark | None = None) -> Iterator[Loops]:
    """The loops of each member in turn, from the bookmarked one on. The file has passed its survey."""
    faults: list[SyntaxFault] = []
    if begin is None:
        interchanges = envelopes.read(source, limits=FEED_LIMITS, on_fault=faults.append)
    else:
        interchanges = envelopes.resume(source, begin, limits=FEED_LIMITS, on_fault=faults.append)
    for interchange in interchanges:
        for transaction in interchange.transactions():
            yield from _of_transaction(transaction, interchange.place, faults)


def _of_transaction(transaction: TransactionSet, place: int, faults: list[SyntaxFault]) -> Iterator[Loops]:
    loops: Loops | None = None
    faults.clear()
    for number, segment in transaction.segments():
        if segment[0] == "INS":
            if loops is not None:
                loops.bookmark = transaction.bookmark
                yield _judged(loops, faults)
            faults.clear()
            loops = Loops(place, number)
        if loops is None:
            continue
        if len(loops.segments) < MOST_SEGMENTS:
            loops.segments.append(segment)
        else:
            loops.bad = BadRow(ReadReason.TOO_MANY_SEGMENTS, loops.place)
    if loops is not None:
        yield _judged(loops, faults)


def _judged(loops: Loops, faults: list[SyntaxFault]) -> Loops:
    if faults:
        loops.bad = BadRow(ReadReason.SEGMENT_UNEXPECTED, faults[0].segment_number)
    return loops


def _groups(interchange: Interchange) -> Iterator[tuple[InterchangeHeader, GroupHeader]]:
    for group in interchange.groups():
        if group.header.functional_id != "BE" or group.header.version not in GUIDES:
            raise _not_834(interchange.place, group.header)
        for transaction in group.transactions():
            if transaction.header.code != "834" or transaction.guide not in GUIDES:
                raise _not_834(interchange.place, group.header)
        yield interchange.header, group.header


def _not_834(place: int, header: GroupHeader) -> FeedRefused:
    said = (
        f"The group says {header.functional_id} {header.version}"
        if place == 1
        else f"Interchange {place} differs"
    )
    words = f"This is no 834 of guide {GUIDES[0]}. {said}; an 834 says BE {GUIDES[0]}."
    return FeedRefused(RefusalCode.NOT_AN_834, words)


def _refuse(faults: list[SyntaxFault]) -> None:
    """A segment that is none costs one row; anything else wrong with the envelopes costs the file."""
    for fault in faults:
        if fault.code not in _IN_A_ROW:
            raise _refusal(fault, faults)


def _refusal(fault: SyntaxFault, faults: list[SyntaxFault]) -> FeedRefused:
    words = f"Nothing was loaded. At {fault.where}: {fault.message}."
    stray = next((found for found in faults if found.code in _IN_A_ROW), None)
    if stray is not None and stray is not fault:
        words += f" Look at segment {stray.segment_number} first: a delimiter may stand in a value there."
    return FeedRefused(RefusalCode.BROKEN_ENVELOPE, words)


def _written(isa: InterchangeHeader, gs: GroupHeader, zone: ZoneInfo) -> datetime:
    try:
        return datetime.combine(_day(isa, gs), dates.parse_time(gs.time or isa.time), tzinfo=zone)
    except dates.DateError:
        raise FeedRefused(
            RefusalCode.FILE_DATE_WRONG, "GS04 and GS05 do not say when the file was written."
        ) from None


def _day(isa: InterchangeHeader, gs: GroupHeader) -> date:
    try:
        return dates.parse_d8(gs.date)
    except dates.DateError:
        return dates.parse_d6(isa.date)
