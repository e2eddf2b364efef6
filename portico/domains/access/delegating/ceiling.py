"""How far the one who asks may hand out, in one office, at this moment.

An administrator's ceiling is made of the grants of managing users that are open now; a billing company's is
besides what its clients still let it do, under their tax IDs. The plan's desk and the system have none but
what the office can have: its own tax IDs, and its clients'.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from portico.domains.access import models
from portico.domains.access.clients import rows
from portico.domains.access.delegating.ceiling_rules import Bound, Ceiling
from portico.domains.access.delegating.refusals import BeyondCeiling
from portico.domains.access.delegating.sets import Item
from portico.domains.offices.offices import Office
from portico.domains.permits.actors import Actor, ActorKind, Grant, GrantState
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit

__all__ = ["BeyondCeiling", "check", "client_tax_ids", "is_plan", "of"]


def of(given: Permit, office: Office) -> Ceiling:
    """How far the permit's actor may hand out in that office. One query."""
    return of_each(given, (office,))[office.id]


def of_each(given: Permit, offices: Iterable[Office]) -> Mapping[int, Ceiling]:
    """The same in each of these offices, by number. One query, whatever their number."""
    every = tuple(offices)
    clients: dict[int, list[Bound]] = defaultdict(list)
    for row in _running([office.id for office in every], given.actor.today):
        clients[row.biller_id].append(_of_client(row))
    return {office.id: _ceiling(given.actor, office, clients[office.id]) for office in every}


def _ceiling(actor: Actor, office: Office, clients: Iterable[Bound]) -> Ceiling:
    own = frozenset(office.tax_ids)
    if is_plan(actor):
        return Ceiling((Bound(own), *clients))
    if actor.office_id != office.id:
        return Ceiling()
    managing = [grant for grant in actor.held.of(Function.MANAGE_USERS) if _is_open(grant, actor)]
    return Ceiling(tuple(bound for grant in managing for bound in _bounds(grant, own, clients)))


def check(ceiling: Ceiling, items: Iterable[Item]) -> None:
    """All of it may be handed out. Raises BeyondCeiling with every fault."""
    faults = [fault for item in items for fault in ceiling.faults(item)]
    if faults:
        raise BeyondCeiling(faults)


def is_plan(actor: Actor) -> bool:
    """Does the plan act, by one of its desks or by the system?"""
    return actor.kind is ActorKind.SYSTEM or actor.desk is not None


def client_tax_ids(office_id: int, *, on: date) -> frozenset[str]:
    """The tax IDs that clients let the office work under on that day. One query."""
    return rows.tax_ids(office_id, on=on)


def _bounds(grant: Grant, own: frozenset[str], clients: Iterable[Bound]) -> Iterable[Bound]:
    """As far as this grant goes in the own office, and as far as that and the client go in the client's."""
    mine = Bound(
        grant.tax_ids & own, grant.hands_out, grant.lines, grant.regions, grant.providers, grant.period.last
    )
    yield mine
    for client in clients:
        yield replace(
            mine,
            tax_ids=client.tax_ids,
            functions=_both(mine.functions, client.functions),
            lines=_both(mine.lines, client.lines),
            last_on=min(filter(None, (mine.last_on, client.last_on)), default=None),
        )


def _both(mine: frozenset[Any] | None, clients: frozenset[Any] | None) -> frozenset[Any] | None:
    if mine is None or clients is None:
        return clients if mine is None else mine
    return mine & clients


def _is_open(grant: Grant, actor: Actor) -> bool:
    return grant.state is GrantState.ACTIVE and grant.period.holds(actor.today)


def _of_client(row: models.ClientGrant) -> Bound:
    return Bound(
        frozenset((row.tax_id,)),
        rows.functions_of(row),
        rows.lines_of(row),
        last_on=row.last_on,
    )


def _running(office_ids: Collection[int], on: date) -> "QuerySet[models.ClientGrant]":
    return rows.running(on).filter(biller__in=office_ids).order_by("tax_id")
