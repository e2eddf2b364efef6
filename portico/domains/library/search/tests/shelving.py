"""A small library for tests of the search: documents with their versions, put there as rows."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from portico.domains.library import models, rules
from portico.domains.library.search import keeping
from tests.support.actors import NOW

BEGAN = date(2025, 1, 1)
PUBLISHED = NOW - timedelta(days=60)


def document(
    key: str,
    title: str,
    body: str = "",
    *,
    number: str = "",
    kind: str = "manual",
    topics: Sequence[str] = (),
    **version: Any,
) -> models.Document:
    """A document with one published version; `version` as for `add_version`."""
    made = models.Document.objects.create(
        key=key,
        kind=kind,
        material_number=number,
        material_key=rules.material_key(number) or None,
        made_at=PUBLISHED,
    )
    made.topics.set([topic(code) for code in topics])
    add_version(made, title, body, **version)
    return made


def add_version(
    document: models.Document,
    title: str,
    body: str = "",
    *,
    first_on: date = BEGAN,
    last_on: date | None = None,
    publish_at: datetime = PUBLISHED,
    state: str = "published",
    is_public: bool = False,
    summary: str = "",
    lines: Sequence[str] = (),
    regions: Sequence[str] = (),
    office_types: Sequence[str] = (),
) -> models.Version:
    """One more version of it, noted as moved."""
    made = models.Version.objects.create(
        document=document,
        number=document.versions.count() + 1,
        state=state,
        title=title,
        summary=summary,
        body=body,
        first_on=first_on,
        last_on=last_on,
        publish_at=publish_at,
        is_public=is_public,
        changed_at=publish_at,
    )
    for dimension, values in (("line", lines), ("region", regions), ("office_type", office_types)):
        for value in values:
            models.Limit.objects.create(version=made, dimension=dimension, value=value)
    moved(document.pk)
    return made


def moved(document_id: int | None) -> None:
    """Note that a document changed, or all of them; tests roll back, so the search is told at once."""
    models.Movement.objects.create(document_id=document_id, made_at=NOW)
    keeping.node().look_soon()


def topic(code: str, above: models.Topic | None = None) -> models.Topic:
    """The topic of this code, made if need be."""
    name = code.replace("-", " ").capitalize()
    return models.Topic.objects.get_or_create(code=code, defaults={"name": name, "above": above})[0]
