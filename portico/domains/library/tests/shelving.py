"""Documents on the shelf for tests: rows as they stand once editors have published them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from portico.domains.library import models, rules
from tests.support.actors import NOW

LONG_AGO = date(2025, 1, 1)
PNG = b"\x89PNG\r\n\x1a\n"


def document(
    key: str = "visit-limits",
    *,
    kind: str = "manual",
    number: str = "",
    part_of: models.Document | None = None,
    position: int = 0,
    topics: Sequence[str] = (),
    archived_at: datetime | None = None,
    **version: Any,
) -> models.Document:
    """A document with one published version, unless `title` is None."""
    made = models.Document.objects.create(
        key=key,
        kind=kind,
        material_number=number,
        material_key=rules.material_key(number) if number else None,
        part_of=part_of,
        position=position,
        made_at=NOW - timedelta(days=400),
        archived_at=archived_at,
    )
    for code in topics:
        made.topics.add(topic(code))
    if version.get("title", "") is not None:
        add(made, **version)
    return made


def add(
    document: models.Document,
    *,
    title: str = "",
    body: str = "What is paid for.",
    first_on: date = LONG_AGO,
    public: bool = False,
    lines: Sequence[str] = (),
    regions: Sequence[str] = (),
    kinds: Sequence[str] = (),
    state: str = "published",
    publish_at: datetime | None = None,
    **more: Any,
) -> models.Version:
    """One more version of it, published a month ago."""
    number = document.versions.count() + 1
    version = models.Version.objects.create(
        document=document,
        number=number,
        state=state,
        title=title or document.key.replace("-", " ").capitalize(),
        body=body,
        is_public=public,
        first_on=first_on,
        changed_at=NOW - timedelta(days=31),
        publish_at=publish_at or NOW - timedelta(days=30),
        **more,
    )
    dimensions = ((models.Limit.Dimension.LINE, lines), (models.Limit.Dimension.REGION, regions))
    for dimension, values in (*dimensions, (models.Limit.Dimension.OFFICE_TYPE, kinds)):
        for value in values:
            models.Limit.objects.create(version=version, dimension=dimension, value=value)
    return version


def topic(code: str, *, above: str = "", position: int = 0) -> models.Topic:
    """The topic of that code, made when first asked for."""
    over = topic(above) if above else None
    found, _ = models.Topic.objects.get_or_create(
        code=code, defaults={"name": code.capitalize(), "above": over, "position": position}
    )
    return found


def file(version: models.Version, name: str = "card.png", content: bytes = PNG, **more: Any) -> None:
    """A file that goes with a version."""
    facts = {"content_type": "image/png", "says": "The card", "digest": f"{len(content):064}", **more}
    models.Attachment.objects.create(version=version, name=name, content=content, size=len(content), **facts)
