"""A report on a file of encounters on paper: what came of it, or what has to be mended in it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from portico.edges.web.documents import formatting
from portico.edges.web.documents.brand import Brand
from portico.shared.pdf import rendering

TEMPLATE = rendering.Template(Path(__file__).with_name("encounter_report.typ"))


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: `widths` share the page out among its columns, `numeric` are those set to the right.

    `nothing` is said where it has no rows. Every row has a text for each head.
    """

    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class EncounterReport:
    """A report; `about` names the file, `facts` stand above the tables, `at` is when it was true."""

    brand: Brand
    title: str
    about: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[PrintedTable, ...]
    at: datetime
    zone_name: str


def render(report: EncounterReport) -> bytes:
    """Answers US letter pages as PDF/UA-1, dated by the instant the report was true at."""
    return rendering.render_pdf(TEMPLATE, printed(report), title=report.title, made_at=report.at)


def printed(report: EncounterReport) -> dict[str, object]:
    """Answers what the template prints, every value already a text."""
    when = formatting.instant(report.at, report.zone_name)
    return {
        "brand": report.brand.printed(),
        "title": report.title,
        "about": report.about,
        "corner": f"{report.title} · {when}",
        "foot": f"It names patients: keep it as you keep their records. {report.brand.telephone}",
        "facts": [{"name": name, "value": value} for name, value in report.facts],
        "tables": [
            {
                "title": table.title,
                "heads": list(table.heads),
                "widths": list(table.widths),
                "numeric": list(table.numeric),
                "rows": [list(row) for row in table.rows],
                "nothing": table.nothing,
            }
            for table in report.tables
        ],
    }
