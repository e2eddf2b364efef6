"""Requests of the same member for the same thing on the same days, as far as who asks may see them."""

from collections.abc import Iterator
from typing import Final

from portico.domains.authorizations import models, reach
from portico.domains.authorizations.facts.requested import Request, ServiceSent
from portico.domains.authorizations.sending_rules import first_on, last_on
from portico.domains.permits.permit import Permit

_STATES: Final = ("in_review", "pended", "approved", "partly")
_MOST: Final = 50


def of(
    given: Permit, request: Request, member_id: str, *, but: frozenset[int] = frozenset()
) -> tuple[tuple[int, str], ...]:
    """The services that are asked for already: (place from 1, number of that request). Two queries.

    What lies outside the permit's reach is no double: nobody learns by it what others asked for. `but` names
    requests that do not count, such as the one that is prolonged.
    """
    there = reach.reached(given).filter(
        member_id=member_id,
        state__in=_STATES,
        first_on__lte=last_on(request),
        last_on__gte=first_on(request),
    )
    rows = list(there.exclude(pk__in=but).order_by("-pk").prefetch_related("services")[:_MOST])
    return tuple(_matches(request, rows))


def _matches(request: Request, rows: list[models.Authorization]) -> Iterator[tuple[int, str]]:
    for place, service in enumerate(request.services, 1):
        same = (row.number for row in rows for held in row.services.all() if _is_same(service, held))
        number = next(same, None)
        if number is not None:
            yield place, number


def _is_same(service: ServiceSent, held: models.Service) -> bool:
    if held.state not in _STATES or service.last_on < held.first_on or held.last_on < service.first_on:
        return False
    if service.code or held.code:
        return (service.system, service.code) == (held.system, held.code)
    return service.service_type == held.service_type
