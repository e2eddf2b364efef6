"""What stands on the shelf for whoever reads, on a day: published, in force, and for them.

Somebody who is not signed in finds what is public; in a part of the plan one finds what is for that part.
What was in force on a day is worked out in the database, as rules.in_force does for one document.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.library import models, rules
from portico.domains.library.models import Version
from portico.domains.library.rules import State
from portico.domains.library.wording import LINE, REGION
from portico.domains.permits.actors import Actor, ActorKind
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide

_UNSETTLED: Final = tuple(sorted(set(State) - rules.SETTLED))
"""What is settled is asked for by what it is not: so databases look among a document's own versions, and not
among all that are published.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of the plan somebody reads in; "" is every line, every region."""

    line: str = ""
    region: str = ""

    def own(self) -> Mapping[str, Collection[str]]:
        """What a version's limits are held against; a dimension that is left open is not asked about."""
        asked = {LINE: self.line, REGION: self.region}
        return {dimension: (value,) for dimension, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: as of which day, at which instant, in which part, and whether only what is public."""

    at: datetime
    on: date
    part: Part = field(default_factory=Part)
    is_public: bool = False


def opened_by(actor: Actor) -> Function:
    """What this actor reads the library with: as one who signed in, or as everybody may.

    Whose account opens no more than everybody's finds what everybody does.
    """
    is_open = decide(actor, Question(Function.LIBRARY)).allowed
    return Function.LIBRARY if is_open else Function.PUBLIC_PAGES


def function_for(actor: Actor, key: str) -> Function:
    """What this actor opens a document with. Nobody is told by a refusal what is not public.

    An account that is not open reads what is public; of everything else it is told why.
    """
    function = opened_by(actor)
    if (
        function is Function.PUBLIC_PAGES
        and actor.kind is not ActorKind.VISITOR
        and not _is_public(actor, key)
    ):
        return Function.LIBRARY
    return function


def reader(actor: Actor, function: Function, *, part: Part | None = None, on: date | None = None) -> Reader:
    """The actor as a reader; as of today where no day is given."""
    is_public = function is Function.PUBLIC_PAGES
    return Reader(actor.asked_at, on or actor.today, part or Part(), is_public)


def published(at: datetime) -> "QuerySet[Version]":
    """Every version that may be read at this instant (rules.is_published)."""
    return Version.objects.filter(state__in=rules.SETTLED, publish_at__lte=at)


def standing(at: datetime, on: date) -> "QuerySet[Version]":
    """What is in force on a day, and what begins later, of documents that are not archived."""
    others = Version.objects.exclude(state__in=_UNSETTLED).filter(
        publish_at__lte=at, document=OuterRef("document")
    )
    next_ones = others.filter(first_on__gt=OuterRef("first_on"), first_on__lte=on)
    corrections = others.filter(first_on=OuterRef("first_on"), publish_at__gt=OuterRef("publish_at"))
    return published(at).filter(
        Q(last_on=None) | Q(last_on__gte=on),
        Q(document__archived_at=None) | Q(document__archived_at__gt=at),
        ~Exists(next_ones),
        ~Exists(corrections),
    )


def readable(keys: Collection[str], who: Reader) -> set[tuple[str, int]]:
    """The keys and numbers of versions that may be read, of documents that are not archived. Two queries.

    The documents come first: asked for at once, databases look among all that is published.
    """
    there = models.Document.objects.filter(key__in=keys)
    there = there.filter(Q(archived_at=None) | Q(archived_at__gt=who.at))
    names = dict(there.values_list("pk", "key"))
    held = Version.objects.filter(document_id__in=list(names)).exclude(state__in=_UNSETTLED)
    shown = held.filter(is_public=True) if who.is_public else held
    numbers = shown.filter(publish_at__lte=who.at).values_list("document_id", "number")
    return {(names[document], number) for document, number in numbers}


def in_force(who: Reader, *, is_anywhere: bool = False) -> "QuerySet[Version]":
    """The version in force of every document that is not archived, for this reader.

    `is_anywhere`: whatever part it is for.
    """
    open_ones = standing(who.at, who.on).filter(first_on__lte=who.on)
    shown = open_ones.filter(is_public=True) if who.is_public else open_ones
    return shown if is_anywhere else shown.filter(*_for(who.part))


def limits_of(version_ids: Collection[int]) -> Mapping[int, Mapping[str, tuple[str, ...]]]:
    """What these versions are limited to: values by dimension, by version. One query."""
    found: dict[int, dict[str, tuple[str, ...]]] = {number: {} for number in version_ids}
    rows = models.Limit.objects.filter(version__in=version_ids).order_by("dimension", "value")
    for number, dimension, value in rows.values_list("version_id", "dimension", "value"):
        found[number][dimension] = (*found[number].get(dimension, ()), value)
    return found


def _for(part: Part) -> list[Q]:
    """Not limited in a dimension that is asked about, or limited to what is asked."""
    limits = models.Limit.objects.filter(version=OuterRef("pk"))
    asked = [(limits.filter(dimension=dimension), own) for dimension, own in part.own().items()]
    return [~Exists(limited) | Q(Exists(limited.filter(value__in=own))) for limited, own in asked]


def _is_public(actor: Actor, key: str) -> bool:
    return published(actor.asked_at).filter(document__key=key, is_public=True).exists()
