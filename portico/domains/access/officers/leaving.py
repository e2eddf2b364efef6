"""Naming who takes over, and leaving: an administrator gives the duty up, alone or with all they do there.

The last one leaves only where somebody takes over at that moment. A successor is named by an administrator
who holds the whole office, because that is what the successor will hold (rules.reaches_whole_office).
"""

from dataclasses import dataclass
from enum import StrEnum

from portico.domains.access import models
from portico.domains.access.officers import presence, promoting, rules, standing
from portico.domains.access.officers.standing import Cause, LastAdministrator, Settled
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

__all__ = ["CannotName", "LastAdministrator", "Left", "What", "leave", "name"]


class What(StrEnum):
    """What is given up: managing users, or everything one does for the office."""

    DUTY = "duty"
    OFFICE = "office"


class CannotName(ValueError):
    """This one cannot be named successor, or not by this administrator; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Left:
    """How the office stands after it, and a persona the one who left may go on as; None without one."""

    office: Settled
    goes_on_as: int | None


def name(*, actor: Actor, user_id: int | None) -> None:
    """Name who becomes administrator when the last one is gone; None: nobody.

    Raises CannotName, NotPermitted.
    """
    with permit(actor, Function.MANAGE_USERS, lately=True) as given:
        fault = _fault(given, user_id)
        if not fault:
            _name(given, user_id)
            return given.conclude("successor_named" if user_id else "successor_unnamed")
        given.conclude(fault)
    raise CannotName(fault)


def leave(*, actor: Actor, what: What, successor: int | None = None) -> Left:
    """Give up what the actor does for the office; `successor`, named now, takes over where nobody is left.

    Raises LastAdministrator where nobody could, CannotName, NotPermitted.
    """
    with permit(actor, Function.MANAGE_USERS, lately=True) as given:
        fault = "" if successor is None else _fault(given, successor)
        hindrance = None if fault else _last(given, successor)
        if not fault and hindrance is None:
            if successor is not None:
                _name(given, successor)
            return _leave(given, what)
        given.conclude(fault or LastAdministrator.code)
    raise hindrance or CannotName(fault)


def _name(given: Permit, user_id: int | None) -> None:
    row = presence.hold(given.actor.office_id or 0)
    row.successor, row.named_by, row.named_at = user_id, given.actor.user_id, given.actor.asked_at
    row.save(update_fields=["successor", "named_by", "named_at"])
    if user_id is not None:
        given.note_subject("user", str(user_id))


def _fault(given: Permit, user_id: int | None) -> str:
    """Why this one cannot be named by the actor; "" when it can. Nobody can always be named."""
    if user_id is None:
        return ""
    if not rules.reaches_whole_office(given.actor):
        return "reach_too_narrow"
    office_id = given.actor.office_id or 0
    if user_id == given.actor.user_id or not promoting.works_there(office_id, user_id):
        return "not_found"
    today = given.actor.today
    if not promoting.holds_something(office_id, user_id, on=today):
        return "nothing_counts"
    return "" if promoting.may_succeed(office_id, user_id, on=today) else "was_administrator"


def _last(given: Permit, successor: int | None) -> LastAdministrator | None:
    """Why the actor cannot go: nobody else is there, and nobody would take over."""
    hindrance = standing.hindrance(given, given.actor.persona_id or 0)
    if hindrance is None:
        return None
    office_id = given.actor.office_id or 0
    named = successor or presence.hold(office_id).successor
    can = promoting.may_succeed(office_id, named or 0, on=given.actor.today)
    return None if can and named != given.actor.user_id else hindrance


def _leave(given: Permit, what: What) -> Left:
    actor = given.actor
    own = models.Persona.objects.filter(
        user_id=actor.user_id or 0, office_id=actor.office_id or 0, suspended_at__isnull=True
    )
    left = own if what is What.OFFICE else own.filter(kind=PersonaKind.ADMINISTRATOR)
    for persona_id in left.values_list("pk", flat=True):
        given.note_subject("persona", str(persona_id))
    left.update(suspended_at=actor.asked_at)
    settled = standing.settle(given, actor.office_id, cause=Cause.LEFT)
    given.conclude("duty_left" if what is What.DUTY else "office_left")
    rest = models.Persona.objects.of(actor.user_id).order_by("-kind", "pk")
    return Left(settled, rest.values_list("pk", flat=True).first())
