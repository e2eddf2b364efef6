"""Claims for what the plan agreed to, under the numbers of the requests: written, and loaded as others are.

Imported once Django is set up; the requests are decided.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from portico.demo.acting import CannotFurnish
from portico.demo.build import Built
from portico.demo.claims import agreed, feeds
from portico.edges.cli import main as command


def everything(built: Built, numbers: Mapping[str, str], *, today: date) -> None:
    """Load them; `numbers` are those of the requests by key. Raises CannotFurnish."""
    submitted, paid = feeds.write_agreed(built.folder, agreed.named(built.agreed, numbers), today=today)
    _load("837", submitted)
    _load("835", paid)


def _load(kind: str, file: Path) -> None:
    if command.main(["load", kind, str(file)]) != 0:
        raise CannotFurnish(f"the demo's own {file.name} did not load whole")
