"""What the index holds of each stretch of a version: its words, whom it is for, and what a hit shows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portico.domains.library import models, rendering, rules
from portico.domains.library.models import Limit
from portico.domains.library.search import stretches
from portico.domains.library.search.stretches import Stretch

EVERY = "*"
"""Stands for every line, region or kind of office where a version is for all of them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One stretch of a version. Topics are codes, those they stand below among them; limits are codes."""

    document_id: int
    key: str
    number: int
    kind: str
    material_number: str
    material_key: str
    title: str
    summary: str
    headings: str
    body: str
    files: str
    topics: tuple[str, ...]
    topic_names: str
    lines: tuple[str, ...]
    regions: tuple[str, ...]
    office_types: tuple[str, ...]
    is_public: bool
    first_on: date
    last_on: date | None
    known_at: datetime
    known_until: datetime | None
    changed_at: datetime
    must_read_by: date | None


@dataclass(frozen=True, slots=True)
class _Topics:
    """The names of topics by code, and of each its own code and those of the topics it stands below."""

    names: Mapping[str, str]
    above: Mapping[str, tuple[str, ...]]


def of(document_ids: Iterable[int], *, at: datetime) -> Iterator[Entry]:
    """What is to be found of these documents from `at` on; nothing of those that are gone or archived."""
    documents = models.Document.objects.filter(pk__in=list(document_ids), archived_at=None)
    shelved = list(documents.prefetch_related("topics").order_by("pk"))
    versions, known = _versions([document.pk for document in shelved]), _topics()
    files = _files([version.pk for each in versions.values() for version in each])
    for document in shelved:
        codes, own = [topic.code for topic in document.topics.all()], versions[document.pk]
        for stretch in stretches.of(own, at=at):
            version = own[stretch.place]
            yield _entry(document, version, stretch, codes, known, files[version.pk])


def _versions(document_ids: Sequence[int]) -> Mapping[int, list[models.Version]]:
    """Those of each document that are published, or will be."""
    found: defaultdict[int, list[models.Version]] = defaultdict(list)
    settled = models.Version.objects.filter(document__in=document_ids, state__in=sorted(rules.SETTLED))
    for version in settled.prefetch_related("limits").order_by("number"):
        found[version.document_id].append(version)
    return found


def _entry(
    document: models.Document,
    version: models.Version,
    stretch: Stretch,
    codes: Sequence[str],
    known: _Topics,
    files: Sequence[str],
) -> Entry:
    limits = _limits(version)
    return Entry(
        document_id=document.pk,
        key=document.key,
        number=version.number,
        kind=document.kind,
        material_number=document.material_number,
        material_key=document.material_key or "",
        title=version.title,
        summary=version.summary,
        headings=" \n".join(heading.says for heading in rendering.headings(version.body)),
        body=rendering.words(version.body),
        files=" \n".join(files),
        topics=tuple(dict.fromkeys(code for own in codes for code in known.above[own])),
        topic_names=" \n".join(known.names[code] for code in codes),
        lines=limits[Limit.Dimension.LINE],
        regions=limits[Limit.Dimension.REGION],
        office_types=limits[Limit.Dimension.OFFICE_TYPE],
        is_public=version.is_public,
        first_on=version.first_on,
        last_on=stretch.last_on,
        known_at=stretch.known_at,
        known_until=stretch.known_until,
        changed_at=version.changed_at,
        must_read_by=version.must_read_by,
    )


def _topics() -> _Topics:
    rows = {pk: (code, name, above) for pk, code, name, above in _topic_rows()}
    codes = {}
    for code, _, next_above in rows.values():
        chain, above = [code], next_above
        while above is not None and rows[above][0] not in chain:
            chain.append(rows[above][0])
            above = rows[above][2]
        codes[code] = tuple(chain)
    return _Topics({code: name for code, name, _ in rows.values()}, codes)


def _topic_rows() -> Iterable[tuple[int, str, str, int | None]]:
    return models.Topic.objects.values_list("pk", "code", "name", "above_id")


def _limits(version: models.Version) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for limit in version.limits.all():
        found[limit.dimension].append(limit.value)
    return {dimension: tuple(sorted(found[dimension])) for dimension in Limit.Dimension.values}


def _files(version_ids: Iterable[int]) -> Mapping[int, list[str]]:
    """What attachments are called, what they are said to show, and the words in them, by version."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = models.Attachment.objects.filter(version__in=list(version_ids))
    for version_id, name, says, text in rows.values_list("version_id", "name", "says", "text"):
        found[version_id].append(f"{name} {says} {text}")
    return found
