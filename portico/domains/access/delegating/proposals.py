"""What waits to be confirmed, as those see it who are asked to; and since when."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from portico.domains.access import models
from portico.domains.access.delegating import acting, ceiling, confirming, grants, naming, reaching
from portico.domains.access.delegating.acting import Whose
from portico.domains.access.delegating.ceiling_rules import Ceiling
from portico.domains.access.delegating.confirming_rules import Hindrance
from portico.domains.access.delegating.reaching import Hindrance as Closed
from portico.domains.access.delegating.sets import FunctionAccess
from portico.domains.access.officers import presence
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor, GrantState, PersonaKind
from portico.domains.permits.permit import Permit
from portico.domains.plan import policy
from portico.shared import pages

PAGE = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one person proposed for another.

    `proposed_by` is the name of who did, "" for nobody of that office. `hindrance` None: the actor may
    confirm it.
    """

    persona_id: int
    user_id: int
    kind: PersonaKind
    name: str
    username: str
    office_name: str
    grants: tuple[FunctionAccess, ...]
    proposed_by: str
    proposed_at: datetime
    hindrance: Hindrance | None


def waiting(*, actor: Actor, key: str = "", size: int = PAGE) -> pages.Page[Waiting]:
    """What waits in the actor's office; for the plan what waits for it. The latest first.

    Raises NotPermitted.
    """
    with acting.act(actor, lately=False) as given:
        pairs = _pairs(given, key)[: size + 1]
        cut = pages.cut(list(pairs), size=size, key_of=lambda pair: str(pair["last"]))
        given.conclude("proposals_listed")
        return pages.Page(_shown(given, cut.rows), cut.next_key)


def _pairs(given: Permit, key: str) -> "QuerySet[Any, Any]":
    """Whom something was proposed for, and by whom, with the number of the last of it."""
    found = _rows(given).filter(persona__in=acting.reached(given).filter(suspended_at__isnull=True))
    if ceiling.is_plan(given.actor) and policy.current().access.confirmed_by != confirming.BY_PLAN:
        found = found.filter(~Exists(_others(given)))
    pairs = found.values("persona_id", "proposed_by").annotate(last=Max("pk"), at=Max("granted_at"))
    pairs = pairs.filter(last__lt=int(key)) if pages.is_row(key) else pairs
    return pairs.order_by("-last")


def _rows(given: Permit) -> "QuerySet[models.Grant]":
    return grants.rows(given.actor.today).filter(state=GrantState.PROPOSED)


def _others(given: Permit) -> "QuerySet[models.Persona]":
    """The administrators of the office who are neither whose access it is, nor who proposed it."""
    here = presence.present(given.actor.today).filter(office=OuterRef("persona__office"))
    return here.filter(~Q(user=OuterRef("persona__user")), ~Q(user=OuterRef("proposed_by")))


def _shown(given: Permit, pairs: Sequence[Mapping[str, Any]]) -> tuple[Waiting, ...]:
    """The pairs as they are shown. As many queries for many as for few."""
    rows = models.Persona.objects.filter(pk__in=[pair["persona_id"] for pair in pairs])
    rows = rows.select_related("user", "office").prefetch_related("office__tax_ids")
    whose = {row.pk: _whose(row) for row in rows}
    proposed: dict[tuple[int | None, int | None], list[models.Grant]] = defaultdict(list)
    for row in _rows(given).filter(persona__in=whose).prefetch_related("limits").order_by("pk"):
        proposed[row.persona_id, row.proposed_by].append(row)
    told = _Told(
        naming.names({each.office.id for each in whose.values()}, [pair["proposed_by"] for pair in pairs]),
        reaching.of_users(given, {each.persona.user_id for each in whose.values()}),
        ceiling.of_each(given, {each.office.id: each.office for each in whose.values()}.values()),
    )
    return tuple(
        _one(given, whose[pair["persona_id"]], proposed[pair["persona_id"], pair["proposed_by"]], pair, told)
        for pair in pairs
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What every row of a page is told by: names, what closes a user to the actor, ceilings by office."""

    names: Mapping[int, str]
    closed: Mapping[int, Closed | None]
    reach: Mapping[int, Ceiling]


def _whose(row: models.Persona) -> Whose:
    assert row.office is not None  # noqa: S101 - the rows were chosen so
    return Whose(row, offices.of_row(row.office))


def _one(
    given: Permit, whose: Whose, proposed: Sequence[models.Grant], pair: Mapping[str, Any], told: _Told
) -> Waiting:
    row, user = whose.persona, whose.persona.user
    closed, reach = told.closed[row.user_id], told.reach[whose.office.id]
    return Waiting(
        persona_id=row.pk,
        user_id=row.user_id,
        kind=whose.kind,
        name=f"{user.first_name} {user.last_name}".strip(),
        username=user.username,
        office_name=whose.office.name,
        grants=tuple(map(grants.read, proposed)),
        proposed_by=told.names.get(pair["proposed_by"], ""),
        proposed_at=pair["at"],
        hindrance=confirming.why_not(given, proposed, closed=closed, reach=reach),
    )
