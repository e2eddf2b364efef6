"""What one persona, or each of somebody's personas, holds: for those who look after it."""

from dataclasses import dataclass
from datetime import datetime

from portico.domains.access import models
from portico.domains.access.delegating import acting, grants, reaching
from portico.domains.access.delegating.acting import Whose
from portico.domains.access.delegating.reaching import Hindrance
from portico.domains.access.delegating.sets import Held
from portico.domains.access.looking_after import UnknownPerson
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.permit import Permit

__all__ = ["Hindrance", "PersonaAccess", "UnknownPerson", "of_user", "one"]


@dataclass(frozen=True, slots=True)
class PersonaAccess:
    """One persona of an office with what it holds today.

    `hindrance` keeps the actor from changing it; None: nothing does, save the ceiling of each thing given.
    """

    persona_id: int
    user_id: int
    kind: PersonaKind
    name: str
    username: str
    office_id: int
    office_key: str
    office_name: str
    created_at: datetime
    suspended_at: datetime | None
    held: Held
    hindrance: Hindrance | None


def one(*, actor: Actor, persona_id: int, lately: bool = False) -> PersonaAccess:
    """The persona of that number, taken away or not; `lately`: what will be asked next is sensitive.

    Raises UnknownPerson, NotPermitted.
    """
    with acting.act(actor, lately=lately) as given:
        whose = acting.whose(given, persona_id, hold=False)
        given.conclude("access_shown")
        return _shown(given, whose)


def of_user(*, actor: Actor, user_id: int) -> tuple[PersonaAccess, ...]:
    """Every persona of that user the actor finds, the first made first, those taken away among them.

    To an administrator those of the own office. Raises UnknownPerson where there is none, NotPermitted.
    """
    with acting.act(actor, lately=False) as given:
        rows = acting.reached(given).filter(user=user_id).select_related("user", "office").order_by("pk")
        found = tuple(_shown(given, _whose(row)) for row in rows)
        if not found:
            raise UnknownPerson("nobody of an office has this number")
        given.note_subject("user", str(user_id))
        given.conclude("access_shown")
        return found


def _whose(row: models.Persona) -> Whose:
    assert row.office is not None  # noqa: S101 - the rows were chosen so
    return Whose(row, offices.of_row(row.office))


def _shown(given: Permit, whose: Whose) -> PersonaAccess:
    row, held = whose.persona, grants.held(whose.persona, on=given.actor.today)
    return PersonaAccess(
        persona_id=row.pk,
        user_id=row.user_id,
        kind=whose.kind,
        name=f"{row.user.first_name} {row.user.last_name}".strip(),
        username=row.user.username,
        office_id=whose.office.id,
        office_key=whose.office.key,
        office_name=whose.office.name,
        created_at=row.created_at,
        suspended_at=row.suspended_at,
        held=held,
        hindrance=reaching.hindrance(given, whose, held),
    )
