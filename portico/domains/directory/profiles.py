"""One provider with every place it practises at, and one place with everybody who practises there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from portico.domains.directory import models, sights
from portico.domains.directory.finding import in_force
from portico.domains.directory.sights import Seen, Shown
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.shared.periods import Period

MOST: Final = 200


class NotListed(LookupError):
    """The directory lists no such provider, or nobody at that place, on that day."""


@dataclass(frozen=True, slots=True)
class At:
    """A provider at one place: what a list shows, and in which networks it is from … to …, also to come."""

    seen: Seen
    networks: tuple[tuple[str, Period], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A provider on a day, the places in order of towns; `as_of`: of the provider file."""

    npi: str
    name: str
    specialty: str
    on: date
    places: tuple[At, ...]
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place on a day and who practises there, 200 at most; empty texts where a visitor may not see them."""

    id: int
    address: str
    city: str
    state: str
    postal_code: str
    telephone: str
    fax: str
    accessibility: tuple[str, ...]
    on: date
    providers: tuple[Seen, ...]
    as_of: datetime | None


def of(*, actor: Actor, npi: str, on: date) -> Profile:
    """The provider as the directory has it that day. Raises NotListed, NotPermitted."""
    with permit(actor, sights.function(actor)) as given:
        listed = models.Listing.objects.filter(in_force(on), npi=npi).select_related("place")
        rows = list(listed.order_by("place__city", "place__address", "pk")[:MOST])
        given.conclude("provider" if rows else "not_found")
        if rows:
            seen, taking = sights.of(rows, on=on, only=sights.shown(actor)), _networks(rows, on)
            places = tuple(At(one, taking.get(row.pk, ())) for one, row in zip(seen, rows, strict=True))
            first = rows[0]
            as_of = freshness.of().get(Feed.PROVIDERS)
            return Profile(npi, first.name, first.specialty, on, places, as_of)
    raise NotListed(npi)


def at(*, actor: Actor, place: int, on: date) -> PlaceView:
    """The place and who practises there that day. Raises NotListed, NotPermitted."""
    with permit(actor, sights.function(actor)) as given:
        rows = models.Listing.objects.filter(in_force(on), place=place).select_related("place")
        listed = list(rows.order_by("-is_organization", "name_key", "pk")[:MOST])
        given.conclude("place" if listed else "not_found")
        if listed:
            return _place(listed[0].place, sights.of(listed, on=on, only=sights.shown(actor)), actor, on)
    raise NotListed(place)


def _networks(rows: list[models.Listing], on: date) -> Mapping[int, tuple[tuple[str, Period], ...]]:
    """The networks that hold that day, and those to come."""
    found: dict[int, list[tuple[str, Period]]] = {}
    held = models.Network.objects.filter(listing__in=[row.pk for row in rows]).order_by("line", "first_on")
    for row in held:
        period = Period(row.first_on, row.last_on)
        if not period.is_over(on):
            found.setdefault(row.listing_id, []).append((row.line, period))
    return {key: tuple(networks) for key, networks in found.items()}


def _place(row: models.Place, providers: tuple[Seen, ...], actor: Actor, on: date) -> PlaceView:
    is_whole = sights.shown(actor) is Shown.ALL
    return PlaceView(
        id=row.pk,
        address=row.address if is_whole else "",
        city=row.city,
        state=row.state,
        postal_code=row.postal_code if is_whole else "",
        telephone=row.telephone if is_whole else "",
        fax=row.fax if is_whole else "",
        accessibility=tuple(row.accessibility),
        on=on,
        providers=providers,
        as_of=freshness.of().get(Feed.PROVIDERS),
    )
