"""Help: the answers of the library to what people ask, by topic. An answer is a document of the kind help."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from portico.domains.library import models, reading, shelf
from portico.domains.library.models import Document
from portico.domains.library.reading import Reading
from portico.domains.library.rows import UnknownDocument
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import permit

MOST: Final = 500
PORTAL_MANUAL: Final = "portal-manual"
"""The key of the portal's own manual, which every page leads to."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is answered, and when its answer last changed."""

    key: str
    title: str
    summary: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """Questions about one topic; `name` is empty for those about none."""

    name: str
    questions: tuple[Question, ...]


def questions(*, actor: Actor) -> tuple[Group, ...]:
    """Every question that is answered for this actor, under its first topic, in the order of the topics."""
    with permit(actor, shelf.opened_by(actor)) as given:
        who = shelf.reader(actor, given.question.function)
        found = shelf.in_force(who).filter(document__kind=Document.Kind.HELP).select_related("document")
        rows = list(found.defer("body").order_by("document__position", "title")[:MOST])
        topics = _first_topics([row.document_id for row in rows])
        grouped: dict[tuple[int, str], list[Question]] = {}
        for row in rows:
            said = Question(row.document.key, row.title, row.summary, row.publish_at or row.changed_at)
            grouped.setdefault(topics.get(row.document_id, (1_000_000, "")), []).append(said)
        given.conclude("help_listed")
    return tuple(Group(name, tuple(asked)) for (_, name), asked in sorted(grouped.items()))


def answer(*, actor: Actor, key: str) -> Reading:
    """The answer to one question. Raises UnknownDocument, NotPermitted."""
    found = reading.document(actor=actor, key=key)
    if found.kind != Document.Kind.HELP:
        raise UnknownDocument(key)
    return found


def has_manual(*, actor: Actor) -> bool:
    """Is the portal's own manual there for this actor? Raises NotPermitted."""
    with permit(actor, shelf.opened_by(actor)) as given:
        who = shelf.reader(actor, given.question.function)
        is_there = shelf.in_force(who).filter(document__key=PORTAL_MANUAL).exists()
        given.conclude("manual_found" if is_there else "not_found")
    return is_there


def _first_topics(document_ids: list[int]) -> dict[int, tuple[int, str]]:
    """The place and the name of the first topic of each of these documents. One question."""
    through = models.Document.topics.through.objects.filter(document__in=document_ids)
    rows = through.order_by("-topic__position", "-topic__code")
    return {
        number: (position, name)
        for number, position, name in rows.values_list("document", "topic__position", "topic__name")
    }
