"""What may be handed out: by which office, to which persona, by which desk. Pure."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from portico.domains.permits.actors import Actor, ActorKind, PersonaKind
from portico.domains.permits.functions import DESK_FUNCTIONS, GRANTABLE, TRAITS, Desk, Function

BEGINNING = ("proposed", "active")


class CannotGrant(ValueError):
    """The grant reaches further than the office or the one who grants, or mixes duties kept apart."""


def is_lately(proven_at: datetime | None, *, asked_at: datetime, minutes: int) -> bool:
    """Was it shown within these minutes that it is they? The last instant counts no more."""
    return proven_at is not None and asked_at - proven_at < timedelta(minutes=minutes)


def check_days(first_on: date, last_on: date | None) -> None:
    """A grant ends on its first day or later; both ends count. Raises CannotGrant."""
    if last_on is not None and last_on < first_on:
        raise CannotGrant(f"the grant ends on {last_on}, before it begins on {first_on}")


def check_function(function: Function, kind: str) -> None:
    """An administrator holds no patient data, and manages users; nobody else does. Raises CannotGrant."""
    if function not in GRANTABLE:
        raise CannotGrant(f"{function} is not something an office hands out")
    is_administrator = kind == PersonaKind.ADMINISTRATOR
    if TRAITS[function].phi and is_administrator:
        raise CannotGrant(f"an administrator has no patient data: {function} cannot be granted")
    if function is Function.MANAGE_USERS and not is_administrator:
        raise CannotGrant("only an administrator manages users; make an administrator persona for it")


def check_hands_out(function: Function, hands_out: Collection[Function]) -> None:
    """Only managing users says what may be handed out: what an office hands out. Raises CannotGrant."""
    if hands_out and function is not Function.MANAGE_USERS:
        raise CannotGrant(f"nothing is handed out by {function}")
    foreign = sorted(set(hands_out) - set(GRANTABLE))
    if foreign:
        raise CannotGrant(f"{', '.join(foreign)} is nothing an office hands out")


def check_tax_ids(asked: Collection[str], office_tax_ids: Collection[str]) -> None:
    """A grant names tax IDs, all of them the office's own. Raises CannotGrant."""
    foreign = sorted(set(asked) - set(office_tax_ids))
    if foreign:
        raise CannotGrant(f"the office does not bill under {', '.join(foreign)}")
    if not asked:
        raise CannotGrant("a grant names the tax IDs it reaches")


def check_known(asked: Collection[str], known: Collection[str], what: str) -> None:
    """Every line or region a grant names is one the plan has. Raises CannotGrant."""
    unknown = sorted(set(asked) - set(known))
    if unknown:
        raise CannotGrant(f"the plan has no {what} {', '.join(unknown)}")


def check_desk(actor: Actor, desk: str) -> None:
    """A desk makes colleagues of no more reach than its own; the operator of any. Raises CannotGrant."""
    if desk not in set(Desk):
        raise CannotGrant(f"the plan has no desk {desk!r}")
    if not may_appoint(actor, Desk(desk)):
        raise CannotGrant(f"only a desk that may do all that {desk} may do gives somebody that desk")


def may_appoint(actor: Actor, desk: Desk) -> bool:
    """May the actor give somebody that desk, and so look after the account of somebody who has it?"""
    if actor.kind is ActorKind.SYSTEM:
        return True
    own = DESK_FUNCTIONS[actor.desk] if actor.desk else frozenset()
    return own >= DESK_FUNCTIONS[desk]


def may_look_after(
    actor: Actor, *, user_id: int, desks: Collection[str], offices: Collection[int | None]
) -> bool:
    """May the actor change how somebody signs in?

    Never oneself; nobody whose desks it may not give; an office's administrator nobody who works elsewhere
    too. `offices` where the user works now, None for the plan.
    """
    is_elsewhere = actor.office_id is not None and not set(offices) <= {actor.office_id}
    may_give = all(may_appoint(actor, Desk(desk)) for desk in desks)
    return actor.user_id != user_id and may_give and not is_elsewhere
