"""Following: what somebody wants to hear of, by topic and line, and what is new of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.library import models, shelf, topics
from portico.domains.library.models import Subscription, Version
from portico.domains.library.topics import Row, Tree
from portico.domains.library.wording import LINE
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import catalogue

MOST: Final = 40
NEWS: Final = 50
NEWS_DAYS: Final = 60
EVERY_TOPIC: Final = ""
Cadence = Subscription.Cadence


class CannotFollow(ValueError):
    """There is no such topic or line, or it would be one too many; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Followed:
    """A topic ("": any) in a line ("": any), and how often a mail tells of what is new."""

    id: int
    topic: str
    name: str
    line: str
    cadence: str
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Following:
    """What somebody follows, and what was published of it lately, the newest first."""

    followed: tuple[Followed, ...]
    news: tuple[Row, ...]


def mine(*, actor: Actor) -> Following:
    """What the actor follows, and the news of it of the last 60 days. Raises NotPermitted."""
    with permit(actor, Function.LIBRARY) as given:
        rows = list(_of(actor).select_related("topic"))
        since = actor.asked_at - timedelta(days=NEWS_DAYS)
        found = matching(rows, Tree(models.Topic.objects.all()), since=since, until=actor.asked_at)
        following = Following(tuple(map(_followed, rows)), topics.listed(_latest(found)))
        given.conclude("following_read")
    return following


def follow(*, actor: Actor, topic: str = EVERY_TOPIC, line: str = "", cadence: str = Cadence.WEEKLY) -> None:
    """Follow a topic in a line; again: as often as is said now. Raises CannotFollow, NotPermitted."""
    with permit(actor, Function.LIBRARY) as given:
        refusal = _follow(actor, topic, line, Cadence(cadence))
        given.conclude(refusal or "followed")
    if refusal:
        raise CannotFollow(refusal)


def stop(*, actor: Actor, number: int) -> bool:
    """Follow something no more; False where the actor did not. Raises NotPermitted."""
    with permit(actor, Function.LIBRARY) as given:
        count, _ = _of(actor).filter(pk=number).delete()
        given.conclude("follows_no_more" if count else "not_found")
    return count > 0


def matching(
    followed: Iterable[Subscription], tree: Tree, *, since: datetime, until: datetime
) -> "QuerySet[Version]":
    """What was published between the two instants, the first not counted, and is followed by any of these."""
    wanted = Q(pk__in=[])
    for each in followed:
        wanted |= _wanted(each, tree)
    return shelf.published(until).filter(
        wanted,
        Q(document__archived_at=None) | Q(document__archived_at__gt=until),
        publish_at__gt=since,
    )


def _latest(versions: "QuerySet[Version]") -> list[Version]:
    """The newest version of each document, the newest first; of the last few hundred versions."""
    rows = versions.select_related("document").defer("body").order_by("-publish_at", "-pk")[: 4 * NEWS]
    by_document: dict[int, Version] = {}
    for row in rows:
        by_document.setdefault(row.document_id, row)
    return list(by_document.values())[:NEWS]


def _wanted(followed: Subscription, tree: Tree) -> Q:
    asked = Q(pk__isnull=False)
    if followed.topic_id is not None:
        through = models.Document.topics.through.objects.filter(topic__in=tree.with_below(followed.topic_id))
        asked &= Q(document__in=through.values("document"))
    if followed.line:
        limits = models.Limit.objects.filter(version=OuterRef("pk"), dimension=LINE)
        asked &= ~Exists(limits) | Q(Exists(limits.filter(value=followed.line)))
    return asked


def _follow(actor: Actor, topic: str, line: str, cadence: str) -> str:
    row = models.Topic.objects.filter(code=topic).first() if topic else None
    if topic and row is None:
        return "unknown_topic"
    if line and line not in catalogue.line_names():
        return "unknown_line"
    known = _of(actor).filter(topic=row, line=line)
    if known.update(cadence=cadence):
        return ""
    if _of(actor).count() >= MOST:
        return "too_many_followed"
    try:
        with transaction.atomic():
            Subscription.objects.create(
                user_id=actor.user_id or 0, topic=row, line=line, cadence=cadence, made_at=actor.asked_at
            )
    except IntegrityError:  # the same was sent at the same moment, and is followed now
        known.update(cadence=cadence)
    return ""


def _of(actor: Actor) -> "QuerySet[Subscription]":
    return Subscription.objects.filter(user_id=actor.user_id or 0).order_by("topic__position", "line", "pk")


def _followed(row: Subscription) -> Followed:
    topic, name = (row.topic.code, row.topic.name) if row.topic else (EVERY_TOPIC, "")
    return Followed(row.pk, topic, name, row.line, row.cadence, row.told_at)
