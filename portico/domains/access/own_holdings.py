"""Everything access keeps about a person as a user: personas, past ones too, with their grants and limits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from portico.domains.access import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit


@dataclass(frozen=True, slots=True)
class OwnGrant:
    """One grant, whatever its state; a dimension that is empty is open, save tax IDs."""

    function: str
    state: str
    first_on: date
    last_on: date | None
    granted_at: datetime
    ended_at: datetime | None
    tax_ids: tuple[str, ...]
    lines: tuple[str, ...]
    regions: tuple[str, ...]
    providers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """One persona with its grants, the oldest first."""

    kind: str
    office: str
    desk: str
    created_at: datetime
    suspended_at: datetime | None
    grants: tuple[OwnGrant, ...]


def every(*, actor: Actor) -> tuple[Holding, ...]:
    """Every persona the actor's user has or had. Raises NotPermitted, also where it is a while since they
    showed that it is they. Three queries.
    """
    with permit(actor, Function.OWN_ACCOUNT, lately=True) as given:
        personas = models.Persona.objects.filter(user_id=actor.user_id or 0)
        grants = models.Grant.objects.filter(persona__in=personas.values("pk")).prefetch_related("limits")
        of: dict[int | None, list[OwnGrant]] = defaultdict(list)
        for grant in grants.order_by("pk"):
            of[grant.persona_id].append(_grant(grant))
        given.conclude("holdings_given")
        listed = personas.select_related("office").order_by("pk")
        return tuple(_holding(persona, of[persona.pk]) for persona in listed)


def _holding(persona: models.Persona, grants: Iterable[OwnGrant]) -> Holding:
    office = persona.office.name if persona.office else ""
    when = (persona.created_at, persona.suspended_at)
    return Holding(persona.kind, office, persona.desk, *when, tuple(grants))


def _grant(row: models.Grant) -> OwnGrant:
    named: dict[str, list[str]] = defaultdict(list)
    for limit in row.limits.all():
        named[limit.dimension].append(limit.value)
    of = models.GrantLimit.Dimension
    return OwnGrant(
        function=row.function,
        state=row.state,
        first_on=row.first_on,
        last_on=row.last_on,
        granted_at=row.granted_at,
        ended_at=row.ended_at,
        tax_ids=tuple(sorted(named[of.TAX_ID])),
        lines=tuple(sorted(named[of.LINE])),
        regions=tuple(sorted(named[of.REGION])),
        providers=tuple(sorted(named[of.PROVIDER])),
    )
