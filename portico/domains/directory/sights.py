"""What is shown of a listing: to whom, and how much."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings

from portico.domains.directory import models, rules
from portico.domains.directory.positions import Position
from portico.domains.permits.actors import Actor, ActorKind
from portico.domains.permits.functions import Function


class Shown(StrEnum):
    """How much is shown, to visitors by PORTICO_PUBLIC_DIRECTORY: nothing, who and in which town, all."""

    OFF = "off"
    NAMES = "names"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Seen:
    """A provider at a place, as a list shows it; `miles` None where no distance was asked or can be told.

    `lines`: codes of the networks it takes part in on the day asked for. `attested_on`: when its office last
    confirmed it; `is_unconfirmed`: it did not in time.
    """

    npi: str
    name: str
    specialty: str
    group_name: str
    place: int
    address: str
    city: str
    state: str
    postal_code: str
    telephone: str
    miles: float | None
    lines: tuple[str, ...]
    languages: tuple[str, ...]
    accepts_new_patients: bool
    telehealth: bool
    is_accessible: bool
    attested_on: date | None
    is_unconfirmed: bool


def shown(actor: Actor) -> Shown:
    """How much of the directory this actor sees: whoever is signed in all of it."""
    return Shown(settings.PUBLIC_DIRECTORY) if actor.kind is ActorKind.VISITOR else Shown.ALL


def function(actor: Actor) -> Function:
    """By which function this actor looks into the directory: a visitor by the open one, if the plan lets."""
    is_open = actor.kind is ActorKind.VISITOR and shown(actor) is not Shown.OFF
    return Function.PUBLIC_PAGES if is_open else Function.PROVIDER_SEARCH


def of(
    rows: Sequence[models.Listing], *, on: date, here: Position | None = None, only: Shown = Shown.ALL
) -> tuple[Seen, ...]:
    """These listings as they are shown, in their order; their places are fetched. Two queries."""
    ids = [row.pk for row in rows]
    lines, languages = _lines(ids, on), _languages(ids)
    return tuple(
        _seen(row, lines.get(row.pk, ()), languages.get(row.pk, ()), here, only is Shown.ALL) for row in rows
    )


def _lines(ids: Collection[int], on: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = models.Network.objects.filter(listing__in=ids, first_on__lte=on).order_by("line")
    for listing, line, last_on in rows.values_list("listing_id", "line", "last_on"):
        if last_on is None or last_on >= on:
            found.setdefault(listing, []).append(line)
    return found


def _languages(ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = models.Language.objects.filter(listing__in=ids).order_by("name")
    for listing, name in rows.values_list("listing_id", "name"):
        found.setdefault(listing, []).append(name)
    return found


def _seen(
    row: models.Listing,
    lines: Collection[str],
    languages: Collection[str],
    here: Position | None,
    with_address: bool,
) -> Seen:
    there = None if row.latitude is None or row.longitude is None else (row.latitude, row.longitude)
    return Seen(
        npi=row.npi,
        name=row.name,
        specialty=row.specialty,
        group_name=row.group_name,
        place=row.place_id,
        address=row.place.address if with_address else "",
        city=row.place.city,
        state=row.place.state,
        postal_code=row.place.postal_code if with_address else "",
        telephone=row.telephone if with_address else "",
        miles=round(rules.miles(here, there), 1) if here and there else None,
        lines=tuple(dict.fromkeys(lines)),
        languages=tuple(languages),
        accepts_new_patients=row.accepts_new_patients,
        telehealth=row.telehealth,
        is_accessible=row.is_accessible,
        attested_on=row.attested_on,
        is_unconfirmed=row.unverified_since is not None,
    )
