"""What a node has taken into its index, kept beside it, so that its processes agree and survive a restart.

Movements are numbered when they are written and seen when they are committed, so that a lower number may be
seen after a higher one. Those of the last minute are remembered one by one.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

COMMITTED_WITHIN: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Moved:
    """A row of what was changed: its number, the document (None: all of them), and when."""

    id: int
    document_id: int | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """Which movements were taken in: all up to `floor`, and of the later ones those in `above`.

    `last` is the latest of them, with its instant: where the database no longer has it, it is another one, or
    the node was away for too long.
    """

    floor: int = 0
    above: frozenset[int] = frozenset()
    last: int = 0
    last_at: str = ""

    def fits(self, rows: Iterable[Moved]) -> bool:
        """Is `last` among the rows above the floor? Before anything was moved there is none."""
        found = {row.id: row.made_at.isoformat() for row in rows}
        return found.get(self.last) == self.last_at if self.last else not found

    def pending(self, rows: Iterable[Moved]) -> list[Moved]:
        """Those that were not taken in, the earliest first."""
        return sorted((row for row in rows if row.id not in self.above), key=lambda row: row.id)

    def with_rows(self, rows: Iterable[Moved]) -> "Taken":
        """With these too, and no more numbers kept one by one than are needed."""
        rows = list(rows)
        if not rows:
            return self
        last = max(rows, key=lambda row: row.id)
        old = [row.id for row in rows if row.made_at < last.made_at - COMMITTED_WITHIN]
        floor = max([self.floor, *old])
        above = frozenset(number for number in {*self.above, *(row.id for row in rows)} if number > floor)
        if last.id < self.last:
            return replace(self, floor=floor, above=above)
        return Taken(floor, above, last.id, last.made_at.isoformat())


@dataclass(frozen=True, slots=True)
class State:
    """The folder of the index, the form it has, and what it has taken in.

    `through`: while it is being built, the number of the last document that is on it; None: it is whole.
    """

    folder: str
    form: int
    taken: Taken
    through: int | None = None


def read(path: Path) -> State | None:
    """What was kept there; None where nothing was, or nothing that can be read."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        taken = kept.pop("taken")
        return State(**kept, taken=Taken(**{**taken, "above": frozenset(taken["above"])}))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write(path: Path, state: State) -> None:
    """Keep it there, whole or not at all."""
    kept = asdict(state)
    kept["taken"]["above"] = sorted(state.taken.above)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(kept), encoding="utf-8")
    os.replace(beside, path)
