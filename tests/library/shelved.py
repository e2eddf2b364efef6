"""The demo's library as rows, for tests and measurements that only read it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Final

from portico.demo.library import topics
from portico.demo.library.shapes import Document, Version
from portico.domains.library import models, rules
from portico.domains.library.search.tests import shelving

CHUNK: Final = 1_000
_MORNING: Final = time(14, tzinfo=UTC)


def put(documents: Iterable[Document], *, today: date) -> int:
    """Make the rows and note that all of it moved; answers how many documents there are."""
    known, rows, count = _topics(), iter(documents), 0
    while chunk := list(islice(rows, CHUNK)):
        _put(chunk, known, today)
        count += len(chunk)
    shelving.moved(None)
    return count


def _topics() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for topic in topics.TOPICS:
        above = found.get(topic.above)
        found[topic.code] = models.Topic.objects.create(code=topic.code, name=topic.name, above_id=above).pk
    return found


def _put(chunk: list[Document], known: Mapping[str, int], today: date) -> None:
    at = datetime.combine(today, _MORNING) - timedelta(hours=1)
    made = models.Document.objects.bulk_create([_document(each, at) for each in chunk])
    through = models.Document.topics.through
    through.objects.bulk_create(
        [
            through(document_id=row.pk, topic_id=known[code])
            for row, each in zip(made, chunk, strict=True)
            for code in each.topics
        ]
    )
    pairs = [
        (_version(row.pk, number, version, at), version)
        for row, each in zip(made, chunk, strict=True)
        for number, version in enumerate(each.versions, 1)
    ]
    models.Version.objects.bulk_create([row for row, _ in pairs])
    models.Limit.objects.bulk_create([limit for row, version in pairs for limit in _limits(row.pk, version)])


def _document(document: Document, at: datetime) -> models.Document:
    return models.Document(
        key=document.key,
        kind=document.kind,
        material_number=document.material_number,
        material_key=rules.material_key(document.material_number) or None,
        position=document.position,
        made_at=at,
    )


def _version(document_id: int, number: int, version: Version, at: datetime) -> models.Version:
    """It is read from the morning that it is published on, or since before today."""
    ahead = version.publish_on is not None and version.publish_on > at.date()
    publish_at = datetime.combine(version.publish_on, _MORNING) if ahead and version.publish_on else at
    return models.Version(
        document_id=document_id,
        number=number,
        state="scheduled" if ahead else "published",
        title=version.title,
        summary=version.summary,
        body=version.body,
        is_public=version.public,
        must_read_by=version.must_read_by,
        first_on=version.first_on,
        last_on=version.last_on,
        changed_at=at,
        publish_at=publish_at,
    )


def _limits(version_id: int, version: Version) -> Iterator[models.Limit]:
    dimensions = {"line": version.lines, "region": version.regions, "office_type": version.office_types}
    for dimension, values in dimensions.items():
        for value in values:
            yield models.Limit(version_id=version_id, dimension=dimension, value=value)
