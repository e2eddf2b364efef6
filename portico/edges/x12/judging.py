"""A file judged before anything in it is acted on, and then read set by set.

    review = judging.judge(source, guides=(GUIDE_270,))
    for told in review.interchanges:
        acknowledgements.write(reply, told, ...)            # TA1 and 999, from what was counted
    for taken in judging.accepted_sets(source, review):     # the file again, from its start
        for loop, number, segment in taken.segments: ...

Nothing of the file is kept but headers, counts, control numbers and a bounded number of faults, so a batch
of any size is judged in flat memory, and no set is worked on whose group turns out broken at its end.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter

from portico.edges.x12 import codes_of_faults as codes
from portico.edges.x12 import interchange_headers
from portico.edges.x12.interchange_headers import Rewindable
from portico.edges.x12.reviews import (
    ACKNOWLEDGEMENTS,
    Expected,
    GroupReview,
    InterchangeReview,
    Review,
    SetReview,
)
from portico.shared.x12 import envelopes, grammar
from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.faults import FaultCode, SyntaxFault, X12Error
from portico.shared.x12.feed import Source
from portico.shared.x12.grammar_faults import Fault, SegmentCode
from portico.shared.x12.grammar_parts import Guide
from portico.shared.x12.headers import GroupHeader, InterchangeHeader, TransactionHeader
from portico.shared.x12.levels import Group, Interchange, TransactionSet
from portico.shared.x12.limits import STANDING_LIMITS, Limits

MOST_FAULTS_OF_A_FILE = 5_000
_LEAST_CONTROL_NUMBER = 4
_SET_CODE = re.compile(r"[0-9]{3}")
_STRAY = (FaultCode.EMPTY_SEGMENT, FaultCode.SEGMENT_ID_INVALID)


class SourceChanged(RuntimeError):
    """The file is not the one that was judged."""


@dataclass(frozen=True, slots=True)
class AcceptedSet:
    """A transaction set that was taken. Read its `segments` (see `grammar.labelled`) before the next one's.

    `place` counts the taken sets of the file from 1.
    """

    place: int
    interchange: InterchangeHeader
    group: GroupHeader
    header: TransactionHeader
    delimiters: Delimiters
    segments: Iterator[grammar.Labelled]


def judge(
    source: Rewindable | bytes,
    *,
    guides: Collection[Guide],
    expected: Expected | None = None,
    limits: Limits = STANDING_LIMITS,
    notes: Collection[str] = (),
) -> Review:
    """Answers what of a file is taken and why the rest is not; whatever a file holds, it raises nothing.

    A file object is read from where it stands. `notes` are the IK502 codes that are noted of a set without
    its being refused: whoever gives any reads the sets with their faults, which `accepted_sets` does not.
    """
    found: list[InterchangeReview] = []
    beginning = interchange_headers.peek(source)
    judging = _Judging(tuple(guides), expected or Expected(), frozenset(notes))
    try:
        for interchange in envelopes.read(source, limits=limits, on_fault=_listen):
            found.append(judging.interchange(interchange))
            if not interchange.closed:
                break
    except X12Error as error:
        answer = interchange_headers.unusable(beginning, error.fault)
        return Review((answer,)) if answer else Review(tuple(found), error.fault)
    return Review(tuple(found))


def accepted_sets(
    source: Source, review: Review, *, limits: Limits = STANDING_LIMITS
) -> Iterator[AcceptedSet]:
    """Answers the sets that were taken, one after the other; `source` is the file judged, from its start.

    Raises SourceChanged, or X12Error, where it turns out to be another file.
    """
    if not any(told.is_accepted for told in review.interchanges):
        return  # an ISA whose delimiters cannot be used was judged, but cannot be read
    place = 0
    read = envelopes.read(source, limits=limits, on_fault=_listen)
    for told, interchange in zip(review.interchanges, read, strict=False):
        if not told.is_accepted:
            with suppress(X12Error):
                interchange.skip()
        for judged, group in zip(told.groups if told.is_accepted else (), interchange.groups(), strict=False):
            for one, transaction in zip(judged.taken, group.transactions(), strict=False):
                if one.is_accepted:
                    place += 1
                    yield _opened(place, judged, one, transaction)


def _opened(place: int, judged: GroupReview, one: SetReview, transaction: TransactionSet) -> AcceptedSet:
    group = transaction.group
    if transaction.header != one.header or group.header != judged.header:
        raise SourceChanged("the file is not the one that was judged")
    guide = next(guide for guide in judged.guides if guide.code == one.header.code)
    segments = grammar.labelled(transaction, guide, _refuse)
    header, delimiters = group.interchange.header, group.interchange.delimiters
    return AcceptedSet(place, header, group.header, one.header, delimiters, segments)


def _refuse(fault: Fault) -> None:
    raise SourceChanged("a set that was taken has a fault now")


def _listen(fault: SyntaxFault) -> None:
    """Lets reading go on past a fault, which the level it belongs to keeps."""


class _Judging:
    """One file on its way through: what is supported, and how many faults may still be kept."""

    def __init__(self, guides: tuple[Guide, ...], expected: Expected, notes: frozenset[str]) -> None:
        self._guides = guides
        self._expected = expected
        self._notes = notes
        self._room = MOST_FAULTS_OF_A_FILE

    def interchange(self, interchange: Interchange) -> InterchangeReview:
        """Answers what an interchange is worth; reads it to its end, or to where nothing can be trusted."""
        groups: list[GroupReview] = []
        faults: list[SyntaxFault] = []
        try:
            for group in interchange.groups():
                groups.append(self._group(group))
                faults += [fault for fault in group.faults if _spoils_the_answer(fault)]
        except X12Error as error:
            faults.append(error.fault)
            groups = []
        faults = interchange.faults + faults
        found = [*map(codes.note, faults), *interchange_headers.notes(interchange.header, self._expected)]
        note = next((code for code in found if code not in codes.ONLY_NOTED), [*found, codes.NO_ERROR][0])
        return InterchangeReview(
            interchange.header, note, tuple(faults), tuple(groups), interchange.delimiters
        )

    def _group(self, group: Group) -> GroupReview:
        guides, refused = self._supported(group.header)
        sets: list[SetReview] = []
        for transaction in group.transactions():
            if guides:
                sets.append(self._set(transaction, guides))
        found = dict.fromkeys([*refused, *codes.of_group(group.faults)])
        declared = "".join(group.walk.at[1][1:2]) if group.closed else ""
        return GroupReview(
            header=group.header,
            declared=int(declared) if declared.isascii() and declared.isdigit() and len(declared) <= 6 else 0,
            received=group.transaction_count,
            codes=tuple(found),
            sets=tuple(sets),
            guides=guides,
            is_remarked=any(fault.code in _STRAY for fault in group.faults),
        )

    def _supported(self, header: GroupHeader) -> tuple[tuple[Guide, ...], list[str]]:
        """Answers the guides a group may use, and why it may use none."""
        if header.functional_id == ACKNOWLEDGEMENTS:
            return (), []
        alike = [guide for guide in self._guides if guide.functional_id == header.functional_id]
        guides = tuple(guide for guide in alike if guide.version == header.version and header.agency == "X")
        if guides:
            return guides, []
        return (), [codes.VERSION_NOT_SUPPORTED if alike else codes.GROUP_NOT_SUPPORTED]

    def _set(self, transaction: TransactionSet, guides: tuple[Guide, ...]) -> SetReview:
        header = transaction.header
        guide = next((guide for guide in guides if guide.code == header.code), None)
        faults: list[Fault] = []
        found = list(_of_its_header(header, guide))
        if guide and not found:
            for _ in grammar.labelled(transaction, guide, faults.append, most_faults=self._most()):
                pass
        transaction.skip()
        faults += [_stray(transaction, fault) for fault in transaction.faults if fault.code in _STRAY]
        found += codes.of_set(transaction.faults, faults)
        if len(header.control_number) < _LEAST_CONTROL_NUMBER:
            found.append(codes.CONTROL_NUMBER)
        self._room -= len(faults)
        faults.sort(key=attrgetter("position"))
        told = tuple(dict.fromkeys(found))
        return SetReview(header, told, tuple(faults), _unit(guide), transaction.number, self._notes)

    def _most(self) -> int:
        return max(1, min(grammar.MOST_FAULTS, self._room))


def _spoils_the_answer(fault: SyntaxFault) -> bool:
    """Answers whether a group's own header leaves nothing that a 999 could give back: no GS01."""
    return fault.code is FaultCode.GROUP_HEADER_INVALID and fault.element == 1


def _of_its_header(header: TransactionHeader, guide: Guide | None) -> Iterator[str]:
    if guide is None and _SET_CODE.fullmatch(header.code):
        yield codes.NOT_IN_GROUP
    elif guide is None:
        return
    elif header.guide not in guide.references:
        yield codes.REFERENCE_NOT_SUPPORTED if header.guide else codes.REFERENCE_MISSING


def _stray(transaction: TransactionSet, fault: SyntaxFault) -> Fault:
    return Fault(SegmentCode.UNRECOGNIZED, "", transaction.position(fault.segment_number))


def _unit(guide: Guide | None) -> str:
    if guide is None or guide.unit is None:
        return ""
    name, element = guide.unit
    return f"{name}{element:02d}"
