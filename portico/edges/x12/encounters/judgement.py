"""A file of encounters judged: which of its sets are taken, who sent each, and what is wrong with the rest.

What the guide finds inside a set is noted and does not refuse it (IK5 says E): the records at fault are
rejected one by one, and those beside them are taken. A set with a broken envelope is refused as a whole.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO

from portico.domains.claims.edits.places import Segment
from portico.domains.encounters.submissions import FileEdit
from portico.edges.x12 import codes_of_faults as codes
from portico.edges.x12 import judging
from portico.edges.x12.encounters.accounts import Sender
from portico.edges.x12.reviews import Expected, GroupReview, InterchangeReview, SetReview
from portico.shared.x12 import envelopes, tokens
from portico.shared.x12.faults import SyntaxFault, X12Error
from portico.shared.x12.grammar_faults import Fault
from portico.shared.x12.grammar_parts import Guide
from portico.shared.x12.levels import TransactionSet
from portico.transactions.guides.guide_837i import GUIDE_837I
from portico.transactions.guides.guide_837p import GUIDE_837P

NOTED = (codes.SEGMENTS_IN_ERROR, codes.SEGMENTS_IN_ERROR_BY_GUIDE)
MOST_EDITS = 100  # of a file as a whole: who sent it mends the cause of all
_LATER = ("005010X222A2", "005010X223A3")  # the same guides with later addenda, which say nothing else here
_BASE = len("005010X222")
_ISA = 1  # may hold a password, and is never kept


def _guides() -> Iterator[Guide]:
    for guide in (GUIDE_837P, GUIDE_837I):
        yield guide
        for version in _LATER:
            if version[:_BASE] == guide.version[:_BASE]:
                yield replace(guide, version=version, references=frozenset({version}))


GUIDES = tuple(_guides())


@dataclass(frozen=True, slots=True)
class TakenSet:
    """A set that is taken: the segments of the interchange from `first` on are its own, and who sent it."""

    first: int
    header: SetReview
    group: GroupReview
    sender: Sender


@dataclass(frozen=True, slots=True)
class Judged:
    """A file of one interchange; `told` is None where there is none that could be answered.

    `refusal` is a code where nothing of it is taken; `edits` say what is wrong with it as a whole.
    """

    told: InterchangeReview | None
    sets: tuple[TakenSet, ...] = ()
    edits: tuple[FileEdit, ...] = ()
    refusal: str = ""


def judge(source: BinaryIO, *, expected: Expected | None = None) -> Judged:
    """Answers what of a file is taken; reads it from its beginning, in flat memory."""
    source.seek(0)
    review = judging.judge(source, guides=GUIDES, expected=expected, notes=NOTED)
    if not review.interchanges:
        return Judged(None, edits=_unanswerable(review.unanswerable), refusal="not_x12")
    told = review.interchanges[0]
    if len(review.interchanges) > 1 or review.unanswerable:
        told = replace(told, note=codes.CONTENT)
        return Judged(told, refusal="several_interchanges")
    sets = tuple(_taken(told, source)) if told.is_accepted else ()
    edits = tuple(islice(_edits(told, source), MOST_EDITS))
    return Judged(told, sets, edits, _refusal(told, sets))


def _refusal(told: InterchangeReview, sets: Collection[TakenSet]) -> str:
    if not told.is_accepted:
        return "interchange_refused"
    return "" if sets else "no_set_taken"


def _taken(told: InterchangeReview, source: BinaryIO) -> Iterator[TakenSet]:
    senders = _senders(source)
    for group in told.groups:
        for one in group.taken:
            if one.is_accepted:
                yield TakenSet(one.number, one, group, senders[one.number])


def _senders(source: BinaryIO) -> dict[int, Sender]:
    """Who sent each set, by the number of its first segment."""
    source.seek(0)
    found = {}
    for interchange in envelopes.read(source, on_fault=_pass):
        for transaction in interchange.transactions():
            found[transaction.number] = _sender(transaction)
    return found


def _sender(transaction: TransactionSet) -> Sender:
    reference, named = "", ["NM1"]
    for _, segment in transaction.segments():
        if segment[0] == "BHT":
            reference = _element(segment, 3)
        elif segment[0] == "NM1" and _element(segment, 1) == "41":
            named = segment
        elif segment[0] == "HL":
            break
    return Sender(
        reference=reference or transaction.header.control_number,
        name=_element(named, 3),
        id=_element(named, 9),
        first_name=_element(named, 4),
        is_person=_element(named, 2) == "1",
    )


def _element(segment: list[str], place: int) -> str:
    return segment[place] if len(segment) > place else ""


def _pass(fault: SyntaxFault) -> None:
    """Lets reading go on past a fault: it was judged before."""


def _unanswerable(fault: SyntaxFault | None) -> tuple[FileEdit, ...]:
    return (FileEdit(f"syntax_{fault.code}"),) if fault else ()


@dataclass(frozen=True, slots=True)
class _Found:
    """Something wrong with the file: its code, and where."""

    code: str
    place: int = 0
    element: int | None = None
    loop: str = ""


def _edits(told: InterchangeReview, source: BinaryIO) -> Iterator[FileEdit]:
    found = list(islice(_found(told), MOST_EDITS))
    segments = _segments(source, {each.place for each in found} - {0, _ISA})
    for each in found:
        segment = segments.get(each.place)
        known = Segment(each.place, tuple(segment), each.loop) if segment else None
        yield FileEdit(each.code, known, each.element, each.loop)


def _segments(source: BinaryIO, places: Collection[int]) -> dict[int, list[str]]:
    """The segments of these numbers, as far as the file can be read."""
    found: dict[int, list[str]] = {}
    source.seek(0)
    try:
        for number, segment in tokens.segments(source) if places else ():
            if number in places:
                found[number] = segment
                if len(found) == len(places):
                    break
    except X12Error:
        return found
    return found


def _found(told: InterchangeReview) -> Iterator[_Found]:
    """What is wrong, from the interchange down to the sets that are refused."""
    if told.note != codes.NO_ERROR:
        fault = told.faults[0] if told.faults else None
        place, element = (fault.segment_number, fault.element) if fault else (_ISA, None)
        yield _Found(f"ta1_{told.note}", place, element)
    for group in told.groups if told.is_accepted else ():
        yield from (_Found(f"ak905_{code}") for code in group.codes)
        for one in group.sets:
            if not one.is_accepted:
                yield from _of_set(one)


def _of_set(one: SetReview) -> Iterator[_Found]:
    yield from (_Found(f"ik502_{code}", one.number) for code in one.codes if code not in NOTED)
    yield from (_of_fault(one, fault) for fault in one.faults)


def _of_fault(one: SetReview, fault: Fault) -> _Found:
    place = one.number + fault.position - 1
    if fault.inside is None:
        return _Found(f"ik304_{fault.code}", place, None, fault.loop)
    return _Found(f"ik403_{fault.inside.code}", place, fault.inside.element, fault.loop)
