"""Finds the segment that a misfit is about among those of the claim as it was sent. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from portico.domains.claims.edits.codes import Misfit, Spot

_NAMED_BY = {"2010AA": "85", "2010BA": "IL", "2010CA": "QC"}
"""What NM101 says of the person a loop is about."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment as sent: its number in the interchange, its elements (the first its name), its loop.

    `loop` is empty where the reader says none.
    """

    place: int
    elements: tuple[str, ...]
    loop: str = ""

    @property
    def name(self) -> str:
        """CLM, NM1, SV1."""
        return self.elements[0]


def located(misfit: Misfit, segments: Sequence[Segment]) -> Misfit:
    """The misfit with the place of its segment; where that is missing, of the one it would stand under."""
    if misfit.place:
        return misfit
    scope = _of_service(segments, misfit.service) if misfit.service else _before_services(segments)
    scope = _below(misfit.spot, scope)
    found = next((each for each in scope if _is_meant(misfit.spot, each)), None)
    standing = found or _holder(scope, segments)
    return misfit if standing is None else replace(misfit, place=standing.place)


def find(place: int, segments: Sequence[Segment]) -> Segment | None:
    """The segment of that number; None where it is not of this claim."""
    return next((each for each in segments if each.place == place), None)


def _below(spot: Spot, scope: list[Segment]) -> list[Segment]:
    """The segments from the one that names the loop's person on, where the reader gave no loops."""
    named = _NAMED_BY.get(spot.loop)
    for index, each in enumerate(scope if named and not spot.qualifier else ()):
        if each.name == "NM1" and each.elements[1:2] == (named,):
            return scope[index:]
    return scope


def _is_meant(spot: Spot, segment: Segment) -> bool:
    if segment.name != spot.segment or (segment.loop and segment.loop != spot.loop):
        return False
    return not spot.qualifier or spot.qualifier in segment.elements[1:2]


def _of_service(segments: Sequence[Segment], number: int) -> list[Segment]:
    """The segments of the line of that number, from its LX to the next."""
    starts = [index for index, each in enumerate(segments) if each.name == "LX"]
    for start, end in pairwise([*starts, len(segments)]):
        if segments[start].elements[1:2] == (str(number),):
            return list(segments[start:end])
    return []


def _before_services(segments: Sequence[Segment]) -> list[Segment]:
    first = next((index for index, each in enumerate(segments) if each.name == "LX"), len(segments))
    return list(segments[:first])


def _holder(scope: Sequence[Segment], segments: Sequence[Segment]) -> Segment | None:
    """The line's LX, or the claim's CLM: under it the missing segment would stand."""
    if scope and scope[0].name == "LX":
        return scope[0]
    return next((each for each in segments if each.name == "CLM"), None)
