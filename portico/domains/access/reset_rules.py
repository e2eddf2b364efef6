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
    OPERATIONS_DECIDE = "operations_decide"
    PLAN_DECIDES = "plan_decides"


@dataclass(frozen=True, slots=True)
class About:
    """Whose factors: the desks of the plan and the offices that the user has personas of."""

    desks: Collection[str]
    offices: Collection[int]


def hindrance(actor: Actor, about: About, *, is_owner: bool, has_asked: bool) -> Hindrance | None:
    """What keeps the actor from agreeing; None when nothing does.

    For the plan's own staff somebody of operations agrees. For an office's people its administrator does, or
    the plan; for somebody who works for several offices the plan alone. `is_owner`, `has_asked`: as far as we
    know the actor is the person whose factors they are, or the one who asked.
    """
    is_plan, offices = actor.desk is not None, set(about.offices)
    found = (
        (is_owner, Hindrance.OWN_ACCOUNT),
        (has_asked, Hindrance.ASKED_ONESELF),
        (bool(about.desks) and actor.desk is not Desk.OPERATIONS, Hindrance.OPERATIONS_DECIDE),
        (not is_plan and offices != {actor.office_id}, Hindrance.PLAN_DECIDES),
    )
    return next((each for is_so, each in found if is_so), None)
