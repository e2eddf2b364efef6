"""Handing out and taking back: personas and grants, each change with its audit row.

The plan's desk and the operator use them, for accounts they look after (`looking_after`): nobody gives
oneself anything. Machines hold grants like people, by the same rules (`machines`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from portico.domains.access import looking_after, models, office_mails, rules
from portico.domains.access.clients import rows as clients
from portico.domains.access.officers import standing
from portico.domains.access.officers.standing import Cause
from portico.domains.access.rules import CannotGrant
from portico.domains.accounts import users
from portico.domains.accounts.credentials import usernames
from portico.domains.accounts.joining import invitations
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor, GrantState, PersonaKind
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue

__all__ = ["CannotGrant", "NewGrant", "NewPersona", "add_grant", "add_person", "end_grant", "suspend_persona"]

NO_GRANTS: Final = "the plan's own staff hold what their desk holds, no grants"


@dataclass(frozen=True, slots=True)
class NewGrant:
    """A grant to be made; empty limits leave a dimension open, tax IDs must be named. Both ends count.

    `hands_out`: of managing users, the functions that may be handed out by it.
    """

    function: Function
    tax_ids: tuple[str, ...]
    first_on: date
    last_on: date | None = None
    lines: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    state: str = GrantState.ACTIVE
    hands_out: tuple[Function, ...] = ()


@dataclass(frozen=True, slots=True)
class NewPersona:
    """A persona to be made: of an office (its key), or of a plan desk."""

    kind: str
    office: str = ""
    desk: str = ""
    grants: Sequence[NewGrant] = ()


def add_person(*, actor: Actor, user: users.NewUser, personas: Sequence[NewPersona]) -> int:
    """Make a user with its personas and grants, all or nothing, and answer the user's id.

    Without a username one is made from the name; without a password the person is invited by mail. Their
    offices are told of whom a desk of the plan adds. Raises BadUsername, UsernameTaken, WeakPassword,
    MayNotVerify, CannotInvite, CannotGrant, UnknownOffice, NotPermitted.
    """
    with permit(actor, Function.PROVISIONING, lately=True) as given:
        user_id = users.make(given, _with_name(user))
        office_ids = [add_persona(given, user_id, persona) for persona in personas]
        for office_id in office_ids:
            standing.welcome(given, office_id)
        given.note_subject("user", str(user_id))
        if user.password is None:
            invitations.invite(given, user_id=user_id, office_id=next(iter(office_ids), None))
        if actor.desk is not None:
            office_mails.tell(given, user_id, office_mails.ADDED)
        given.conclude("person_invited" if user.password is None else "person_added")
        return user_id


def desks_to_give(*, actor: Actor) -> tuple[Desk, ...]:
    """The plan's desks that the actor may give somebody. Raises NotPermitted."""
    with permit(actor, Function.PROVISIONING, lately=True) as given:
        given.conclude("desks_listed")
        return tuple(desk for desk in Desk if rules.may_appoint(actor, desk))


def add_grant(*, actor: Actor, persona_id: int, new: NewGrant) -> int:
    """Give a persona of an office one grant more, and answer its number.

    Raises UnknownPerson, OutOfReach, CannotGrant, NotPermitted.
    """
    with looking_after.act(actor, Function.PROVISIONING, _owner(persona_id)) as given:
        persona = models.Persona.objects.select_related("office").get(pk=persona_id)
        if persona.office is None:
            raise CannotGrant(NO_GRANTS)
        lent = clients.tax_ids(persona.office_id or 0, on=actor.today)
        grant_id = give(given, persona, offices.find(persona.office.key), new, lent=lent)
        standing.welcome(given, persona.office_id)
        given.note_subject("grant", str(grant_id))
        given.conclude("grant_added")
        return grant_id


def end_grant(*, actor: Actor, grant_id: int) -> bool:
    """End a persona's grant now, for good; False when it ended already.

    An office that loses its last administrator by it is settled. Raises UnknownPerson for a grant that no
    persona has, OutOfReach, NotPermitted.
    """
    persona_id = models.Grant.objects.filter(pk=grant_id).values_list("persona_id", flat=True).first()
    with looking_after.act(actor, Function.PROVISIONING, _owner(persona_id)) as given:
        is_ended = end(given, grant_id)
        _settle(given, persona_id, Cause.GRANT_ENDED, is_done=is_ended)
        return is_ended


def add_persona(given: Permit, user_id: int, new: NewPersona) -> int | None:
    """Give the user a persona with its grants, within a permit. Raises CannotGrant, UnknownOffice.

    Answers the number of its office; None for the plan's own staff.
    """
    kind = PersonaKind(new.kind)
    if kind is PersonaKind.PLAN_STAFF:
        rules.check_desk(given.actor, new.desk)
    office = offices.find(new.office) if new.office else None
    persona = models.Persona.objects.create(
        user_id=user_id,
        kind=kind,
        office_id=office.id if office else None,
        desk=new.desk,
        created_at=given.actor.asked_at,
    )
    lent = clients.tax_ids(office.id, on=given.actor.today) if office and new.grants else ()
    for grant in new.grants:
        if office is None:
            raise CannotGrant(NO_GRANTS)
        give(given, persona, office, grant, lent=lent)
    return office.id if office else None


def give(
    given: Permit,
    holder: models.Persona | models.Machine,
    office: offices.Office,
    new: NewGrant,
    *,
    lent: Collection[str] = (),
) -> int:
    """Give a persona or machine of the office a grant, within a permit; answers its number.

    `lent`: the tax IDs that its clients let it work under. Raises CannotGrant.
    """
    _check(new, holder.kind, {*office.tax_ids, *lent})
    named = {"machine": holder} if isinstance(holder, models.Machine) else {"persona": holder}
    grant = models.Grant.objects.create(
        **named,
        function=new.function,
        state=new.state,
        first_on=new.first_on,
        last_on=new.last_on,
        granted_by=given.actor.persona_id,
        granted_at=given.actor.asked_at,
        proposed_by=given.actor.user_id if new.state == GrantState.PROPOSED else None,
    )
    models.GrantLimit.objects.bulk_create(_limits(grant, new))
    return grant.pk


def end(given: Permit, grant_id: int, *, machine: models.Machine | None = None) -> bool:
    """End the grant, of that machine where one is named, within a permit; False when none runs."""
    actor, ended = given.actor, models.Grant.State.ENDED
    running = models.Grant.objects.filter(pk=grant_id).exclude(state=ended)
    if machine is not None:
        running = running.filter(machine=machine)
    count = running.update(state=ended, ended_at=actor.asked_at, ended_by=actor.persona_id)
    given.note_subject("grant", str(grant_id))
    given.conclude("grant_ended" if count else "nothing_to_end")
    return bool(count)


def suspend_persona(*, actor: Actor, persona_id: int) -> bool:
    """Suspend the persona, in force at the next request of every open session.

    An office that loses its last administrator by it is settled. False when it was suspended before. Raises
    UnknownPerson, OutOfReach, NotPermitted.
    """
    with looking_after.act(actor, Function.PROVISIONING, _owner(persona_id)) as given:
        running = models.Persona.objects.filter(pk=persona_id, suspended_at__isnull=True)
        count = running.update(suspended_at=actor.asked_at)
        _settle(given, persona_id, Cause.SUSPENDED, is_done=bool(count))
        given.note_subject("persona", str(persona_id))
        given.conclude("persona_suspended" if count else "nothing_to_suspend")
        return bool(count)


def _settle(given: Permit, persona_id: int | None, cause: Cause, *, is_done: bool) -> None:
    """An administrator's office is seen to; an end user's has lost nobody who manages it."""
    if not is_done:
        return
    held = models.Persona.objects.filter(pk=persona_id or 0, kind=models.Persona.Kind.ADMINISTRATOR)
    for office_id in held.values_list("office_id", flat=True):
        standing.settle(given, office_id, cause=cause)


def _owner(persona_id: int | None) -> int:
    """The user who has the persona; a number nobody has where there is none."""
    whose = models.Persona.objects.filter(pk=persona_id or 0).values_list("user_id", flat=True)
    return whose.first() or 0


def _with_name(user: users.NewUser) -> users.NewUser:
    if user.username:
        return user
    return replace(user, username=usernames.suggested(user.first_name, user.last_name))


def _check(new: NewGrant, kind: str, tax_ids: Collection[str]) -> None:
    if new.state not in rules.BEGINNING:
        raise CannotGrant(f"a grant begins proposed or active, not {new.state}")
    rules.check_days(new.first_on, new.last_on)
    rules.check_function(new.function, kind)
    rules.check_hands_out(new.function, new.hands_out)
    rules.check_tax_ids(new.tax_ids, tax_ids)
    if new.lines:
        rules.check_known(new.lines, catalogue.line_names(), "line of business")
    if new.regions:
        rules.check_known(new.regions, [region.code for region in catalogue.regions()], "region")


def _limits(grant: models.Grant, new: NewGrant) -> list[models.GrantLimit]:
    dimensions = models.GrantLimit.Dimension
    named = (
        (dimensions.TAX_ID, new.tax_ids),
        (dimensions.LINE, new.lines),
        (dimensions.REGION, new.regions),
        (dimensions.PROVIDER, new.providers),
        (dimensions.FUNCTION, new.hands_out),
    )
    return [
        models.GrantLimit(grant=grant, dimension=dimension, value=value)
        for dimension, values in named
        for value in sorted(set(values))
    ]
