"""Writes the library as a folder that `portico load library` takes in: Markdown with front matter.

topics.csv                          what documents are about
manual/medi-cal-telehealth-1.md     a file for each version
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from portico.demo.library import documents, moments, printed, topics
from portico.demo.library.shapes import Document, Version


def write(folder: Path, *, today: date) -> int:
    """Write every version into the folder, made if need be; answers the number of documents."""
    begin(folder)
    made = documents.everything(today)
    for document in made:
        write_document(folder, document)
    return len(made)


def begin(folder: Path) -> None:
    """Make the folder, with what documents are about."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_topics(folder / "topics.csv")


def write_document(folder: Path, document: Document) -> None:
    """Write each version of a document into the folder of its kind."""
    within = folder / document.kind
    within.mkdir(exist_ok=True)
    for number, version in enumerate(document.versions, 1):
        path = within / f"{document.key}-{number}.md"
        text = _text(document, version)
        if form := printed.form(document, version):
            path.with_suffix(".pdf").write_bytes(form)
            text += f"\n[Print it, to fill it in by hand]({path.stem}.pdf)\n"
        path.write_text(text, encoding="utf-8", newline="\n")


def _write_topics(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target, lineterminator="\n")
        out.writerow(topics.Topic._fields)
        out.writerows(topics.TOPICS)


def _text(document: Document, version: Version) -> str:
    said = "\n".join(f"{name}: {value}" for name, value in _values(document, version) if value)
    return f"---\n{said}\n---\n{version.body}\n"


def _values(document: Document, version: Version) -> Iterator[tuple[str, str]]:
    yield "key", document.key
    yield "kind", document.kind
    yield "title", version.title
    yield "summary", version.summary
    yield "material_number", document.material_number
    yield "topics", ", ".join(document.topics)
    yield "lines", ", ".join(version.lines) or "all"
    yield "regions", ", ".join(version.regions)
    yield "office_types", ", ".join(version.office_types)
    yield "first_on", version.first_on.isoformat()
    yield "last_on", _day(version.last_on)
    yield "public", "yes" if version.public else ""
    yield "must_read_by", _day(version.must_read_by)
    yield "part_of", document.part_of
    yield "position", str(document.position or "")
    yield "publish_at", _instant(document, version)


def _instant(document: Document, version: Version) -> str:
    if version.publish_on is None:
        return ""
    return f"{version.publish_on} {moments.time_of_day(document.key):%H:%M}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
