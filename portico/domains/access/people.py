"""People as those see them who look after their accounts: found, listed, and one with all its steps.

The plan's desk finds everybody, an office's administrator the people of the own office and of them only what
they are there. Nothing of a patient is here.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.access import held_personas, looking_after, models
from portico.domains.access.delegating import grants
from portico.domains.access.held_personas import PersonaHeld
from portico.domains.access.looking_after import UnknownPerson
from portico.domains.accounts import finding, standings
from portico.domains.accounts.finding import Sought
from portico.domains.accounts.joining import provisioning
from portico.domains.accounts.proving import deciders
from portico.domains.accounts.second_factors import factor_resets
from portico.domains.accounts.second_factors.factor_resets import Request
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.reasons import FixedBy
from portico.shared import pages

__all__ = [
    "PAGE",
    "Holding",
    "Listed",
    "Person",
    "PersonaHeld",
    "Sought",
    "UnknownPerson",
    "named",
    "one",
    "page",
]

PAGE = finding.PAGE


@dataclass(frozen=True, slots=True)
class Holding:
    """Whom to list by what they act as, and by a function given them, open or not; None: whatever it is."""

    kind: PersonaKind | None = None
    function: Function | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One person in a list."""

    row: standings.Row
    personas: tuple[PersonaHeld, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the account step by step, what it acts as, and what the actor may do about it.

    `may_change`: the actor may look after this account. `may_vouch`: nothing but that keeps the actor from
    vouching for who it is. `reset` is the request for a reset of the factors that waits for a second person;
    `has_factors`: there is something to reset.
    """

    account: provisioning.Account
    personas: tuple[PersonaHeld, ...]
    may_change: bool
    may_vouch: bool
    has_factors: bool
    reset: Request | None = field(default=None)


def page(
    *,
    actor: Actor,
    function: Function,
    sought: Sought | None = None,
    office: str = "",
    holding: Holding | None = None,
    key: str = "",
    size: int = PAGE,
) -> pages.Page[Listed]:
    """The people within reach, the newest first; `office` is part of an office's name, or its key.

    `holding` narrows it to those who act so, or hold a function today. Raises NotPermitted.
    """
    with permit(actor, function) as given:
        among = _among(given, office, holding or Holding())
        found = finding.page(given, sought=sought or Sought(), among=among, key=key, size=size)
        held = held_personas.of(given, [row.user_id for row in found.rows])
        given.conclude("people_listed")
        listed = tuple(Listed(row, held.get(row.user_id, ())) for row in found.rows)
        return pages.Page(listed, found.next_key)


def one(*, actor: Actor, function: Function, user_id: int, lately: bool = False) -> Person:
    """The person of that number; `lately`: what will be asked next is sensitive.

    Raises UnknownPerson, NotPermitted.
    """
    with permit(actor, function, lately=lately) as given:
        person = _person(given, user_id) if looking_after.is_found(given, user_id) else None
        given.conclude("not_found" if person is None else "person_shown")
        if person is not None:
            given.note_subject("user", str(user_id))
            return person
    raise UnknownPerson("there is nobody of this number")


def named(*, actor: Actor, username: str) -> int:
    """The number of the user of that name, for the plan. Raises UnknownPerson, NotPermitted."""
    with permit(actor, Function.PROVISIONING) as given:
        user_id = finding.number_of(username)
        given.conclude("not_found" if user_id is None else "person_found")
        if user_id is not None:
            given.note_subject("user", str(user_id))
            return user_id
    raise UnknownPerson(f"there is no user {username}")


def _among(given: Permit, office: str, holding: Holding) -> "QuerySet[Any, Any] | None":
    is_plan = looking_after.reached(given) is None
    if is_plan and not office and holding == Holding():
        return None
    among = models.Persona.objects.filter(_acting(holding))
    if holding.function is not None:
        held = grants.rows(given.actor.today).filter(persona=OuterRef("pk"), function=holding.function)
        among = among.filter(Exists(held))
    if not is_plan:
        return among.filter(office_id=given.actor.office_id or 0, suspended_at__isnull=True).values("user_id")
    if office:
        among = among.filter(Q(office__key=office.lower()) | Q(office__name__icontains=office))
    return among.values("user_id")


def _acting(holding: Holding) -> Q:
    return Q(kind=holding.kind) if holding.kind is not None else Q()


def _person(given: Permit, user_id: int) -> Person | None:
    personas = held_personas.of(given, [user_id]).get(user_id, ())
    is_asked = any(persona.asks_identity for persona in personas)
    account = provisioning.one(given, user_id, identity_asked=is_asked)
    if account is None:
        return None
    return Person(
        account=account if any(held.office_key for held in personas) else _mended_by_plan(account),
        personas=personas,
        may_change=looking_after.may(given.actor, user_id),
        may_vouch=deciders.hindrance(given.actor, user_id) is None,
        has_factors=factor_resets.has_any(user_id),
        reset=factor_resets.open_one(given, user_id),
    )


def _mended_by_plan(account: provisioning.Account) -> provisioning.Account:
    """Whoever works for no office has no administrator to turn to."""
    found = account.stuck
    if found is None or found.by is not FixedBy.ADMINISTRATOR:
        return account
    return replace(account, stuck=replace(found, by=FixedBy.PLAN))
