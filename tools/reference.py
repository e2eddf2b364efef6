"""Writes the reference pages that say what the code says: functions, reasons, settings, the companion guide.

`python -m tools.reference` writes them into `docs/reference`; a test fails when one says something else.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import django
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- Written by `make reference` from the code; change it there. -->"


def pages() -> Mapping[str, str]:
    """The text of every generated page, by file name. Django must be set up, with tables to try things in."""
    from tools import (
        companion_authorizations,
        companion_claims,
        companion_guide,
        reference_of_functions,
        reference_of_reasons,
        reference_of_settings,
    )

    makers: dict[str, Callable[[], str]] = {
        "companion-270-271.md": companion_guide.page,
        "companion-276-277.md": companion_claims.page,
        "companion-278.md": companion_authorizations.page,
        "functions.md": reference_of_functions.page,
        "reasons.md": reference_of_reasons.page,
        "settings.md": reference_of_settings.page,
    }
    return {name: make() for name, make in makers.items()}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def main() -> int:
    """Writes every page and says which ones changed."""
    os.environ.setdefault("PORTICO_TESTING", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portico.config.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PORTICO_DATABASE_URL"] = f"sqlite:///{folder}/examples.sqlite3"
        django.setup()
        call_command("migrate", verbosity=0)
        written = pages()
    for name, text in written.items():
        file = FOLDER / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            print(f"docs/reference/{name} was written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
