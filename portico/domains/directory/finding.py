"""Finds providers: in a network on a day, by what they do and speak, the nearest first.

Distances are measured from the middle of one ZIP code to that of another, over rows of this database alone:
nobody outside learns what was looked for. The search goes outwards in rings and stops at the first that
fills the page, so it never looks at a whole state to show twenty neighbours.
"""

import math
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Exists, ExpressionWrapper, F, FloatField, OuterRef, Q, QuerySet

from portico.domains.directory import models, positions, rules, sights
from portico.domains.directory.positions import Position
from portico.domains.directory.sights import Seen
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.shared import names, pages
from portico.shared.pages import Page

PAGE: Final = 20
MOST: Final = 500
WITHIN: Final = (5, 10, 25, 50, 100)
_RINGS: Final = (2, *WITHIN)
_CHOICES: Final = "directory.choices"
REMEMBERED_SECONDS: Final = 60


class Nearby(StrEnum):
    """What became of the place from which distances are measured."""

    NOT_ASKED = "not_asked"
    MEASURED = "measured"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is looked for. Empty: any; `zip_code` with five digits; `within` miles of it; `line` any network.

    `on`: the day on which they take part. `name`: the beginnings of words of a name.
    """

    on: date
    line: str = ""
    specialty: str = ""
    zip_code: str = ""
    within: int = 25
    language: str = ""
    name: str = ""
    accepts: bool = False
    telehealth: bool = False
    accessible: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the answer, and as of when the provider file is true; None before the first was loaded."""

    page: Page[Seen]
    nearby: Nearby
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose among: specialties and languages that some listing has, by name."""

    specialties: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def find(
    *, actor: Actor, wanted: Wanted, after: str = "", size: int = PAGE, to_take_home: bool = False
) -> Found:
    """The providers so wanted: those the office confirmed first, then the nearest or by name.

    `after` is the key of the page before; one that is none begins anew. `size` is 500 at most. A visitor
    finds what the plan lets everybody see, and takes nothing home. Raises NotPermitted.
    """
    function = Function.PROVIDER_SEARCH if to_take_home else sights.function(actor)
    with permit(actor, function) as given:
        here = positions.of([wanted.zip_code]).get(wanted.zip_code) if wanted.zip_code else None
        nearby = Nearby.MEASURED if here else Nearby.UNKNOWN if wanted.zip_code else Nearby.NOT_ASKED
        rows, next_key = _page(wanted, here, after, min(size, MOST))
        seen = sights.of(rows, on=wanted.on, here=here, only=sights.shown(actor))
        given.conclude("taken_home" if to_take_home else "found" if seen else "nothing")
        return Found(Page(seen, next_key), nearby, freshness.of().get(Feed.PROVIDERS))


def choices() -> Choices:
    """What there is to choose among. A process remembers it for a minute."""
    held: Choices | None = cache.get(_CHOICES)
    if held is None:
        specialties = models.Listing.objects.exclude(specialty="").values_list("specialty", flat=True)
        languages = models.Language.objects.values_list("name", flat=True)
        held = Choices(
            tuple(specialties.order_by("specialty").distinct()),
            tuple(languages.order_by("name").distinct()),
        )
        cache.set(_CHOICES, held, REMEMBERED_SECONDS)
    return held


@dataclass(frozen=True, slots=True)
class _Key:
    """Where the page before ended: was its last row unconfirmed, how far was it (squared), which was it?"""

    unconfirmed: bool = False
    measure: str = ""
    row: int = 0


def _page(
    wanted: Wanted, here: Position | None, after: str, size: int
) -> tuple[list[models.Listing], str | None]:
    key = _read(after, measured=here is not None)
    rows: list[models.Listing] = []
    for unconfirmed in (False, True):
        if key is not None and key.unconfirmed and not unconfirmed:
            continue
        since = key if key is not None and key.unconfirmed == unconfirmed else None
        asked = candidates(wanted).filter(unverified_since__isnull=not unconfirmed)
        missing = size + 1 - len(rows)
        if missing > 0 and (not unconfirmed or asked.exists()):
            rows += _nearest(asked, wanted, here, since, missing) if here else _by_name(asked, since, missing)
    if len(rows) <= size:
        return rows, None
    return rows[:size], _written(rows[size - 1])


def candidates(wanted: Wanted) -> QuerySet[models.Listing]:
    """The listings so wanted, wherever they are."""
    networks = models.Network.objects.filter(in_force(wanted.on), listing=OuterRef("pk"))
    rows = models.Listing.objects.filter(
        in_force(wanted.on), Exists(networks.filter(line=wanted.line) if wanted.line else networks)
    )
    if wanted.specialty:
        rows = rows.filter(specialty_key=names.key(wanted.specialty)[:120])
    if wanted.language:
        rows = rows.filter(languages__name=wanted.language)
    for field in ("accepts", "telehealth", "accessible"):
        if getattr(wanted, field):
            rows = rows.filter(**{_COLUMNS[field]: True})
    for word in map(names.key, wanted.name.split()):
        if word:
            rows = rows.filter(Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
    return rows


_COLUMNS: Final = {
    "accepts": "accepts_new_patients",
    "telehealth": "telehealth",
    "accessible": "is_accessible",
}


def in_force(on: date) -> Q:
    """Does the row hold on that day, both ends included?"""
    return Q(first_on__lte=on) & (Q(last_on__isnull=True) | Q(last_on__gte=on))


def _nearest(
    asked: QuerySet[models.Listing], wanted: Wanted, here: Position, since: _Key | None, size: int
) -> list[models.Listing]:
    """The first rows by distance, of those after `since`."""
    far = float(since.measure) if since else -1.0
    measured = asked.annotate(measure=_square(here))
    rows: list[models.Listing] = []
    for ring in (ring for ring in _rings(wanted) if ring * ring > far):
        inside = measured.filter(_box(here, ring), measure__lte=float(ring * ring))
        if since:
            inside = inside.filter(Q(measure__gt=far) | Q(measure=far, pk__gt=since.row))
        rows = list(inside.select_related("place").order_by("measure", "pk")[:size])
        if len(rows) == size:
            break
    return rows


def _rings(wanted: Wanted) -> tuple[int, ...]:
    """How far out to look, in miles, step by step; at once as far as asked where only some are wanted."""
    if wanted.specialty or wanted.language or wanted.name:
        return (wanted.within,)
    return tuple(ring for ring in _RINGS if ring <= wanted.within)


def _by_name(asked: QuerySet[models.Listing], since: _Key | None, size: int) -> list[models.Listing]:
    if since:
        asked = asked.filter(Q(name_key__gt=since.measure) | Q(name_key=since.measure, pk__gt=since.row))
    return list(asked.select_related("place").order_by("name_key", "pk")[:size])


def _square(here: Position) -> "ExpressionWrapper[Any]":
    """The distance in miles, squared: over the flat map whose scale is right halfway between the two.

    The square of the cosine of the middle latitude stands as its series, for databases add and multiply
    faster than they call. Within 100 miles it is right to a thousandth.
    """
    latitude, longitude = here
    twice, scale = math.radians(2 * latitude), rules.MILES_A_DEGREE**2
    north, east = F("latitude") - latitude, F("longitude") - longitude
    half = math.radians(1) / 2
    narrow = (
        (1 + math.cos(twice)) / 2
        - north * (math.sin(twice) * half)
        - north * north * (math.cos(twice) * half * half)
    )
    return ExpressionWrapper((north * north + east * east * narrow) * scale, output_field=FloatField())


def _box(here: Position, miles: float) -> Q:
    """The square around a circle: what an index can answer."""
    latitude, longitude = here
    north = miles / rules.MILES_A_DEGREE
    east = north / max(0.01, math.cos(math.radians(min(89.0, abs(latitude) + north))))
    return Q(
        latitude__gte=latitude - north,
        latitude__lte=latitude + north,
        longitude__gte=longitude - east,
        longitude__lte=longitude + east,
    )


def _written(row: models.Listing) -> str:
    measure = getattr(row, "measure", None)
    state = "u" if row.unverified_since else "c"
    return f"{state}{row.pk}~{row.name_key if measure is None else repr(measure)}"


def _read(key: str, *, measured: bool) -> _Key | None:
    head, _, measure = key.partition("~")
    if head[:1] not in ("u", "c") or not pages.is_row(head[1:]) or "\0" in measure:
        return None
    if measured:
        try:
            if not math.isfinite(float(measure)):
                return None
        except ValueError:
            return None
    return _Key(head[0] == "u", measure, int(head[1:]))
