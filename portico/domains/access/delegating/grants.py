"""A persona's running grants, read as sets and written as rows."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from portico.domains.access import models
from portico.domains.access.delegating import held_rules
from portico.domains.access.delegating.sets import ANCHORS, FunctionAccess, Held, Item, Where
from portico.domains.permits.actors import GrantState, PersonaKind
from portico.domains.permits.functions import Function

_KNOWN = frozenset(Function)
_Limits = Mapping[str, frozenset[str]]


def running(persona_ids: Collection[int], *, on: date) -> Mapping[int, tuple[FunctionAccess, ...]]:
    """The grants of these personas that are not over that day, proposed ones and those ahead among them.

    Two queries. One of a function this version does not know is left out.
    """
    found: dict[int, tuple[FunctionAccess, ...]] = defaultdict(tuple)
    for row in rows(on).filter(persona__in=persona_ids).prefetch_related("limits").order_by("pk"):
        if row.function in _KNOWN:
            found[row.persona_id or 0] += (read(row),)
    return found


def held(persona: models.Persona, *, on: date) -> Held:
    """What the persona holds that day. Two queries."""
    return held_rules.held(PersonaKind(persona.kind), running([persona.pk], on=on).get(persona.pk, ()))


def last(persona: models.Persona) -> Item | None:
    """The last grant of the persona's anchor, over or not; None where none ever counted."""
    anchor = ANCHORS[PersonaKind(persona.kind)]
    found = models.Grant.objects.filter(persona=persona, function=anchor).exclude(
        proposed_by__isnull=False, confirmed_at=None
    )
    row = found.prefetch_related("limits").order_by("pk").last()
    return None if row is None else read(row).item


def rows(on: date) -> "QuerySet[models.Grant]":
    """Every grant of a persona that is neither ended nor over that day."""
    lasts = Q(last_on=None) | Q(last_on__gte=on)
    return models.Grant.objects.filter(lasts, persona__isnull=False).exclude(state=models.Grant.State.ENDED)


def read(row: models.Grant) -> FunctionAccess:
    """The grant of a row, whose limits were fetched with it."""
    limits = _limits(row)
    of = models.GrantLimit.Dimension
    where = Where(limits[of.TAX_ID], limits[of.PROVIDER] or None, limits[of.REGION] or None, row.last_on)
    named = limits[of.FUNCTION]
    hands_out = frozenset(Function(each) for each in named if each in _KNOWN) if named else None
    item = Item(Function(row.function), where, limits[of.LINE] or None, hands_out)
    return FunctionAccess(row.pk, item, GrantState(row.state), row.first_on)


def _limits(row: models.Grant) -> _Limits:
    named: dict[str, frozenset[str]] = defaultdict(frozenset)
    for limit in row.limits.all():
        named[limit.dimension] |= {limit.value}
    return named
