"""Builds the actor behind a session: the persona, its grants and its office's standing, in two queries.

Nothing is kept between requests, so a changed grant is in force at the next one.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Count, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from portico.domains.access import models
from portico.domains.offices import standing
from portico.domains.permits import actors
from portico.domains.permits.functions import Desk, Function
from portico.shared import prepared
from portico.shared.periods import Period
from portico.shared.prepared import Given

_GRANT = "grant"
_FUNCTIONS = frozenset(Function)


@dataclass(frozen=True, slots=True)
class Session:
    """What a signed-in session knows of itself."""

    user_id: int
    persona_id: int | None
    second_factor: bool
    epoch: int


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


def for_session(
    session: Session, *, asked_at: datetime, today: date, door: actors.Door = actors.Door.WEB
) -> actors.Actor | None:
    """The actor of this session, now; None when the user or persona is gone or may no longer sign in.

    Without a persona in the session, the user's first: plan staff, then end user, then administrator.
    """
    persona = _persona(session)
    if persona is None or not _is_believed(persona, session):
        return None
    rows = _by_kind(persona, today)
    office_tax_ids = frozenset(row.value for row in rows[standing.TAX_ID])
    return actors.Actor(
        kind=actors.ActorKind.PERSONA,
        door=door,
        asked_at=asked_at,
        today=today,
        name=f"{persona.user.first_name} {persona.user.last_name}".strip(),
        user_id=persona.user_id,
        persona_id=persona.pk,
        persona_kind=actors.PersonaKind(persona.kind),
        desk=Desk(persona.desk) if persona.desk else None,
        office_id=persona.office_id,
        account=_account(persona, session),
        standing=_standing(rows),
        held=actors.Held(_grants(rows[_GRANT], office_tax_ids)),
        context=_context(persona),
    )


def _is_believed(persona: models.Persona, session: Session) -> bool:
    return persona.user.is_active and persona.user.session_epoch == session.epoch


def _persona(session: Session) -> models.Persona | None:
    if session.persona_id is None:
        return _FIRST_PERSONA.first(user=session.user_id)
    return _ONE_PERSONA.first(user=session.user_id, persona=session.persona_id)


def _personas() -> "QuerySet[models.Persona]":
    open_ones = Count("user__personas", filter=Q(user__personas__suspended_at__isnull=True))
    held = models.Persona.objects.filter(user_id=Given("user"), suspended_at__isnull=True)
    return held.select_related("user", "office").annotate(persona_count=open_ones)


def _context(persona: models.Persona) -> dict[str, str]:
    return {
        "username": persona.user.username,
        "office_name": persona.office.name if persona.office else "",
        "persona_count": str(persona.persona_count),  # type: ignore[attr-defined]
    }


def _account(persona: models.Persona, session: Session) -> actors.Account:
    user = persona.user
    return actors.Account(
        state=actors.AccountState(user.state),
        audience=user.audience,
        verified=user.verified_at is not None,
        second_factor=session.second_factor,
    )


def _by_kind(persona: models.Persona, today: date) -> dict[str, list[_Row]]:
    """Grants with their limits, the office's tax IDs, and the affiliations of providers that grants name."""
    if persona.office_id is None:
        found = _GRANTS.rows(persona=persona.pk)
    else:
        found = _GRANTS_AND_OFFICE.rows(persona=persona.pk, office=persona.office_id, today=today)
    rows: dict[str, list[_Row]] = defaultdict(list)
    for row in map(_Row._make, found):
        rows[row.kind].append(row)
    return rows


def _held() -> "QuerySet[Any, Any]":
    return models.Grant.objects.filter(persona_id=Given("persona")).values_list(
        Value(_GRANT, CharField()),
        F("pk"),
        F("function"),
        F("state"),
        F("first_on"),
        F("last_on"),
        Coalesce(F("limits__dimension"), Value("")),
        Coalesce(F("limits__value"), Value("")),
    )


def _held_in_office() -> "QuerySet[Any, Any]":
    office, today = Given("office"), Given("today", DateField())
    limits = models.GrantLimit.objects.filter(grant__persona_id=Given("persona"))
    named = limits.filter(dimension=models.GrantLimit.Dimension.PROVIDER)
    return _held().union(
        standing.tax_ids(office, on=today),
        standing.affiliations(office, named.values("value"), on=today),
        all=True,
    )


_FIRST_PERSONA = prepared.Query(lambda: _personas().order_by(F("kind").desc(), "pk")[:1])
_ONE_PERSONA = prepared.Query(lambda: _personas().filter(pk=Given("persona")))
_GRANTS = prepared.Query(_held)
_GRANTS_AND_OFFICE = prepared.Query(_held_in_office)


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
    )
