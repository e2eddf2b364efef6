"""Whose access the actor may change: never the own, and of administrators those of no wider reach."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from portico.domains.access import looking_after
from portico.domains.access.delegating import ceiling
from portico.domains.access.delegating.acting import Whose
from portico.domains.access.delegating.refusals import BeyondCeiling
from portico.domains.access.delegating.sets import FunctionAccess, Held
from portico.domains.access.looking_after import OutOfReach
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit


class Hindrance(StrEnum):
    """Why somebody's access is not the actor's to change; stable codes."""

    OWN_ACCOUNT = "own_account"
    DESK_ABOVE = "desk_above"
    BEYOND_CEILING = "beyond_ceiling"


def of_user(given: Permit, user_id: int) -> Hindrance | None:
    """What keeps the actor from changing anything that user holds; None: nothing."""
    return of_users(given, (user_id,))[user_id]


def of_users(given: Permit, user_ids: Collection[int]) -> Mapping[int, Hindrance | None]:
    """The same for each of these users. One query for the plan's desk, none for an administrator."""
    every = set(user_ids)
    others = every - {given.actor.user_id}
    is_plan = ceiling.is_plan(given.actor)
    within = looking_after.may_each(given.actor, others) if is_plan and others else others
    above = dict.fromkeys(every - within, Hindrance.DESK_ABOVE)
    own = dict.fromkeys(every - others, Hindrance.OWN_ACCOUNT)
    return {**dict.fromkeys(within), **above, **own}


def hindrance(given: Permit, whose: Whose, held: Held) -> Hindrance | None:
    """What keeps the actor from changing that persona; None: nothing but the ceiling of what is given."""
    found = of_user(given, whose.persona.user_id)
    return found or (Hindrance.BEYOND_CEILING if _is_above(given, whose, held) else None)


def check_user(given: Permit, user_id: int) -> None:
    """What that user holds is the actor's to change. Raises OutOfReach."""
    found = of_user(given, user_id)
    if found is not None:
        raise OutOfReach(f"nobody changes what they hold themselves, nor what a desk above holds: {found}")


def check(given: Permit, whose: Whose, held: Held) -> None:
    """That persona is the actor's to change. Raises OutOfReach, BeyondCeiling."""
    check_user(given, whose.persona.user_id)
    if _is_above(given, whose, held):
        raise BeyondCeiling


def check_taking(
    given: Permit, whose: Whose, taken: Sequence[FunctionAccess], *, lent: frozenset[str]
) -> None:
    """All of it could be given by the one who takes it away. Raises BeyondCeiling."""
    reach, alive = ceiling.of(given, whose.office), lent.union(whose.office.tax_ids)
    beyond = [each.item for each in taken if not reach.takes(each.item, alive=alive)]
    if beyond:
        raise BeyondCeiling([fault for item in beyond for fault in reach.faults(item)])


def _is_above(given: Permit, whose: Whose, held: Held) -> bool:
    """Does the persona manage users further than the actor could make anybody do?"""
    managing = [each.item for each in held.running if each.function is Function.MANAGE_USERS]
    reach, alive = ceiling.of(given, whose.office), frozenset(whose.office.tax_ids)
    return any(not reach.takes(item, alive=alive) for item in managing)
