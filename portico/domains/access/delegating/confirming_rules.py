"""Who may confirm what somebody proposed: always another person, of whom the plan asks it. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Hindrance(StrEnum):
    """Why something is not the actor's to confirm; stable codes."""

    OWN_ACCOUNT = "own_account"
    DESK_ABOVE = "desk_above"
    PROPOSED_BY_YOU = "proposed_by_you"
    PLAN_CONFIRMS = "plan_confirms"
    BEYOND_CEILING = "beyond_ceiling"


@dataclass(frozen=True, slots=True)
class Facts:
    """Who asks: of the plan; whose access it is, or below the desk of whose it is; who proposed it.

    `plan_confirms`: the plan has kept it to itself. `is_beyond`: the actor could not give all of it.
    """

    is_plan: bool = False
    is_owner: bool = False
    is_below: bool = False
    is_proposer: bool = False
    plan_confirms: bool = False
    is_beyond: bool = False


class MayNotConfirm(PermissionError):
    """It is somebody else's to confirm; `hindrance` says why."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance
        self.code = str(hindrance)


def hindrance(facts: Facts) -> Hindrance | None:
    """What keeps the actor from confirming it; None: nothing does."""
    found = (
        (facts.is_owner, Hindrance.OWN_ACCOUNT),
        (facts.is_below, Hindrance.DESK_ABOVE),
        (facts.is_proposer, Hindrance.PROPOSED_BY_YOU),
        (facts.plan_confirms and not facts.is_plan, Hindrance.PLAN_CONFIRMS),
        (facts.is_beyond, Hindrance.BEYOND_CEILING),
    )
    return next((each for is_so, each in found if is_so), None)
