"""Who may agree that somebody's second factors are taken away: always another person than who asked. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk


class Hindrance(StrEnum):
    """Why this person may not agree; stable codes."""

    OWN_ACCOUNT = "own_account"
    ASKED_ONESELF = "asked_oneself"
    INVITED_EACH_OTHER = "invited_each_other"
    CAME_SINCE = "came_since"
    OPERATIONS_DECIDE = "operations_decide"
    PLAN_DECIDES = "plan_decides"


@dataclass(frozen=True, slots=True)
class About:
    """Whose factors: the desks of the plan and the offices that the user has personas of."""

    desks: Collection[str]
    offices: Collection[int]


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties the actor to the request, as far as we know.

    The actor is the person whose factors they are, or the one who asked; one of asker and actor invited the
    other; the actor's account was not there yet when it was asked.
    """

    is_owner: bool
    has_asked: bool
    is_of_one_hand: bool
    came_since: bool


def hindrance(actor: Actor, about: About, ties: Ties) -> Hindrance | None:
    """What keeps the actor from agreeing; None when nothing does.

    For the plan's own staff somebody of operations agrees. For an office's people its administrator does, or
    the plan; for somebody who works for several offices the plan alone. Whoever asks makes no second person
    for it: neither by inviting one, nor by an account opened since.
    """
    is_plan, offices = actor.desk is not None, set(about.offices)
    found = (
        (ties.is_owner, Hindrance.OWN_ACCOUNT),
        (ties.has_asked, Hindrance.ASKED_ONESELF),
        (ties.is_of_one_hand, Hindrance.INVITED_EACH_OTHER),
        (ties.came_since, Hindrance.CAME_SINCE),
        (bool(about.desks) and actor.desk is not Desk.OPERATIONS, Hindrance.OPERATIONS_DECIDE),
        (not is_plan and offices != {actor.office_id}, Hindrance.PLAN_DECIDES),
    )
    return next((each for is_so, each in found if is_so), None)
