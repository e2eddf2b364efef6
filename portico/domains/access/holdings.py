"""What a persona or a machine holds now: its grants, and its office's standing, in one query."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Coalesce

from portico.domains.access import models
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
    """The grants held, and what the provider file says of the office."""

    held: actors.Held
    standing: actors.Standing


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


def of(holder: str, number: int, *, office_id: int | None, today: date) -> Holdings:
    """What the persona or machine (`holder`) of that number holds on the day. One query."""
    rows = _by_kind(holder, number, office_id, today)
    office_tax_ids = frozenset(row.value for row in rows[standing.TAX_ID])
    return Holdings(actors.Held(_grants(rows[_GRANT], office_tax_ids)), _standing(rows))


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
    named = limits.filter(dimension=models.GrantLimit.Dimension.PROVIDER)
    return _held(holder).union(
        standing.tax_ids(office, on=today),
        standing.affiliations(office, named.values("value"), on=today),
        all=True,
    )


_GRANTS = {holder: prepared.Query(partial(_held, holder)) for holder in (PERSONA, MACHINE)}
_GRANTS_AND_OFFICE = {
    holder: prepared.Query(partial(_held_in_office, holder)) for holder in (PERSONA, MACHINE)
}


def _grants(rows: list[_Row], office_tax_ids: frozenset[str]) -> list[actors.Grant]:
    """The grants of these rows; one of a function this version does not know is left out."""
    limits: dict[tuple[int, str], set[str]] = defaultdict(set)
    heads = {row.id: row for row in rows if row.function in _FUNCTIONS}
    for row in rows:
        limits[row.id, row.dimension].add(row.value)
    return [_grant(heads[grant_id], limits, office_tax_ids) for grant_id in sorted(heads)]


def _grant(
    head: _Row, limits: dict[tuple[int, str], set[str]], office_tax_ids: frozenset[str]
) -> actors.Grant:
    """A tax ID the office no longer bills under is not reached any more, whatever the grant names."""
    named = models.GrantLimit.Dimension
    assert head.first_on is not None  # noqa: S101 - the column is not null
    return actors.Grant(
        id=head.id,
        function=Function(head.function),
        tax_ids=office_tax_ids & limits.get((head.id, named.TAX_ID), set()),
        period=Period(head.first_on, head.last_on),
        lines=frozenset(limits.get((head.id, named.LINE), ())) or None,
        regions=frozenset(limits.get((head.id, named.REGION), ())) or None,
        providers=frozenset(limits.get((head.id, named.PROVIDER), ())) or None,
        state=actors.GrantState(head.state),
    )


def _standing(rows: dict[str, list[_Row]]) -> actors.Standing:
    running = {(row.dimension, row.value) for row in rows[standing.AFFILIATION] if row.state == standing.RUNS}
    seen = {(row.dimension, row.value) for row in rows[standing.AFFILIATION]}
    return actors.Standing(
        tax_ids=frozenset(row.value for row in rows[standing.TAX_ID]),
        participating=frozenset(
            row.value for row in rows[standing.TAX_ID] if row.state == standing.PARTICIPATES
        ),
        ended_affiliations=frozenset(seen - running),
        open_outside=outside.functions(),
    )
