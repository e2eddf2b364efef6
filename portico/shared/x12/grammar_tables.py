"""A guide worked out into places and the moves between them, so that reading only looks things up.

A place is a segment of the guide in its loop. A move says where a segment leads from there: each place
knows one for every segment ID that fits after it, told apart by a qualifier where several do.

    place.moves["NM1"] = (1, {"IL": move to NM1 in 2100C, "03": move to NM1 in 2100D})
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from portico.shared.x12 import grammar_patterns as patterns
from portico.shared.x12.grammar_faults import SegmentCode
from portico.shared.x12.grammar_parts import ANY, Composite, Element, Guide, Loop, Segment

_UNBOUNDED = 1 << 30
_NEVER = 1 << 30
_LEVEL = "HL"
Chain = tuple[Loop, ...]
Part = Segment | Loop


@dataclass(eq=False, slots=True)
class Place:
    """A segment in its loop; `chain` are the loops around it from the root, `rank` counts those of an HL."""

    spec: Segment
    chain: Chain
    match: patterns.Match
    rank: int
    opens: bool
    moves: dict[str, tuple[int, dict[str, "Move"]]] = field(default_factory=dict)
    ending: "Trouble | None" = None

    @property
    def loop(self) -> str:
        """Answers the loop's name."""
        return self.chain[-1].name


class Trouble(NamedTuple):
    """What a move has to answer for beside its segment.

    `over` is what is wrong with making it at all; `missing` are required places it passes by; `needed` those
    it leaves behind that must have been met, each with where it is counted; `marks` says that the segment
    numbers the inquiry.
    """

    over: SegmentCode | None
    missing: tuple[Place, ...]
    needed: tuple[tuple[int, Place], ...]
    marks: bool


class Move(NamedTuple):
    """Where a segment leads: counted at `slot` up to `most`, setting the counts of `fresh` loops to none.

    `rank` is that of an HL, 0 for other segments.
    """

    loop: str
    match: patterns.Match
    rank: int
    slot: int
    most: int
    fresh: tuple[slice, list[int]] | None
    trouble: Trouble | None
    place: Place


@dataclass(eq=False, slots=True)
class Tables:
    """A guide's places by segment ID, where reading starts, and how many counts it keeps.

    `codes` are the values that any segment of the guide allows, by data element.
    """

    guide: Guide
    start: Place
    named: dict[str, list[Place]]
    slots: dict[int, int]
    ranges: dict[int, tuple[slice, list[int]]]
    firsts: dict[int, Place]
    codes: dict[str, frozenset[str]]

    def link(self, origin: Place, target: Place) -> Move:
        """Answers the move from one place to another that stands after it, over whatever is passed by."""
        kept = shared(origin, target)
        opened = target.chain[kept:]
        part: Part = opened[0] if opened else target.spec
        trouble = self._trouble(origin, target, kept, part)
        fresh = self.ranges.get(id(opened[0])) if opened else None
        rank = target.rank if target.spec.name == _LEVEL else 0
        slot, most = self.slots.get(id(part), 0), part.most or _UNBOUNDED
        return Move(target.loop, target.match, rank, slot, most, fresh, trouble, target)

    def closing(self, origin: Place, kept: int, until: int) -> tuple[list[Place], list[tuple[int, Place]]]:
        """Answers what is missing, and what must have been met, where all loops but the first `kept` close.

        In the last one kept, what stands before place `until` is passed by.
        """
        missing: list[Place] = []
        needed: list[tuple[int, Place]] = []
        for level in range(len(origin.chain) - 1, kept - 2, -1):
            reached = here(origin, level)
            before = until if level == kept - 1 else _NEVER
            for part in origin.chain[level].parts:
                if part.usage != "R" or part is reached or part.at >= before:
                    continue
                if part.at > reached.at:
                    missing.append(self.firsts[id(part)])
                elif part.at == reached.at:
                    needed.append((self.slots[id(part)], self.firsts[id(part)]))
        return missing, needed

    def _trouble(self, origin: Place, target: Place, kept: int, part: Part) -> Trouble | None:
        missing, needed = self.closing(origin, kept, part.at)
        heads = [self.firsts[id(loop)] for loop in target.chain[kept:]]
        missing += [head for head in heads if head is not target]
        again = part is here(origin, kept - 1)
        over = None
        if again and part.most == 1 and id(part) not in self.slots:
            over = SegmentCode.OVER_MAXIMUM if isinstance(part, Segment) else SegmentCode.LOOP_OVER_MAXIMUM
        marks = self.guide.unit is not None and self.guide.unit[0] == target.spec.name
        if not (over or missing or needed or marks):
            return None
        return Trouble(over, tuple(missing), tuple(needed), marks)


@lru_cache(maxsize=32)
def of(guide: Guide) -> Tables:
    """Answers a guide's tables; asked again, the same."""
    root = _own(guide.root)
    start = _place(Segment("ST", -1, "R", 1, ()), (root,))
    places = list(_places(root, (root,)))
    tables = Tables(guide, start, defaultdict(list), {}, {}, {}, _codes(places))
    for place in places:
        tables.named[place.spec.name].append(place)
        tables.firsts[id(place.spec)] = place
    for loop in {id(loop): loop for place in places for loop in place.chain}.values():
        tables.firsts[id(loop)] = tables.firsts[id(loop.parts[0])]
    _count(root, tables)
    for place in [start, *places]:
        place.moves = _moves(tables, place)
        missing, needed = tables.closing(place, 1, _NEVER)
        place.ending = Trouble(None, tuple(missing), tuple(needed), False) if missing or needed else None
    return tables


def _own(loop: Loop) -> Loop:
    """Answers the loop with parts that are nobody else's: a guide may use one description in many places."""
    return replace(loop, parts=tuple(_own(p) if isinstance(p, Loop) else replace(p) for p in loop.parts))


def _place(spec: Segment, chain: Chain) -> Place:
    heads = [loop.parts[0] for loop in chain]
    rank = sum(isinstance(head, Segment) and head.name == _LEVEL for head in heads)
    opens = spec is heads[-1] and len(chain) > 1
    return Place(spec, chain, patterns.compiled(spec), rank, opens)


def _places(loop: Loop, chain: Chain) -> Iterator[Place]:
    for part in loop.parts:
        if isinstance(part, Segment):
            yield _place(part, chain)
        else:
            yield from _places(part, (*chain, part))


def _count(loop: Loop, tables: Tables) -> None:
    """Gives each part in a loop that has to be counted a slot, from 1 on, and the loop the range of them."""
    first = len(tables.slots) + 1
    for part in loop.parts:
        among = sum(other.at == part.at for other in loop.parts) > 1
        if part.most > 1 or (among and (part.most != ANY or part.usage == "R")):
            tables.slots[id(part)] = len(tables.slots) + 1
    for part in loop.parts:
        if isinstance(part, Loop):
            _count(part, tables)
    end = len(tables.slots) + 1
    if end > first:
        tables.ranges[id(loop)] = slice(first, end), [0] * (end - first)


def _codes(places: list[Place]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for place in places:
        for part in place.spec.elements:
            for element in part.parts if isinstance(part, Composite) else (part,):
                found[element.number] |= element.codes
    return {number: frozenset(codes) for number, codes in found.items()}


def here(place: Place, level: int) -> Part:
    """Answers the part a place is, or is in, among those of the loop at one level of its chain."""
    return place.chain[level + 1] if level + 1 < len(place.chain) else place.spec


def shared(origin: Place, target: Place) -> int:
    """Answers how many loops stay open on the way; one opened by the target is opened anew."""
    most = len(target.chain) - target.opens
    pairs = zip(origin.chain, target.chain[:most], strict=False)
    kept = 0
    for ours, theirs in pairs:
        if ours is not theirs:
            break
        kept += 1
    return kept


def _moves(tables: Tables, origin: Place) -> dict[str, tuple[int, dict[str, Move]]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for target in _following(tables, origin):
        found[target.spec.name].append(target)
    return {name: _choice(tables, origin, targets) for name, targets in found.items()}


def _following(tables: Tables, origin: Place) -> Iterator[Place]:
    """Answers the places that may come next, those in the innermost loop first."""
    for level in range(len(origin.chain) - 1, -1, -1):
        loop, reached = origin.chain[level], here(origin, level)
        for part in loop.parts:
            if part.at >= reached.at and not (level and part is loop.parts[0]):
                yield tables.firsts[id(part)]


def _choice(tables: Tables, origin: Place, targets: list[Place]) -> tuple[int, dict[str, Move]]:
    if len(targets) == 1:
        return 0, {targets[0].spec.name: tables.link(origin, targets[0])}
    at = _telling(targets)
    choices: dict[str, Move] = {}
    for target in targets:
        move = tables.link(origin, target)
        for code in codes_at(target.spec, at):
            choices.setdefault(code, move)
    return at, choices


def _telling(targets: list[Place]) -> int:
    """Answers the first element whose codes tell the targets apart."""
    for at in range(1, len(targets[0].spec.elements) + 1):
        sets = [codes_at(target.spec, at) for target in targets]
        if all(sets) and len(frozenset().union(*sets)) == sum(map(len, sets)):
            return at
    raise ValueError(f"nothing tells the {targets[0].spec.name} segments of {targets[0].loop} apart")


def codes_at(spec: Segment, at: int) -> frozenset[str]:
    """Answers the codes of one element of a segment, none where it has none."""
    part = spec.elements[at - 1] if at <= len(spec.elements) else None
    return part.codes if isinstance(part, Element) else frozenset()
