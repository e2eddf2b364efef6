"""What the desk of the library looks at: its documents and where each stands, what waits to be looked at, one
document with its history, and one version whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from django.db.models import Count, Q, QuerySet

from portico.domains.access import colleagues
from portico.domains.library import models, rows, rules
from portico.domains.library.files import FileFacts
from portico.domains.library.rows import UnknownDocument
from portico.domains.library.rules import Standing, State
from portico.domains.library.wording import About, Wording
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared import pages

__all__ = ["UnknownDocument", "Which", "listed", "sheet", "topics", "version"]

PAGE: Final = 25


class Which(StrEnum):
    """Which documents a list shows."""

    ALL = "all"
    DRAFTS = "drafts"
    IN_REVIEW = "in_review"
    SCHEDULED = "scheduled"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Row:
    """A document in a list: the title it goes by, and which version stands where."""

    key: str
    kind: str
    material_number: str
    title: str
    in_force: int | None
    changed_at: datetime
    open_state: str = ""
    publish_at: datetime | None = None
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of documents, and how many there are of each kind of list."""

    page: pages.Page[Row]
    counts: Mapping[Which, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A version in a document's history: where its writing and it itself stand, and who did what."""

    number: int
    state: str
    standing: Standing
    title: str
    first_on: date
    last_on: date | None
    changed_at: datetime
    written_by: str
    sent_at: datetime | None
    looked_at: datetime | None
    looked_by: str
    answer: str
    publish_at: datetime | None
    came_by_file: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document at the desk; `open`: the version that is written or looked at."""

    key: str
    about: About
    title: str
    archived_at: datetime | None
    history: tuple[Line, ...]
    open: Line | None
    parts: int


@dataclass(frozen=True, slots=True)
class Whole:
    """One version, whole; `may_look`: whoever asks may answer for it.

    `corrects`: the number of the published one that begins on the same day, whose place it would take.
    """

    key: str
    about: About
    line: Line
    said: Wording
    files: tuple[FileFacts, ...]
    may_look: bool
    is_settled: bool
    corrects: int | None


def listed(*, actor: Actor, which: Which = Which.ALL, text: str = "", after: str = "") -> Listed:
    """Documents by key, 25 a page; `text`: those whose key, number or title holds it. Raises NotPermitted."""
    with permit(actor, Function.LIBRARY_PUBLISHING) as given:
        found = _matching(models.Document.objects.filter(_of(which)).distinct(), text).order_by("key")
        if after:
            found = found.filter(key__gt=after)
        cut = pages.cut(list(found[: PAGE + 1]), size=PAGE, key_of=lambda row: row.key)
        given.conclude("documents_listed")
        return Listed(pages.Page(_rows(actor, cut.rows), cut.next_key), _counts())


def sheet(*, actor: Actor, key: str) -> Sheet:
    """One document with its history, the latest version first. Raises UnknownDocument, NotPermitted."""
    with permit(actor, Function.LIBRARY_PUBLISHING) as given:
        document = rows.document(key)
        history = _history(given, document)
        rows.note(given, document, "document_shown")
        return Sheet(
            key=key,
            about=rows.about(document),
            title=_title(history),
            archived_at=document.archived_at,
            history=history,
            open=next((line for line in history if State(line.state) in rules.OPEN), None),
            parts=document.parts.count(),
        )


def version(*, actor: Actor, key: str, number: int | None = None) -> Whole:
    """One version whole; without a number the one that is open. Raises UnknownDocument, NotPermitted."""
    with permit(actor, Function.LIBRARY_PUBLISHING) as given:
        document = rows.document(key)
        row = rows.opened(document) if number is None else rows.version(document, number)
        if row is None:
            raise UnknownDocument(key)
        history = _history(given, document)
        line = next(line for line in history if line.number == row.number)
        rows.note(given, document, "version_shown")
        return Whole(
            key=key,
            about=rows.about(document),
            line=line,
            said=rows.wording_of(row),
            files=rows.files_of(row),
            may_look=rules.may_look(written_by=row.written_by, looked_by=actor.user_id),
            is_settled=rows.is_settled(document),
            corrects=_corrects(line, history),
        )


def file(*, actor: Actor, key: str, number: int, name: str) -> tuple[str, bytes]:
    """A file of a version: its content type and what it holds. Raises UnknownDocument, NotPermitted."""
    with permit(actor, Function.LIBRARY_PUBLISHING) as given:
        document = rows.document(key)
        found = rows.version(document, number).attachments.filter(name=name).first()
        if found is None:
            raise UnknownDocument(name)
        rows.note(given, document, "file_shown")
        return found.content_type, bytes(found.content)


def topics(*, actor: Actor) -> Mapping[str, str]:
    """The topics there are: names by code, in their order. Raises NotPermitted."""
    with permit(actor, Function.LIBRARY_PUBLISHING) as given:
        given.conclude("topics_listed")
        return rows.topic_names()


def _of(which: Which) -> Q:
    states = {
        Which.DRAFTS: State.DRAFT,
        Which.IN_REVIEW: State.IN_REVIEW,
        Which.SCHEDULED: State.SCHEDULED,
    }
    if which in states:
        return Q(versions__state=states[which])
    return Q(archived_at__isnull=False) if which is Which.ARCHIVED else Q()


def _matching(found: QuerySet[models.Document], text: str) -> QuerySet[models.Document]:
    if not text:
        return found
    number = rules.material_key(text)
    named = Q(key__icontains=text) | Q(versions__title__icontains=text)
    return found.filter(named | Q(material_key__startswith=number) if number else named)


def _counts() -> Mapping[Which, int]:
    states = models.Version.objects.order_by().values_list("state").annotate(count=Count("pk"))
    counted = dict(states)
    found = models.Document.objects.order_by().aggregate(
        all=Count("pk"), archived=Count("pk", filter=Q(archived_at__isnull=False))
    )
    return {
        Which.ALL: found["all"],
        Which.DRAFTS: counted.get(State.DRAFT, 0),
        Which.IN_REVIEW: counted.get(State.IN_REVIEW, 0),
        Which.SCHEDULED: counted.get(State.SCHEDULED, 0),
        Which.ARCHIVED: found["archived"],
    }


def _rows(actor: Actor, documents: Sequence[models.Document]) -> tuple[Row, ...]:
    versions = models.Version.objects.filter(document__in=documents).defer("body").order_by("number")
    of_documents: dict[int, list[models.Version]] = {document.pk: [] for document in documents}
    for row in versions:
        of_documents[row.document_id].append(row)
    return tuple(_row(actor, document, of_documents[document.pk]) for document in documents)


def _row(actor: Actor, document: models.Document, versions: Sequence[models.Version]) -> Row:
    current = rules.in_force(rules.published(versions, actor.asked_at), actor.today)
    latest = versions[-1]
    ahead = next((row for row in versions if row.state == State.SCHEDULED), None)
    open_ = next((row for row in versions if State(row.state) in rules.OPEN), None)
    return Row(
        key=document.key,
        kind=document.kind,
        material_number=document.material_number,
        title=(current or latest).title,
        in_force=current.number if current else None,
        changed_at=latest.changed_at,
        open_state=open_.state if open_ else "",
        publish_at=ahead.publish_at if ahead else None,
        is_archived=document.archived_at is not None,
    )


def _history(given: Permit, document: models.Document) -> tuple[Line, ...]:
    versions = list(document.versions.defer("body").order_by("-number"))
    ids = {each for row in versions for each in (row.written_by, row.looked_by) if each is not None}
    names = colleagues.names(given, ids)
    return tuple(_line(given.actor, row, versions, names) for row in versions)


def _line(
    actor: Actor, row: models.Version, versions: Sequence[models.Version], names: Mapping[int, str]
) -> Line:
    beside = rules.published(versions, actor.asked_at)
    return Line(
        number=row.number,
        state=row.state,
        standing=rules.state_on(row, versions, on=actor.today, at=actor.asked_at),
        title=row.title,
        first_on=row.first_on,
        last_on=rules.last_day(row, beside) if row in beside else row.last_on,
        changed_at=row.changed_at,
        written_by=names.get(row.written_by or 0, ""),
        sent_at=row.sent_at,
        looked_at=row.looked_at,
        looked_by=names.get(row.looked_by or 0, ""),
        answer=row.answer,
        publish_at=row.publish_at,
        came_by_file=row.load_id is not None,
    )


def _corrects(line: Line, history: Sequence[Line]) -> int | None:
    if line.standing is not Standing.UNPUBLISHED or State(line.state) is State.WITHDRAWN:
        return None
    counting = {Standing.AHEAD, Standing.IN_FORCE, Standing.SUPERSEDED, Standing.OVER}
    same_day = (each for each in history if each.first_on == line.first_on and each.standing in counting)
    return next((each.number for each in same_day), None)


def _title(history: Sequence[Line]) -> str:
    """What it is called now, or will be."""
    standing = next((line for line in history if line.standing is Standing.IN_FORCE), None)
    return (standing or history[0]).title
