"""The plan's entrances: where each audience signs in. The operator sets them, everybody reads them."""

from collections.abc import Sequence
from typing import Final

from django.core.cache import cache
from django.db import transaction

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import catalogue, entrance_rules, models
from portico.domains.plan.entrance_rules import Audience, Entrance

__all__ = ["Audience", "Entrance", "all", "of", "replace", "written"]

REMEMBERED_SECONDS: Final = 1
EVERY_LINE: Final = Entrance(
    "providers", Audience.PROVIDER, "Providers", says="Offices that treat our members, whatever their plan."
)
_ENTRANCES: Final = "plan.entrances"


def all() -> tuple[Entrance, ...]:
    """Every entrance, in the plan's order: providers, line by line, where it has written none.

    A process remembers them for a second.
    """
    known: tuple[Entrance, ...] | None = cache.get(_ENTRANCES)
    if known is None:
        known = written() or _default()
        cache.set(_ENTRANCES, known, REMEMBERED_SECONDS)
    return known


def of(slug: str) -> Entrance | None:
    """The entrance of that name; None where there is none."""
    return next((each for each in all() if each.slug == slug), None)


def written() -> tuple[Entrance, ...]:
    """The entrances the plan has written; empty where it has written none."""
    return tuple(map(_entrance, models.Entrance.objects.all()))


def replace(*, actor: Actor, entrances: Sequence[Entrance]) -> None:
    """Put these in place of all there are; none at all: back to the default.

    Raises CannotConfigure, and NotPermitted unless the system asks.
    """
    with permit(actor, Function.CONFIGURATION) as given:
        entrance_rules.check(entrances, lines=catalogue.line_names())
        models.Entrance.objects.all().delete()
        models.Entrance.objects.bulk_create(
            _row(position, entrance) for position, entrance in enumerate(entrances)
        )
        given.conclude("entrances_set" if entrances else "entrances_reset")
        _forget()
        transaction.on_commit(_forget)  # what was asked for in between is remembered as it was before


def _default() -> tuple[Entrance, ...]:
    """One for the whole plan, and one for each line of business under its own code."""
    lines = (
        Entrance(line.code, Audience.PROVIDER, line.name, line=line.code)
        for line in catalogue.lines()
        if line.code != EVERY_LINE.slug
    )
    return (EVERY_LINE, *lines)


def _entrance(row: models.Entrance) -> Entrance:
    return Entrance(row.slug, Audience(row.audience), row.name, row.line_id or "", row.says, row.url)


def _row(position: int, entrance: Entrance) -> models.Entrance:
    return models.Entrance(
        slug=entrance.slug,
        audience=entrance.audience,
        line_id=entrance.line or None,
        name=entrance.name.strip(),
        says=entrance.says.strip(),
        url=entrance.url,
        position=position,
    )


def _forget() -> None:
    cache.delete(_ENTRANCES)
