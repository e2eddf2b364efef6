"""The contents of a manual: what a document is a part of, its parts, and what is read before and after it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portico.domains.library import models, rules, shelf
from portico.domains.library.shelf import Reader


@dataclass(frozen=True, slots=True)
class Step:
    """A document, by the title of its version in force."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a manual: how deep it lies (the manual itself: 0), and whether it is the one that is read."""

    key: str
    title: str
    depth: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """Where a document lies: the way to it, the whole manual in order, and its neighbours in it."""

    trail: tuple[Step, ...] = ()
    parts: tuple[Part, ...] = ()
    before: Step | None = None
    after: Step | None = None


_Row = tuple[int, str, int | None]
_Below = Mapping[int | None, Sequence[int]]


def of(document: models.Document, who: Reader) -> Contents:
    """The contents of the manual that the document is a part of, as this reader finds it; mostly empty.

    At most as many questions as a manual is deep, twice; a part that is not there for the reader is left
    out, with what lies below it.
    """
    above = _above(document)
    root = above[0] if above else (document.pk, document.key, document.part_of_id)
    below, rows = _below(root)
    if len(rows) == 1:
        return Contents()
    titles = _titles(rows, who)
    order = list(_ordered(root[0], below, titles, 0))
    trail = [Step(key, titles[number]) for number, key, _ in above if number in titles]
    parts = tuple(Part(rows[number], titles[number], depth, number == document.pk) for number, depth in order)
    here = next((place for place, part in enumerate(parts) if part.is_here), None)
    if here is None:
        return Contents(tuple(trail), parts)
    before = _step(parts[here - 1]) if here else None
    after = _step(parts[here + 1]) if here + 1 < len(parts) else None
    return Contents(tuple(trail), parts, before, after)


def _above(document: models.Document) -> list[_Row]:
    """What the document is a part of, from the outermost inwards."""
    found: list[_Row] = []
    part_of, seen = document.part_of_id, {document.pk}
    while part_of is not None and part_of not in seen and len(found) < rules.MOST_PARTS_DEEP:
        row = models.Document.objects.values_list("pk", "key", "part_of").get(pk=part_of)
        seen.add(part_of)
        found.insert(0, row)
        part_of = row[2]
    return found


def _below(root: _Row) -> tuple[_Below, dict[int, str]]:
    """The parts of each document, in order, and the keys of all, level by level from the root."""
    rows, below = {root[0]: root[1]}, dict[int | None, list[int]]()
    level = [root[0]]
    for _ in range(rules.MOST_PARTS_DEEP):
        found = models.Document.objects.filter(part_of__in=level).order_by("position", "key")
        level = []
        for number, key, part_of in found.values_list("pk", "key", "part_of"):
            if number not in rows:
                rows[number] = key
                below.setdefault(part_of, []).append(number)
                level.append(number)
        if not level:
            break
    return below, rows


def _titles(rows: Mapping[int, str], who: Reader) -> dict[int, str]:
    """The titles of those that are there for the reader."""
    found = shelf.in_force(who).filter(document__in=list(rows))
    return dict(found.values_list("document_id", "title"))


def _ordered(number: int, below: _Below, titles: Mapping[int, str], depth: int) -> Iterator[tuple[int, int]]:
    if number not in titles:
        return
    yield number, depth
    for part in below.get(number, ()):
        yield from _ordered(part, below, titles, depth + 1)


def _step(part: Part) -> Step:
    return Step(part.key, part.title)
