"""What a persona or a machine holds now: its grants, and its office's standing, in one query.

A billing company's people hold grants that name their clients' tax IDs too. Those reach as far as the client
still lets the company work (sides.py), and a person works on one side at a time, the own office's or one
client's, so that nothing of two offices ever stands in one list.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Case, CharField, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from portico.domains.access import models, sides
from portico.domains.offices import standing
from portico.domains.permits import actors
from portico.domains.permits.functions import Function
from portico.domains.plan import outside
from portico.shared import prepared
from portico.shared.periods import Period
from portico.shared.prepared import Given

_GRANT = "grant"
_FUNCTIONS = frozenset(Function)
PERSONA, MACHINE = "persona", "machine"


@dataclass(frozen=True, slots=True)
class Holdings:
    """The grants held, what the provider file says of the office, and for whom else it works."""

    held: actors.Held
    standing: actors.Standing
    clients: sides.Clients


class _Row(NamedTuple):
    """A row of the second query: one limit of a grant, one tax ID of the office, or one affiliation."""

    kind: str
    id: int
    function: str
    state: str
    first_on: date | None
    last_on: date | None
    dimension: str
    value: str


def of(
    holder: str,
    number: int,
    *,
    office_id: int | None,
    today: date,
    side: int | None = sides.EVERY,
    review_overdue: bool = False,
) -> Holdings:
    """What the persona or machine (`holder`) of that number holds on the day. One query.

    `side`: the office it works for now, its own or a client's, None for the first there is work of, EVERY for
    software and jobs, which name a tax ID each time. `review_overdue`: its office is late with its review.
    """
    rows = _by_kind(holder, number, office_id, today)
    own = frozenset(row.value for row in rows[standing.TAX_ID])
    lent = [*rows[sides.CLIENT], *rows[sides.LATE_CLIENT]]
    taking_part = frozenset(row.value for row in rows[standing.TAX_ID] if row.state)
    held = _grants(rows[_GRANT])
    named = frozenset[str]().union(*(grant.tax_ids for grant in held))
    clients = sides.Clients(
        own=own,
        at=sides.chosen(side, office_id, taking_part, lent, named=named),
        office_id=office_id,
        rows=tuple(lent),
    )
    grants = [part for grant in held for part in clients.parts(grant)]
    told = replace(_standing(rows, clients, review_overdue), other_sides=clients.elsewhere(held))
    return Holdings(actors.Held(grants), told, clients)


def _by_kind(holder: str, number: int, office_id: int | None, today: date) -> dict[str, list[_Row]]:
    """Grants with their limits, the office's tax IDs, and the affiliations of providers that grants name."""
    if office_id is None:
        found = _GRANTS[holder].rows(holder=number)
    else:
        found = _GRANTS_AND_OFFICE[holder].rows(holder=number, office=office_id, today=today)
    rows: dict[str, list[_Row]] = defaultdict(list)
    for row in map(_Row._make, found):
        rows[row.kind].append(row)
    return rows


def _held(holder: str) -> "QuerySet[Any, Any]":
    return models.Grant.objects.filter(**{f"{holder}_id": Given("holder")}).values_list(
        Value(_GRANT, CharField()),
        F("pk"),
        F("function"),
        F("state"),
        F("first_on"),
        F("last_on"),
        Coalesce(F("limits__dimension"), Value("")),
        Coalesce(F("limits__value"), Value("")),
    )


def _held_in_office(holder: str) -> "QuerySet[Any, Any]":
    office, today = Given("office"), Given("today", DateField())
    limits = models.GrantLimit.objects.filter(**{f"grant__{holder}_id": Given("holder")})
    named = limits.filter(dimension=models.GrantLimit.Dimension.PROVIDER).values("value")
    lent = models.ClientGrant.objects.filter(biller_id=office).order_by().values("tax_id")
    return _held(holder).union(
        standing.tax_ids(office, on=today),
        standing.affiliations(office, named, on=today),
        standing.affiliations_under(lent, named, on=today),
        _of_clients(office, today),
        all=True,
    )


def _of_clients(office: Given, today: Given) -> "QuerySet[Any, Any]":
    """A row for each tax ID some client gave the office: (kind, client's number, lines, state, first, last,
    functions, tax ID); `kind` tells whether the client is late with its review, `state` is sides.RUNS, or
    sides.TAKES_PART where the tax ID does.

    A tax ID that the client itself no longer bills under is not the client's to give any more.
    """
    runs = Q(ended_at=None, first_on__lte=today, is_theirs=True) & (Q(last_on=None) | Q(last_on__gte=today))
    held = models.ClientGrant.objects.filter(biller_id=office).annotate(
        is_theirs=standing.bills_under(office="client_id", number="tax_id"),
        takes_part=standing.takes_part_by_number("tax_id", on=today),
    )
    return held.order_by().values_list(
        Case(
            When(client__review_overdue_since=None, then=Value(sides.CLIENT)),
            default=Value(sides.LATE_CLIENT),
            output_field=CharField(),
        ),
        F("client_id"),
        F("lines"),
        Case(
            When(runs & Q(takes_part=True), Value(sides.TAKES_PART)),
            When(runs, Value(sides.RUNS)),
            default=Value(""),
            output_field=CharField(),
        ),
        F("first_on"),
        F("last_on"),
        F("functions"),
        F("tax_id"),
    )


_GRANTS = {holder: prepared.Query(partial(_held, holder)) for holder in (PERSONA, MACHINE)}
_GRANTS_AND_OFFICE = {
    holder: prepared.Query(partial(_held_in_office, holder)) for holder in (PERSONA, MACHINE)
}


def _grants(rows: list[_Row]) -> list[actors.Grant]:
    """The grants of these rows; one of a function this version does not know is left out."""
    limits: dict[tuple[int, str], set[str]] = defaultdict(set)
    heads = {row.id: row for row in rows if row.function in _FUNCTIONS}
    for row in rows:
        limits[row.id, row.dimension].add(row.value)
    return [_grant(heads[grant_id], limits) for grant_id in sorted(heads)]


def _grant(head: _Row, limits: dict[tuple[int, str], set[str]]) -> actors.Grant:
    named = models.GrantLimit.Dimension
    assert head.first_on is not None  # noqa: S101 - the column is not null
    return actors.Grant(
        id=head.id,
        function=Function(head.function),
        tax_ids=frozenset(limits.get((head.id, named.TAX_ID), ())),
        period=Period(head.first_on, head.last_on),
        lines=frozenset(limits.get((head.id, named.LINE), ())) or None,
        regions=frozenset(limits.get((head.id, named.REGION), ())) or None,
        providers=frozenset(limits.get((head.id, named.PROVIDER), ())) or None,
        state=actors.GrantState(head.state),
        hands_out=_functions(limits.get((head.id, named.FUNCTION), ())),
    )


def _functions(named: Collection[str]) -> frozenset[Function] | None:
    """Those this version knows; None where nothing was named, and nothing where none of them is known."""
    return frozenset(Function(each) for each in named if each in _FUNCTIONS) if named else None


def _standing(rows: dict[str, list[_Row]], clients: sides.Clients, review_overdue: bool) -> actors.Standing:
    running = {(row.dimension, row.value) for row in rows[standing.AFFILIATION] if row.state == standing.RUNS}
    seen = {(row.dimension, row.value) for row in rows[standing.AFFILIATION]}
    own = {row.value for row in rows[standing.TAX_ID] if row.state == standing.PARTICIPATES}
    return actors.Standing(
        tax_ids=clients.tax_ids(),
        participating=clients.taking_part(own),
        ended_affiliations=frozenset(seen - running),
        open_outside=outside.functions(),
        former_clients=clients.former(),
        review_overdue=review_overdue,
        lent=clients.lent(),
    )
