"""Which of two sequences belong together: the same, the changed, what came and what went. Pure.

    matched(["a", "b", "c"], ["a", "B", "c", "d"], alike)  ->  (a, a) (b, B) (c, c) (None, d)

Order is kept: what was moved has gone from one place and come to another.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeVar

MOST_COMPARED: Final = 10_000
"""Pairs weighed against each other in one place; beyond, all of the one has gone, and the other come."""
LEAST_ALIKE: Final = 0.4
"""From which share of common words on something is a changed one, and not another."""

MOST_TANGLED: Final = 10
"""How often each item may occur on the other side, on the average; beyond, what stands between is replaced.

Texts stay far below. What is above was written to keep a computer busy.
"""

Some = TypeVar("Some")
Item = TypeVar("Item", bound=Hashable)
Pair = tuple[Some | None, Some | None]
Step = tuple[bool, int, int, int, int]


def matched(
    before: Sequence[Item], after: Sequence[Item], alike: Callable[[Item, Item], float]
) -> Iterator[Pair[Item]]:
    """Each of either, once, in order: with its counterpart, or with None. `alike`: from 0 to 1."""
    for is_same, begin, end, first, last in steps(before, after):
        if is_same:
            yield from zip(before[begin:end], after[first:last], strict=True)
        else:
            yield from _paired(before[begin:end], after[first:last], alike)


def steps(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Step]:
    """Which stretch of the one becomes which of the other, in order, and whether both say the same.

    In time that grows with the length of both, whatever they hold.
    """
    head = _alike_from(before, after)
    tail = _alike_from(before[head:][::-1], after[head:][::-1])
    ours, theirs = len(before) - tail, len(after) - tail
    old, new = before[head:ours], after[head:theirs]
    if _is_tangled(old, new):
        between = [(False, head, ours, head, theirs)]
    else:
        found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        between = [
            (what == "equal", head + begin, head + end, head + first, head + last)
            for what, begin, end, first, last in found
        ]
    every = [(True, 0, head, 0, head), *between, (True, ours, len(before), theirs, len(after))]
    return [step for step in every if step[1] < step[2] or step[3] < step[4]]


def _alike_from(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    """How many of both are the same from the first on."""
    pairs = zip(before, after, strict=False)
    return next(
        (place for place, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after))
    )


def _is_tangled(before: Sequence[Hashable], after: Sequence[Hashable]) -> bool:
    ours, theirs = Counter(before), Counter(after)
    crossings = sum(count * theirs.get(item, 0) for item, count in ours.items())
    return crossings > MOST_TANGLED * (len(before) + len(after))


def shared(before: str, after: str) -> float:
    """How much two texts have in common: twice their common words by all of both; 1 for two empty ones."""
    ours, theirs = (Counter(text.casefold().split()) for text in (before, after))
    every = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / every if every else 1.0


def _paired(
    before: Sequence[Some], after: Sequence[Some], alike: Callable[[Some, Some], float]
) -> Iterator[Pair[Some]]:
    """The best pairing that keeps the order: most likeness in sum, of pairs that are alike enough."""
    if not before or not after or len(before) * len(after) > MOST_COMPARED:
        yield from ((one, None) for one in before)
        yield from ((None, one) for one in after)
        return
    begin = first = 0
    for ours, theirs in _chosen(before, after, alike):
        yield from ((one, None) for one in before[begin:ours])
        yield from ((None, one) for one in after[first:theirs])
        yield before[ours], after[theirs]
        begin, first = ours + 1, theirs + 1
    yield from ((one, None) for one in before[begin:])
    yield from ((None, one) for one in after[first:])


def _chosen(
    before: Sequence[Some], after: Sequence[Some], alike: Callable[[Some, Some], float]
) -> list[tuple[int, int]]:
    worth = [[alike(one, other) for other in after] for one in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for ours in reversed(range(len(before))):
        for theirs in reversed(range(len(after))):
            together = worth[ours][theirs]
            with_it = best[ours + 1][theirs + 1] + together if together >= LEAST_ALIKE else 0.0
            best[ours][theirs] = max(with_it, best[ours + 1][theirs], best[ours][theirs + 1])
    chosen, ours, theirs = [], 0, 0
    while ours < len(before) and theirs < len(after):
        if best[ours][theirs] == best[ours + 1][theirs]:
            ours += 1
        elif best[ours][theirs] == best[ours][theirs + 1]:
            theirs += 1
        else:
            chosen.append((ours, theirs))
            ours, theirs = ours + 1, theirs + 1
    return chosen
