"""The one place that turns a permit's scope into a filter over rows an office owns."""

from django.db.models import Q

from portico.domains.permits.permit import Permit
from portico.domains.permits.questions import Question, Reach, Scope
from portico.domains.permits.rules import decide


def q(
    given: Permit,
    *,
    tax_id: str | None = None,
    line: str | None = None,
    provider: str | None = None,
    region: str | None = None,
) -> Q:
    """The rows `given` reaches; each argument names the field a dimension is kept in.

    A dimension without a field is not filtered by. No reach at all: no rows.
    """
    return _within(given.scope, {"tax_ids": tax_id, "lines": line, "providers": provider, "regions": region})


def beyond(
    given: Permit,
    *,
    tax_id: str | None = None,
    line: str | None = None,
    provider: str | None = None,
    region: str | None = None,
) -> Q:
    """The rows that the same actor reaches by the same function anywhere, wherever `given` was asked.

    For hints that say where else somebody may look: they are made of the actor's own grants alone.
    """
    scope = decide(given.actor, Question(given.question.function)).scope
    return _within(scope, {"tax_ids": tax_id, "lines": line, "providers": provider, "regions": region})


def _within(scope: Scope, fields: dict[str, str | None]) -> Q:
    if scope.everything:
        return Q()
    union = Q(pk__in=[])
    for reach in scope.reaches:
        union |= _reach(reach, fields)
    return union


def _reach(reach: Reach, fields: dict[str, str | None]) -> Q:
    wanted = Q()
    for dimension, field in fields.items():
        held = getattr(reach, dimension)
        if field is not None and held is not None:
            wanted &= Q(**{f"{field}__in": sorted(held)})
    return wanted
