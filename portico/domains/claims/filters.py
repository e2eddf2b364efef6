"""Saved filters: a search for claims that somebody asks again and again, under a name of their own.

Days of service may move with the calendar: what was the last month when it was saved is the last month when
it is asked.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.db.models import QuerySet

from portico.domains.accounts import users
from portico.domains.claims import asked_content, finding, inquiries, models
from portico.domains.claims.asked import Asked
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

MOST: Final = 30
_ABOUT: Final = "claims"
_MOVES_FROM: Final = "moves_from"


class FilterNotFound(LookupError):
    """This persona has no such filter."""


class TooManyFilters(Exception):
    """This persona has as many filters as one may have."""


@dataclass(frozen=True, slots=True)
class FilterView:
    """A saved filter; `moves`: its days of service move with the calendar."""

    public_id: UUID
    name: str
    asked: Asked
    moves: bool
    changed_at: datetime


def save(*, actor: Actor, name: str, asked: Asked, moves: bool = False) -> None:
    """Keep a question under a name; one of that name is replaced. Raises TooManyFilters, NotPermitted."""
    with permit(actor, Function.CLAIMS_INQUIRY, tax_id=asked.tax_id, line=asked.line or None) as given:
        users.take_turn(given)
        row = _of(given).filter(name=name).first()
        is_room = row is not None or _of(given).count() < MOST
        if is_room:
            _write(given, row, name, asked, moves)
        given.conclude("filter_saved" if is_room else "too_many_filters")
    if not is_room:
        raise TooManyFilters


def mine(*, actor: Actor) -> tuple[FilterView, ...]:
    """The filters of this persona by name, as they would be asked today. Raises NotPermitted."""
    with permit(actor, Function.CLAIMS_INQUIRY) as given:
        rows = _of(given).order_by("name")[:MOST]
        given.conclude("filters_listed")
        return tuple(_view(row, actor.today) for row in rows)


def run(*, actor: Actor, number: UUID) -> UUID:
    """A search by a filter of one's own, to be answered by finding.find; its opaque id.

    Raises FilterNotFound, NotPermitted.
    """
    row = models.SavedFilter.objects.filter(
        public_id=number, persona_id=actor.persona_id or 0, about=_ABOUT
    ).first()
    if row is None:
        raise FilterNotFound
    return finding.ask(actor=actor, asked=_view(row, actor.today).asked)


def drop(*, actor: Actor, number: UUID) -> None:
    """Forget a filter of one's own. Raises FilterNotFound, NotPermitted."""
    with permit(actor, Function.CLAIMS_INQUIRY) as given:
        gone, _ = _of(given).filter(public_id=number).delete()
        given.conclude("filter_dropped" if gone else "not_found")
    if not gone:
        raise FilterNotFound


def moved(asked: Asked, *, saved_on: date, today: date) -> Asked:
    """The question with its days of service as far from today as they were from the day it was saved."""
    by = (today - saved_on).days
    return replace(
        asked,
        first_on=asked.first_on and _shifted(asked.first_on, by),
        last_on=asked.last_on and _shifted(asked.last_on, by),
    )


def _shifted(day: date, by: int) -> date:
    """So many days later, within the calendar: anybody may have typed its last day."""
    return date.fromordinal(min(max(day.toordinal() + by, 1), date.max.toordinal()))


def _write(given: Permit, row: models.SavedFilter | None, name: str, asked: Asked, moves: bool) -> None:
    number = row.public_id if row else uuid4()
    image = asked_content.image_of(asked)
    if moves and (asked.first_on or asked.last_on):
        image[_MOVES_FROM] = given.actor.today.isoformat()
    held = inquiries.sealed(image, place=_place(number))
    models.SavedFilter.objects.update_or_create(
        public_id=number,
        defaults={
            "persona_id": given.actor.persona_id or 0,
            "about": _ABOUT,
            "name": name,
            "asked_sealed": held,
            "changed_at": given.actor.asked_at,
        },
    )


def _view(row: models.SavedFilter, today: date) -> FilterView:
    image = inquiries.opened(bytes(row.asked_sealed), place=_place(row.public_id))
    saved_on = image.pop(_MOVES_FROM, "")
    asked = asked_content.asked_of(image)
    if saved_on:
        asked = moved(asked, saved_on=date.fromisoformat(saved_on), today=today)
    return FilterView(row.public_id, row.name, asked, bool(saved_on), row.changed_at)


def _of(given: Permit) -> "QuerySet[models.SavedFilter]":
    return models.SavedFilter.objects.filter(persona_id=given.actor.persona_id or 0, about=_ABOUT)


def _place(number: UUID) -> str:
    return f"claims.savedfilter.asked:{number}"
