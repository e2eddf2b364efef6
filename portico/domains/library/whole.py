"""A manual as a whole, to print it: every part of it that is in force, in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from portico.domains.library import contents, marking, models, reading, shelf
from portico.domains.library.contents import Part
from portico.domains.library.marking import Lead
from portico.domains.library.models import Version
from portico.domains.library.rows import DOCUMENT, UnknownDocument
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import permit

MOST: Final = 200
"""Parts of one print; what goes beyond is left out, and said."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part with its text; `depth` 0 is the one that was asked for."""

    key: str
    title: str
    depth: int
    number: int
    body: str
    first_on: date
    published_at: datetime
    leads_to: frozenset[str]
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class Whole:
    """What is printed; `left_out`: how many parts go beyond what is printed at a time."""

    chapters: tuple[Chapter, ...]
    left_out: int


def of(*, actor: Actor, key: str, part: shelf.Part | None = None) -> Whole:
    """The document with all that is a part of it, as of today. Raises UnknownDocument, NotPermitted."""
    with permit(actor, shelf.function_for(actor, key)) as given:
        who = shelf.reader(actor, given.question.function, part=part)
        found = _whole(key, who)
        if found is not None:
            given.note_subject(DOCUMENT, key)
        given.conclude("printed" if found else "not_found")
    if found is None:
        raise UnknownDocument(key)
    return found


def _whole(key: str, who: shelf.Reader) -> Whole | None:
    root = shelf.in_force(who).filter(document__key=key).select_related("document").first()
    if root is None:
        return None
    parts = _from_here(contents.of(root.document, who).parts) or [Part(key, root.title, 0, is_here=True)]
    keys = [part.key for part in parts[:MOST]]
    versions = shelf.in_force(who).filter(document__key__in=keys).select_related("document")
    rows = {row.document.key: row for row in versions}
    linked = frozenset().union(*(marking.targets(row.body, Lead.DOCUMENT) for row in rows.values()))
    leads_to, files = reading.readable(linked, who), _files(rows.values())
    chapters = (
        Chapter(
            part.key,
            part.title,
            part.depth - parts[0].depth,
            row.number,
            row.body,
            row.first_on,
            row.publish_at or who.at,
            leads_to,
            frozenset(files.get(row.pk, ())),
        )
        for part, row in ((part, rows[part.key]) for part in parts[:MOST])
    )
    return Whole(tuple(chapters), max(0, len(parts) - MOST))


def _files(versions: Iterable[Version]) -> Mapping[int, set[str]]:
    """The names of the files that go with these versions, by version. One question."""
    found: dict[int, set[str]] = {}
    rows = models.Attachment.objects.filter(version__in=[row.pk for row in versions])
    for number, name in rows.values_list("version", "name"):
        found.setdefault(number, set()).add(name)
    return found


def _from_here(parts: tuple[Part, ...]) -> list[Part]:
    """The part that is asked for, and all that lies below it."""
    here = next((place for place, part in enumerate(parts) if part.is_here), None)
    if here is None:
        return []
    found = [parts[here]]
    for part in parts[here + 1 :]:
        if part.depth <= parts[here].depth:
            break
        found.append(part)
    return found
