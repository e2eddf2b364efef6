"""The difference between two wordings: each passage the same, added, removed or changed, word by word. Pure.

A list is compared item by item. A table is compared by column, then by row, then by cell: a row is found
again by what its cells say, a column by its head, so that a new column does not change every row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portico.domains.library.comparing import matching, passages
from portico.domains.library.comparing.passages import Kind, Passage, Text, Words

NOTHING: Final = Words("", "")


class Fate(StrEnum):
    """What became of something."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with one fate: same, added or removed."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A passage of words. `is_beneath`: what is read stayed, and where it leads, or how it looks, changed."""

    kind: Kind
    depth: int
    fate: Fate
    pieces: tuple[Piece, ...]
    is_beneath: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    fate: Fate
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; it has changed where any of its cells has."""

    fate: Fate
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `head` has the columns of both wordings, each row a cell for each of them."""

    fate: Fate
    head: Row
    rows: tuple[Row, ...]


Passed = Line | Grid


def between(before: str, after: str) -> tuple[Passed, ...]:
    """The passages of both bodies, in order, each with what became of it."""
    pairs = matching.matched(passages.of(before), passages.of(after), _alike)
    return tuple(_passed(old, new) for old, new in pairs)


def counted(difference: Iterable[Passed]) -> dict[Fate, int]:
    """How many passages, and rows of tables, were added, removed and changed."""
    counts = dict.fromkeys((Fate.ADDED, Fate.REMOVED, Fate.CHANGED), 0)
    for passed in difference:
        rows = (passed.head, *passed.rows) if isinstance(passed, Grid) else (passed,)
        for row in rows:
            if row.fate in counts:
                counts[row.fate] += 1
    return counts


def _alike(before: Passage, after: Passage) -> float:
    if isinstance(before, Text) and isinstance(after, Text):
        is_one_kind = before.kind is after.kind
        return matching.shared(before.words.read, after.words.read) if is_one_kind else 0.0
    if isinstance(before, passages.Table) and isinstance(after, passages.Table):
        heads = matching.shared(_said(before.head), _said(after.head))
        return max(heads, matching.shared(_all(before), _all(after)))
    return 0.0


def _passed(before: Passage | None, after: Passage | None) -> Passed:
    """Two that belong together are of one sort, or one of them is None (_alike)."""
    old = before if isinstance(before, Text) else None
    new = after if isinstance(after, Text) else None
    shown = new or old
    if shown is None:
        tables = [each if isinstance(each, passages.Table) else None for each in (before, after)]
        return _grid(*tables)
    pieces = _pieces(old.words if old else None, new.words if new else None)
    fate = _fate(old, new)
    beneath = fate is Fate.CHANGED and all(piece.fate is Fate.SAME for piece in pieces)
    return Line(shown.kind, shown.depth, fate, pieces, beneath)


def _fate(before: object | None, after: object | None) -> Fate:
    if before is None:
        return Fate.ADDED
    if after is None:
        return Fate.REMOVED
    return Fate.SAME if before == after else Fate.CHANGED


def _pieces(before: Words | None, after: Words | None) -> tuple[Piece, ...]:
    """The words of both, in one row."""
    if before is None or after is None:
        fate = _fate(before, after)
        known = before or after or NOTHING
        return (Piece(fate, known.read),) if known.read else ()
    old, new = before.read.split(), after.read.split()
    found: list[Piece] = []
    for is_same, begin, end, first, last in matching.steps(old, new):
        if is_same:
            found.append(Piece(Fate.SAME, " ".join(old[begin:end])))
            continue
        if end > begin:
            found.append(Piece(Fate.REMOVED, " ".join(old[begin:end])))
        if last > first:
            found.append(Piece(Fate.ADDED, " ".join(new[first:last])))
    return tuple(found)


def _grid(before: passages.Table | None, after: passages.Table | None) -> Grid:
    old = before or passages.Table((), ())
    new = after or passages.Table((), ())
    columns = _columns(old.head, new.head)
    head = _head(old.head or None, new.head or None, columns)
    rows = matching.matched(old.rows, new.rows, lambda one, other: _alike_rows(one, other, columns))
    shown = tuple(_row(one, other, columns) for one, other in rows)
    return Grid(_fate(before, after), head, shown)


Column = tuple[int | None, int | None]


def _columns(before: Sequence[Words], after: Sequence[Words]) -> tuple[Column, ...]:
    """The columns of both tables, each by its place in either; as many that were renamed stay the same."""
    found: list[Column] = []
    old, new = [cell.read for cell in before], [cell.read for cell in after]
    for is_same, begin, end, first, last in matching.steps(old, new):
        if is_same or end - begin == last - first:
            found.extend(zip(range(begin, end), range(first, last), strict=True))
        else:
            found.extend((place, None) for place in range(begin, end))
            found.extend((None, place) for place in range(first, last))
    return tuple(found)


def _alike_rows(before: Sequence[Words], after: Sequence[Words], columns: Sequence[Column]) -> float:
    """The share of the common columns that say the same; the same first cell finds a row again."""
    both = [(old, new) for old, new in columns if old is not None and new is not None]
    if not both:
        return 0.0
    pairs = [(before[old].read, after[new].read) for old, new in both]
    same = sum(one == other for one, other in pairs) / len(pairs)
    words = matching.shared(" ".join(one for one, _ in pairs), " ".join(other for _, other in pairs))
    is_named = bool(pairs[0][0]) and pairs[0][0] == pairs[0][1]
    return max(same, words, 0.75 if is_named else 0.0)


def _head(before: Sequence[Words] | None, after: Sequence[Words] | None, columns: Sequence[Column]) -> Row:
    """The head has changed with any column that came or went."""
    row = _row(before, after, columns)
    is_same = row.fate is Fate.SAME and all(cell.fate is Fate.SAME for cell in row.cells)
    return row if is_same or row.fate is not Fate.SAME else Row(Fate.CHANGED, row.cells)


def _row(before: Sequence[Words] | None, after: Sequence[Words] | None, columns: Sequence[Column]) -> Row:
    """A row has changed where a cell of a column has that both tables have."""
    cells = tuple(_cell(before, after, column) for column in columns)
    if before is None or after is None:
        return Row(_fate(before, after), cells)
    kept = zip(columns, cells, strict=True)
    is_same = all(cell.fate is Fate.SAME for column, cell in kept if None not in column)
    return Row(Fate.SAME if is_same else Fate.CHANGED, cells)


def _cell(before: Sequence[Words] | None, after: Sequence[Words] | None, column: Column) -> Cell:
    old = before[column[0]] if before is not None and column[0] is not None else None
    new = after[column[1]] if after is not None and column[1] is not None else None
    if old is None and new is None:  # a column that the only wording of this row does not have
        return Cell(Fate.SAME, ())
    return Cell(_fate(old, new), _pieces(old, new))


def _said(cells: Iterable[Words]) -> str:
    return " ".join(cell.read for cell in cells)


def _all(table: passages.Table) -> str:
    return " ".join((_said(table.head), *(_said(row) for row in table.rows)))
