"""Members that a search means, among those a permit shows: one query, whose SQL is made once for each shape.

The shape of a search is what it goes by and how many lines its permit shows; a plan has few of both.
"""

from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Field, Q, QuerySet

from portico.domains.members import models, rules, visibility
from portico.domains.permits.permit import Permit
from portico.shared import prepared
from portico.shared.prepared import Given

_SHAPES = 128
_OF_A_BEGINNING = "__startswith"


def rows(given: Permit, wanted: Q) -> list[models.Member]:
    """Those meant and shown, one more than candidates can be at most. One query.

    In no order: asked for one, a planner may walk the whole table in that order to reach the limit.
    """
    asked = [child for child in wanted.children if isinstance(child, tuple)]
    lines = given.scope.lines()
    if lines == frozenset() or any(name.endswith(_OF_A_BEGINNING) for name, _ in asked):
        return list(_limited(wanted, visibility.q(given)))
    codes = {_line(place): code for place, code in enumerate(sorted(lines or ()))}
    names = tuple(name for name, _ in asked)
    query = _prepared(wanted.connector, names, None if lines is None else len(lines))
    return query.rows(**dict(asked), **codes)


@lru_cache(maxsize=_SHAPES)
def _prepared(connector: str, names: tuple[str, ...], lines: int | None) -> "prepared.Query[models.Member]":
    wanted = Q(*((name, Given(name, _field(name))) for name in names), _connector=connector)
    return prepared.Query(lambda: _limited(wanted, _shown(lines)))


def _limited(wanted: Q, shown: Q) -> "QuerySet[models.Member]":
    return models.Member.objects.filter(wanted, shown)[: rules.MOST_CANDIDATES + 1]


def _shown(lines: int | None) -> Q:
    if lines is None:
        return Q()
    return visibility.covered(_any_of(Q(line=Given(_line(place), CharField())) for place in range(lines)))


def _any_of(filters: Iterable[Q]) -> Q:
    return reduce(or_, filters)


def _line(place: int) -> str:
    return f"line_{place}"


def _field(name: str) -> "Field[Any, Any] | None":
    """The member's own field of that name; None where a row's number is meant."""
    return None if name.endswith("pk") else models.Member._meta.get_field(name)  # type: ignore[return-value]
