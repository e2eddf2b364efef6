"""Segments of one part of an 837, put in any order and written in that of the guide, with what is carried.

A part is a level, a claim with its providers, another payer, or a service line.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from portico.domains.claims.facts.submitted import Form
from portico.shared.x12.delimiters import STANDARD
from portico.shared.x12.grammar_parts import Loop, Segment
from portico.shared.x12.joining import Value
from portico.transactions.claims.carrying import FACTS
from portico.transactions.claims.parties import Put
from portico.transactions.guides.guide_837i import GUIDE_837I
from portico.transactions.guides.guide_837p import GUIDE_837P

_GUIDES = {Form.PROFESSIONAL: GUIDE_837P, Form.INSTITUTIONAL: GUIDE_837I}
Item = tuple[str, list[Any]]
Ranks = Mapping[tuple[str, str], tuple[int, int]]


class Part:
    """A part being put together; `loop` is that of the segments put next."""

    def __init__(self, form: Form, loop: str) -> None:
        self.loop = loop
        self._form = form
        self._items: list[Item] = []

    def put(self, name: str, *elements: Value) -> None:
        """One segment of the loop."""
        self._items.append((self.loop, [name, *elements]))

    def write(self, put: Put, carried: Sequence[str] = ()) -> None:
        """Writes the part."""
        for _, values in self._merged(carried) if carried else self._items:
            put(*values)

    def _merged(self, carried: Sequence[str]) -> list[Item]:
        ranks = _ranks(self._form)
        rest = [_parsed(one) for one in carried]
        for item in self._items:
            _overlay(item, rest)
        own = [((*_rank(ranks, item), 0), item) for item in self._items]
        found = [*own, *_placed(ranks, rest)]
        ordered = sorted(found, key=lambda pair: (pair[0][0], pair[0][2], pair[0][1]))
        return [item for _, item in ordered]


def _placed(ranks: Ranks, rest: Sequence[Item]) -> Iterator[tuple[tuple[int, int, int], Item]]:
    """Carried segments with their ranks; a loop opened anew by one comes after those before it."""
    opened: dict[str, int] = {}
    for loop, values in rest:
        rank, at = _rank(ranks, (loop, values))
        if at == 0:
            opened[loop] = opened.get(loop, 0) + 1
        yield (rank, at, opened.get(loop, 0)), (loop, values)


def _rank(ranks: Ranks, item: Item) -> tuple[int, int]:
    return ranks.get((item[0], item[1][0]), (len(ranks), 0))


def _overlay(item: Item, rest: list[Item]) -> None:
    """Fills a segment that facts know in part with the other elements of the carried one."""
    loop, values = item
    facts = FACTS.get((loop, values[0]))
    if facts is None:
        return
    role = values[1:2] if values[0] == "NM1" else []
    alike = (one for one in rest if one[0] == loop and one[1][0] == values[0])
    same = next((one for one in alike if one[1][1 : 1 + len(role)] == role), None)
    if same is None:
        return
    rest.remove(same)
    told = same[1]
    values += [None] * (len(told) - len(values))
    for at in range(1, len(values)):
        if at not in facts:
            values[at] = told[at] if at < len(told) else None


def _parsed(carried: str) -> Item:
    loop, _, segment = carried.partition(" ")
    name, *elements = segment.split(STANDARD.element)
    return loop, [name, *map(_value, elements)]


def _value(element: str) -> Value:
    if STANDARD.repetition and STANDARD.repetition in element:
        return [_once(one) for one in element.split(STANDARD.repetition)]
    return _once(element)


def _once(element: str) -> str | tuple[str | None, ...]:
    return tuple(element.split(STANDARD.component)) if STANDARD.component in element else element


@lru_cache(maxsize=2)
def _ranks(form: Form) -> Ranks:
    """Where each segment of each loop stands: the place of its loop in the guide, and its own in the loop."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for place, loop in enumerate(_loops(_GUIDES[form].root)):
        for at, part in enumerate(loop.parts):
            if isinstance(part, Segment):
                found.setdefault((loop.name, part.name), (place, at))
    return found


def _loops(loop: Loop) -> Iterator[Loop]:
    yield loop
    for part in loop.parts:
        if isinstance(part, Loop):
            yield from _loops(part)
