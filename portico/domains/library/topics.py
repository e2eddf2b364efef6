"""Topics: what the library is about, and what stands under each, for whoever browses."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from portico.domains.library import models, shelf
from portico.domains.library.models import Version
from portico.domains.library.shelf import Part, Reader
from portico.domains.library.wording import LINE
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import permit
from portico.shared import pages

PAGE: Final = 50


class UnknownTopic(LookupError):
    """There is no topic of this code."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A topic, how deep it lies, and how many documents stand under it for whoever asks."""

    code: str
    name: str
    depth: int
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """A document in a list, by its version in force."""

    key: str
    kind: str
    material_number: str
    title: str
    summary: str
    first_on: date
    published_at: datetime
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands under a topic, by title. `elsewhere`: how many more there are in each other line."""

    code: str
    name: str
    above: tuple[tuple[str, str], ...]
    below: tuple[Listed, ...]
    page: pages.Page[Row]
    elsewhere: Mapping[str, int]


def every(*, actor: Actor, part: Part | None = None) -> tuple[Listed, ...]:
    """All topics in order, each below the one it belongs to; those under which nothing stands too."""
    with permit(actor, shelf.opened_by(actor)) as given:
        who = shelf.reader(actor, given.question.function, part=part)
        tree = Tree(models.Topic.objects.all())
        found = tuple(tree.listed(_counts(who)))
        given.conclude("topics_listed")
    return found


def one(*, actor: Actor, code: str, part: Part | None = None, after: str = "") -> Shelf:
    """What stands under a topic and those below it. Raises UnknownTopic, NotPermitted."""
    with permit(actor, shelf.opened_by(actor)) as given:
        who = shelf.reader(actor, given.question.function, part=part)
        tree = Tree(models.Topic.objects.all())
        row = tree.by_code.get(code)
        found = _shelf(tree, row, who, after) if row else None
        given.conclude("topic_read" if found else "not_found")
    if found is None:
        raise UnknownTopic(code)
    return found


class Tree:
    """The topics as they lie below each other; a plan has some dozens."""

    def __init__(self, rows: "QuerySet[models.Topic]") -> None:
        """Read all of them at once."""
        self.rows = list(rows)
        self.by_code = {row.code: row for row in self.rows}
        self.by_number = {row.pk: row for row in self.rows}
        self.below: dict[int | None, list[models.Topic]] = {}
        for row in self.rows:
            self.below.setdefault(row.above_id, []).append(row)

    def listed(self, counts: Mapping[int, int], above: int | None = None, depth: int = 0) -> Iterator[Listed]:
        """Each topic below `above`, in order, with how many documents stand under it."""
        for row in self.below.get(above, ()):
            yield Listed(row.code, row.name, depth, counts.get(row.pk, 0))
            yield from self.listed(counts, row.pk, depth + 1)

    def way_to(self, row: models.Topic) -> list[models.Topic]:
        """The topics above one, from the outermost."""
        above = self.by_number.get(row.above_id or 0)
        return [*self.way_to(above), above] if above else []

    def with_below(self, number: int) -> list[int]:
        """The topic and all below it, by number."""
        return [number, *(each for row in self.below.get(number, ()) for each in self.with_below(row.pk))]


def listed(versions: Sequence[Version]) -> tuple[Row, ...]:
    """These versions, with their documents read, as rows of a list. One question more."""
    limits = shelf.limits_of([row.pk for row in versions])
    return tuple(
        Row(
            row.document.key,
            row.document.kind,
            row.document.material_number,
            row.title,
            row.summary,
            row.first_on,
            row.publish_at or row.changed_at,
            limits[row.pk].get(LINE, ()),
        )
        for row in versions
    )


def _shelf(tree: Tree, row: models.Topic, who: Reader, after: str) -> Shelf:
    topics = tree.with_below(row.pk)
    everywhere = _about(shelf.in_force(who, is_anywhere=True), topics)
    return Shelf(
        row.code,
        row.name,
        tuple((each.code, each.name) for each in tree.way_to(row)),
        tuple(each for each in tree.listed(_counts(who), row.pk) if each.depth == 0),
        _page(_about(shelf.in_force(who), topics), who, after),
        _elsewhere(everywhere, who),
    )


def _about(versions: "QuerySet[Version]", topics: Sequence[int]) -> "QuerySet[Version]":
    """Those of documents that are about any of the topics, each once."""
    through = models.Document.topics.through.objects.filter(topic__in=topics)
    return versions.filter(document__in=through.values("document"))


def _readable(who: Reader) -> "QuerySet[Version]":
    """Every version this reader may open, in force or not: the key of a page tells of no other."""
    found = shelf.published(who.at)
    return found.filter(is_public=True) if who.is_public else found


def _page(versions: "QuerySet[Version]", who: Reader, after: str) -> pages.Page[Row]:
    rows = versions.select_related("document").defer("body").order_by("title", "pk")
    last = _readable(who).filter(pk=int(after)).first() if pages.is_row(after) else None
    if last is not None:
        rows = rows.filter(Q(title__gt=last.title) | Q(title=last.title, pk__gt=last.pk))
    cut = pages.cut(list(rows[: PAGE + 1]), size=PAGE, key_of=lambda row: str(row.pk))
    return pages.Page(listed(cut.rows), cut.next_key)


def _elsewhere(everywhere: "QuerySet[Version]", who: Reader) -> Mapping[str, int]:
    """How many documents are hidden here and for which line; none where no line is chosen."""
    if not who.part.line:
        return {}
    limited = models.Limit.objects.filter(dimension=LINE, version__in=everywhere.values("pk"))
    here = limited.filter(value=who.part.line).values("version")
    hidden = limited.exclude(version__in=here).values_list("value")
    return dict(hidden.annotate(many=Count("version")).order_by("value"))


def _counts(who: Reader) -> Mapping[int, int]:
    """How many documents in force stand under each topic itself."""
    through: QuerySet[Any, Any] = models.Document.topics.through.objects.filter(
        document__in=shelf.in_force(who).values("document")
    )
    return Counter(dict(through.values_list("topic").annotate(many=Count("pk")).order_by("topic")))
