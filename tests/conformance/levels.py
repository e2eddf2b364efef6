"""The levels of a 271: who stands under whom, and one patient with the levels above."""

from collections.abc import Iterator
from dataclasses import dataclass, field

SUBSCRIBER, DEPENDENT = "22", "23"
DEEPEST = 4

Segment = list[str]


@dataclass(slots=True)
class Level:
    """An HL with the segments after it, up to the next."""

    number: str
    parent: str
    code: str
    segments: list[Segment] = field(default_factory=list)


def faults_of_children(transaction: list[Segment]) -> Iterator[str]:
    """Levels that say they have children and have none, or the other way round; the reader asks one kind."""
    levels = _levels(transaction)
    parents = {level.parent for level in levels}
    for level in levels:
        if level.segments[0][4:] != ["1" if level.number in parents else "0"]:
            yield f"HL {level.number}: HL04 is {level.segments[0][4:]}"


def patients(transaction: list[Segment]) -> Iterator[list[Segment]]:
    """ST and BHT with the levels from the source down to each patient; all of it where there is none."""
    first = next((at for at, one in enumerate(transaction) if one[0] == "HL"), len(transaction))
    levels = {level.number: level for level in _levels(transaction)}
    found = [level for level in levels.values() if _is_patient(level, levels)]
    for patient in found:
        yield [*transaction[:first], *_down_to(patient, levels)]
    if not found:
        yield transaction


def _levels(segments: list[Segment]) -> list[Level]:
    levels: list[Level] = []
    for segment in segments:
        if segment[0] == "HL":
            number, parent, code = [*segment, "", "", ""][1:4]
            levels.append(Level(number, parent, code))
        if levels:
            levels[-1].segments.append(segment)
    return levels


def _is_patient(level: Level, levels: dict[str, Level]) -> bool:
    """A dependent; a subscriber with no dependents, or with benefits of their own."""
    has_children = any(other.parent == level.number for other in levels.values())
    answers = any(segment[0] == "EB" for segment in level.segments)
    return level.code == DEPENDENT or (level.code == SUBSCRIBER and (answers or not has_children))


def _down_to(patient: Level, levels: dict[str, Level]) -> list[Segment]:
    """The segments of the levels above a patient, without anyone else's benefits, and then the patient's."""
    chain = [patient]
    while len(chain) < DEEPEST and chain[0].parent in levels:
        chain.insert(0, levels[chain[0].parent])
    above = [segment for level in chain[:-1] for segment in _before_benefits(level)]
    return [*above, [*patient.segments[0][:4], "0"], *patient.segments[1:]]


def _before_benefits(level: Level) -> list[Segment]:
    end = next((at for at, one in enumerate(level.segments) if one[0] == "EB"), len(level.segments))
    return level.segments[:end]
