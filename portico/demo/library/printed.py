"""Forms as PDFs to print and fill in by hand: the rows of a form's table, with room to write."""

import re
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Final

from portico.demo.library import rules
from portico.demo.library.shapes import Document, Version
from portico.shared.pdf import rendering

_TEMPLATE: Final = rendering.Template(Path(__file__).with_name("form.typ"))
_TO_FILL_IN: Final = re.compile(r"^\| Part \| What to fill in \|\n\|[ -|]+\n((?:\|.*\n?)+)", re.MULTILINE)
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)|\*")


def form(document: Document, version: Version) -> bytes | None:
    """The form as a PDF, the same bytes for the same text; None for what is not filled in part by part."""
    found = _TO_FILL_IN.search(version.body) if document.kind == "form" else None
    if found is None:
        return None
    parts = tuple(tuple(_cells(row)) for row in found[1].strip().split("\n"))
    made_at = datetime.combine(version.first_on, time(), UTC)
    return _printed(version.title, version.summary, document.material_number, parts, made_at)


@cache
def _printed(
    title: str, summary: str, number: str, parts: tuple[tuple[str, ...], ...], made_at: datetime
) -> bytes:
    foot = f"Northlake Health Plan, Provider Services {rules.PHONES['phone']}"
    data = {"summary": summary, "number": number, "parts": [list(part) for part in parts], "foot": foot}
    return rendering.render_pdf(_TEMPLATE, data, title=title, made_at=made_at)


def _cells(row: str) -> list[str]:
    part, hint = (_LINK.sub(r"\1", cell).strip() for cell in row.strip("| ").split(" | ", 1))
    return [part, hint]
