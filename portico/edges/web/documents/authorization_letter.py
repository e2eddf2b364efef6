"""A letter of the plan about a request, on paper: printed from its words as they were written."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from portico.edges.web.documents.brand import Brand
from portico.shared.pdf import rendering

TEMPLATE = rendering.Template(Path(__file__).with_name("authorization_letter.typ"))
HEADS = ("What you asked for", "How much, and when", "What we decided")
_FOOT = "This letter names a patient: keep it as you keep their records."


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A part of the letter: its heading, paragraphs, and the points of a list."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuthorizationLetter:
    """A letter; `number` names the request, `rows` are its services in three texts each."""

    brand: Brand
    title: str
    number: str
    written_on: str
    to: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    opening: str
    rows: tuple[tuple[str, str, str], ...]
    sections: tuple[PrintedSection, ...]
    made_at: datetime


def render(letter: AuthorizationLetter) -> bytes:
    """Answers US letter pages as PDF/UA-1; the title names the request and nobody else."""
    title = f"{letter.title}: {letter.number}"
    return rendering.render_pdf(TEMPLATE, printed(letter), title=title, made_at=letter.made_at)


def printed(letter: AuthorizationLetter) -> dict[str, object]:
    """Answers what the template prints, every value already a text."""
    return {
        "brand": letter.brand.printed(),
        "title": letter.title,
        "corner": f"Authorization {letter.number} · {letter.written_on}",
        "foot": f"{_FOOT} {letter.brand.plan_name}, {letter.brand.telephone}",
        "written_on": letter.written_on,
        "to": list(letter.to),
        "facts": [{"name": name, "value": value} for name, value in letter.facts],
        "opening": letter.opening,
        "heads": list(HEADS),
        "rows": [list(row) for row in letter.rows],
        "sections": [
            {
                "heading": section.heading,
                "paragraphs": list(section.paragraphs),
                "points": list(section.points),
            }
            for section in letter.sections
        ],
    }
