"""The records of a file as the domain takes them: what was read, its segments, and what is wrong with it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from portico.domains.claims.edits.codes import Code, Misfit, Spot
from portico.domains.claims.edits.places import Segment
from portico.domains.encounters.reading import SentRecord
from portico.edges.x12.encounters.judgement import TakenSet
from portico.edges.x12.reviews import InterchangeReview
from portico.shared.x12.limits import STANDING_LIMITS
from portico.transactions.claims import reader
from portico.transactions.claims.records import Noted, Place, ReadClaim

MOST_ABOVE = 200
"""Segments of the levels above that a record keeps: each record below has them again."""


class Numbered(NamedTuple):
    """A record, and where reading goes on after it."""

    record: SentRecord
    place: Place | None


def read(
    source: BinaryIO,
    told: InterchangeReview,
    sets: Sequence[TakenSet],
    *,
    begin: Place | None = None,
    position: int = 0,
) -> Iterator[Numbered]:
    """The records of the sets that are taken, from a place on; positions go on from `position`."""
    taken = {each.first for each in sets}
    starts = sorted(one.number for group in told.groups for one in group.sets)
    for claim in reader.read(source, begin, limits=STANDING_LIMITS):
        if starts[bisect_right(starts, claim.place) - 1] in taken:
            position += 1
            yield Numbered(_record(position, claim), _place(claim))


def _record(position: int, claim: ReadClaim) -> SentRecord:
    numbered = (*claim.above[:MOST_ABOVE], *claim.segments)
    return SentRecord(
        position=position,
        place=claim.place,
        claim=claim.sent,
        segments=tuple(Segment(number, tuple(segment)) for number, segment in numbered),
        faults=tuple(_misfit(noted) for noted in claim.costly),
    )


def _misfit(noted: Noted) -> Misfit:
    """What the guide finds wrong, as an edit of the record; `about` says which rule of the guide it was."""
    fault = noted.fault
    element = fault.inside.element if fault.inside else None
    rule = f"ik403_{fault.inside.code}" if fault.inside else f"ik304_{fault.code}"
    spot = Spot(fault.loop, fault.segment, element)
    return Misfit(Code.UNREADABLE, spot, about=rule, place=noted.place)


def _place(claim: ReadClaim) -> Place | None:
    """None where the claim stands below no subscriber: it is then read with those after it."""
    try:
        return claim.bookmark()
    except ValueError:
        return None
