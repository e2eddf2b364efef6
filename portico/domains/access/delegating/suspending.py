"""Suspending what somebody acts as, and restoring it with what it held. The account itself stays as it is.

In force at the next request of every open session. Any administrator of the office may suspend an end user;
restoring gives again, so it takes somebody who could give all of it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from portico.domains.access import models
from portico.domains.access.delegating import acting, ceiling, grants, reaching, records
from portico.domains.access.delegating.acting import Whose
from portico.domains.access.delegating.sets import Held, Item
from portico.domains.access.officers import standing
from portico.domains.access.officers.standing import Cause, LastAdministrator
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.permit import Permit
from portico.shared import pages

__all__ = ["LastAdministrator", "Suspended", "restore", "suspend", "suspend_within", "suspended"]

PAGE = 20
SUSPENDED, RESTORED = "suspended", "restored"


@dataclass(frozen=True, slots=True)
class Suspended:
    """A persona that was taken away, whose, and when."""

    persona_id: int
    user_id: int
    kind: PersonaKind
    name: str
    username: str
    suspended_at: datetime


def suspend(*, actor: Actor, persona_id: int) -> bool:
    """Suspend the persona; False when it was suspended before.

    Raises UnknownPerson, OutOfReach, BeyondCeiling, LastAdministrator, NotPermitted.
    """
    with acting.act(actor) as given:
        return suspend_within(given, persona_id)


def suspend_within(
    given: Permit, persona_id: int, *, kind: str = SUSPENDED, cause: str = Cause.SUSPENDED
) -> bool:
    """The same within a permit of whoever may manage users there.

    `kind` is what the history says of it, `cause` how an administrator went (officers.standing).
    """
    whose = acting.whose(given, persona_id)
    held = grants.held(whose.persona, on=given.actor.today)
    reaching.check(given, whose, held)
    if whose.persona.suspended_at is not None:
        given.conclude("nothing_to_suspend")
        return False
    refusal = standing.hindrance(given, persona_id) if whose.kind is PersonaKind.ADMINISTRATOR else None
    if refusal is not None:
        raise refusal
    _set(whose, given.actor.asked_at)
    records.tell(given, whose.persona, kind, before=held.running)
    if whose.kind is PersonaKind.ADMINISTRATOR:
        standing.settle(given, whose.office.id, cause=cause)
    return True


def restore(*, actor: Actor, persona_id: int) -> bool:
    """Restore the persona with every grant that still runs; False when it was not suspended.

    Raises UnknownPerson, OutOfReach, BeyondCeiling, NotPermitted.
    """
    with acting.act(actor) as given:
        whose = acting.whose(given, persona_id)
        held = grants.held(whose.persona, on=actor.today)
        reaching.check(given, whose, held)
        if whose.persona.suspended_at is None:
            given.conclude("nothing_to_restore")
            return False
        ceiling.check(ceiling.of(given, whose.office), _alive(given, whose, held))
        _set(whose, None)
        records.tell(given, whose.persona, RESTORED, before=held.running)
        standing.welcome(given, whose.office.id)
        return True


def suspended(*, actor: Actor, office: str = "", key: str = "", size: int = PAGE) -> pages.Page[Suspended]:
    """The personas of the office that were taken away, the newest first; `office`: its key, for the plan.

    Raises UnknownOffice, NotPermitted.
    """
    with acting.act(actor, lately=False) as given:
        found = acting.reached(given).filter(
            office=acting.office_for(given, office).id, suspended_at__isnull=False
        )
        found = found.filter(pk__lt=int(key)) if pages.is_row(key) else found
        rows = list(found.select_related("user").order_by("-pk")[: size + 1])
        cut = pages.cut(rows, size=size, key_of=lambda row: str(row.pk))
        given.conclude("suspended_listed")
        return pages.Page(tuple(_row(row) for row in cut.rows), cut.next_key)


def _alive(given: Permit, whose: Whose, held: Held) -> list[Item]:
    """What restoring would open: each grant as far as the office still works under its tax IDs."""
    alive = ceiling.client_tax_ids(whose.office.id, on=given.actor.today).union(whose.office.tax_ids)
    found = (
        replace(each.item, where=replace(each.item.where, tax_ids=each.item.where.tax_ids & alive))
        for each in held.running
    )
    return [item for item in found if item.where.tax_ids]


def _set(whose: Whose, at: datetime | None) -> None:
    whose.persona.suspended_at = at
    whose.persona.save(update_fields=["suspended_at"])


def _row(row: models.Persona) -> Suspended:
    user, at = row.user, row.suspended_at
    assert at is not None  # noqa: S101 - the rows were chosen so
    name = f"{user.first_name} {user.last_name}".strip()
    return Suspended(row.pk, user.pk, PersonaKind(row.kind), name, user.username, at)
