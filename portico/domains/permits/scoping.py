"""The one place that turns a permit's scope into a filter over rows an office owns."""

from django.db.models import Q

from portico.domains.permits.permit import Permit
from portico.domains.permits.questions import Reach


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
    if given.scope.everything:
        return Q()
    fields = {"tax_ids": tax_id, "lines": line, "providers": provider, "regions": region}
    union = Q(pk__in=[])
    for reach in given.scope.reaches:
        union |= _reach(reach, fields)
    return union


def _reach(reach: Reach, fields: dict[str, str | None]) -> Q:
    wanted = Q()
    for dimension, field in fields.items():
        held = getattr(reach, dimension)
        if field is not None and held is not None:
            wanted &= Q(**{f"{field}__in": sorted(held)})
    return wanted
