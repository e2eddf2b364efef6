"""Keeping an office administered: what follows when one of its administrators goes.

    somebody goes -> others are there        nothing, or the one who is left alone is told
                  -> a successor is named    becomes administrator at once
                  -> nobody                  the office is open to recovery (recovering)

Every act that may take an administrator away calls `settle` in its own transaction. An administrator takes
the last one away under no circumstances (`hindrance`); the plan and the clock may.
"""

from enum import StrEnum
from typing import Final

from portico.domains.access import models
from portico.domains.access.officers import presence, promoting, recovery_rows, telling
from portico.domains.permits.actors import ActorKind, PersonaKind
from portico.domains.permits.permit import Permit

ALONE: Final = "one_administrator_left"
PROMOTED: Final = "successor_promoted"


class LastAdministrator(PermissionError):
    """Without this one the office would have nobody who manages its users."""

    code = "last_administrator"


class Cause(StrEnum):
    """How an administrator went."""

    SUSPENDED = "suspended"
    GRANT_ENDED = "grant_ended"
    DISABLED = "disabled"
    UNUSED = "unused"
    LEFT = "left"
    REVIEWED = "reviewed"
    EXPIRED = "expired"


class Settled(StrEnum):
    """How the office stands now. `unmanned`: nobody has ever come to administer it."""

    SEVERAL = "several"
    ALONE = "alone"
    PROMOTED = "promoted"
    VACANT = "vacant"
    UNMANNED = "unmanned"


def settle(given: Permit, office_id: int | None, *, cause: str) -> Settled:
    """See to it that the office is administered, or open to recovery, after somebody may have gone.

    `cause`: a Cause. Without an office nothing is to be done. Call it after the change, in its permit.
    """
    if office_id is None:
        return Settled.UNMANNED
    officers = presence.hold(office_id)
    there = presence.of(office_id, on=given.actor.today)
    if there:
        recovery_rows.close(given, office_id)
        return _warn(given, there)
    if not presence.had_one(office_id):
        return Settled.UNMANNED
    if _succeed(given, officers):
        return Settled.PROMOTED
    recovery_rows.open_one(given, office_id, cause=cause)
    return Settled.VACANT


def settle_if_administrator(given: Permit, persona: models.Persona, *, cause: str) -> None:
    """The same for the office of that persona, where an administrator's it is."""
    if persona.kind == PersonaKind.ADMINISTRATOR:
        settle(given, persona.office_id, cause=cause)


def welcome(given: Permit, office_id: int | None) -> None:
    """Close the office's recovery where somebody who came, or came back, administers it again."""
    if office_id is not None and recovery_rows.is_open(office_id):
        presence.hold(office_id)
        if presence.of(office_id, on=given.actor.today):
            recovery_rows.close(given, office_id)


def hindrance(given: Permit, persona_id: int) -> LastAdministrator | None:
    """Why an administrator may not take that persona's duty away; None where it may be.

    Ask before the change, in its permit: the count is held until the transaction ends.
    """
    if given.actor.kind is ActorKind.SYSTEM or given.actor.persona_kind is PersonaKind.PLAN_STAFF:
        return None
    persona = models.Persona.objects.select_for_update().filter(pk=persona_id).first()
    if persona is None or persona.office_id is None:
        return None
    presence.hold(persona.office_id)
    is_last = presence.of(persona.office_id, on=given.actor.today) == (persona_id,)
    return LastAdministrator("the office would be left without an administrator") if is_last else None


def offices_of(user_id: int) -> tuple[int, ...]:
    """The offices the user administers, or did, by number."""
    held = presence.administrators().filter(user_id=user_id).order_by("office_id")
    return tuple(held.values_list("office_id", flat=True).distinct())


def _warn(given: Permit, there: tuple[int, ...]) -> Settled:
    if len(there) > 1:
        return Settled.SEVERAL
    telling.tell_administrators(given, there, ALONE)
    return Settled.ALONE


def _succeed(given: Permit, officers: models.Officers) -> bool:
    """Make the named successor administrator, where that is somebody who can be."""
    user_id, office_id = officers.successor, officers.office_id
    if user_id is None or not promoting.may_succeed(office_id, user_id, on=given.actor.today):
        return False
    promoting.promote(given, office_id, user_id)
    models.Officers.objects.filter(pk=officers.pk).update(successor=None, named_by=None, named_at=None)
    recovery_rows.close(given, office_id)
    telling.tell_user(given, user_id, PROMOTED)
    telling.tell_office(given, office_id, PROMOTED)
    return True
