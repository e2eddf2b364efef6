"""Rows of documents and versions as the modules that write them need them: found, told apart, moved."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from portico.domains.library import models, rules, wording
from portico.domains.library.files import File, FileFacts
from portico.domains.library.rules import Move, State
from portico.domains.library.wording import About, Known, Wording
from portico.domains.permits.permit import Permit
from portico.domains.plan import catalogue

DOCUMENT: Final = "document"
"""What audit rows call it."""


class UnknownDocument(LookupError):
    """The library has nothing of that key, number or name, or nothing for whoever asks."""


class WrongState(Exception):
    """What was asked does not go from where the version stands; `state` says where."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class ChangedMeanwhile(Exception):
    """Somebody else changed the version since it was opened."""


def document(key: str, *, held: bool = False) -> models.Document:
    """The document; `held`: nobody else changes it in this transaction. Raises UnknownDocument."""
    found = models.Document.objects.all()
    row = (found.select_for_update() if held else found).filter(key=key).first()
    if row is None:
        raise UnknownDocument(key)
    return row


def version(document: models.Document, number: int) -> models.Version:
    """That version of it. Raises UnknownDocument."""
    row = document.versions.filter(number=number).first()
    if row is None:
        raise UnknownDocument(f"{document.key} {number}")
    return row


def opened(document: models.Document) -> models.Version | None:
    """The version that is being written or looked at; None where none is."""
    return document.versions.filter(state__in=list(rules.OPEN)).first()


def move(version: models.Version, move: Move) -> State:
    """Where the version goes by this move; the row is not saved. Raises WrongState."""
    leads_to = rules.after(version.state, move)
    if leads_to is None:
        raise WrongState(version.state)
    version.state = leads_to
    return leads_to


def moved(document_id: int, at: datetime) -> None:
    """Every node takes the document into its index anew."""
    models.Movement.objects.create(document_id=document_id, made_at=at)


def topic_names() -> dict[str, str]:
    """The names of all topics by code, in their order."""
    return dict(models.Topic.objects.values_list("code", "name"))


def known(files: Collection[str] = ()) -> Known:
    """What the plan and the library have now, with the names of a version's files."""
    return Known(
        lines=catalogue.line_names(),
        regions={region.code for region in catalogue.regions()},
        topics=set(models.Topic.objects.values_list("code", flat=True)),
        part_of=above(),
        files=frozenset(files),
    )


def above() -> Mapping[str, str | None]:
    """Every document's key, and the key of what it lies in."""
    return dict(models.Document.objects.order_by().values_list("key", "part_of__key"))


def about(document: models.Document) -> About:
    """What holds for every version of it."""
    return About(
        kind=document.kind,
        material_number=document.material_number,
        part_of=document.part_of.key if document.part_of else "",
        position=document.position,
        topics=tuple(sorted(topic.code for topic in document.topics.all())),
    )


def is_settled(document: models.Document) -> bool:
    """Was a version of it published, or is one about to be?"""
    return document.versions.filter(state__in=list(rules.SETTLED)).exists()


def describe(document: models.Document, about: About) -> None:
    """Keep what holds for every version."""
    document.kind = about.kind
    document.material_number = about.material_number.strip()
    document.material_key = rules.material_key(about.material_number) or None
    document.part_of = models.Document.objects.filter(key=about.part_of).first() if about.part_of else None
    document.position = about.position
    document.save()
    document.topics.set(models.Topic.objects.filter(code__in=about.topics))


def wording_of(version: models.Version) -> Wording:
    """What the version says."""
    limits: dict[str, set[str]] = {}
    for limit in version.limits.all():
        limits.setdefault(limit.dimension, set()).add(limit.value)
    return Wording(
        title=version.title,
        summary=version.summary,
        body=version.body,
        lines=frozenset(limits.get(wording.LINE, ())),
        regions=frozenset(limits.get(wording.REGION, ())),
        office_types=frozenset(limits.get(wording.OFFICE_TYPE, ())),
        is_public=version.is_public,
        must_read_by=version.must_read_by,
        first_on=version.first_on,
        last_on=version.last_on,
    )


def columns(said: Wording) -> dict[str, object]:
    """The columns of a version that its wording fills, apart from its limits and its digest."""
    return {
        "title": said.title.strip(),
        "summary": said.summary.strip(),
        "body": said.body,
        "is_public": said.is_public,
        "must_read_by": said.must_read_by,
        "first_on": said.first_on,
        "last_on": said.last_on,
    }


def columns_of_file(file: File) -> dict[str, object]:
    """The columns of an attachment that its file fills."""
    return {
        "name": file.name,
        "says": file.says,
        "content_type": file.content_type,
        "size": len(file.content),
        "digest": file.digest,
        "content": file.content,
        "text": file.text,
    }


def limits(version_id: int, said: Wording) -> list[dict[str, object]]:
    """The rows of the version's limits."""
    return [
        {"version_id": version_id, "dimension": dimension, "value": value}
        for dimension, values in said.limits.items()
        for value in sorted(values)
    ]


def files_of(version: models.Version) -> tuple[FileFacts, ...]:
    """The version's files, in their order."""
    found = version.attachments.order_by("position", "pk")
    return tuple(FileFacts(*each) for each in found.values_list("name", "says", "content_type", "size"))


def names_of_files(version: models.Version) -> list[str]:
    """The names of the version's files."""
    return list(version.attachments.order_by("position", "pk").values_list("name", flat=True))


def digest(version: models.Version) -> str:
    """SHA-256 of what a version says now, with its files."""
    files = list(version.attachments.values_list("name", "says", "digest"))
    return wording.digest(wording_of(version), files)


def is_day_taken(version: models.Version, *, at: datetime) -> bool:
    """Is another version of the document, which begins on the same day, still to appear?

    One that has appeared by `at` takes no day: the version corrects it.
    """
    others: QuerySet[models.Version] = version.document.versions.filter(state__in=list(rules.SETTLED))
    same_day = others.filter(first_on=version.first_on).exclude(pk=version.pk)
    return same_day.filter(publish_at__gte=at).exists()


def note(given: Permit, document: models.Document, code: str) -> None:
    """Say in the audit row which document it was, and how it ended."""
    given.note_subject(DOCUMENT, document.key)
    given.conclude(code)
