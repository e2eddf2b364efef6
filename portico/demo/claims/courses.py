"""How claims go: when one comes, what it waits for, and what the plan does with it in the end."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from portico.demo.chance import Chance, Weighted
from portico.demo.claims.deciding import Refusal
from portico.demo.claims.visits import Visit
from portico.domains.claims import rules
from portico.domains.claims.facts.adjusted import Group

_WEDNESDAY, _WEEK = 2, 7


class Fate(StrEnum):
    """What the plan does with a claim in the end."""

    PAID = "paid"
    DENIED = "denied"
    PARTLY = "partly"
    ADJUSTED = "adjusted"
    REVERSED = "reversed"
    REPLACED = "replaced"
    PENDED = "pended"


_FATES: Final = Weighted(
    [
        (Fate.PAID, 77),
        (Fate.DENIED, 10),
        (Fate.PARTLY, 4),
        (Fate.ADJUSTED, 3),
        (Fate.REVERSED, 1.5),
        (Fate.REPLACED, 2.5),
        (Fate.PENDED, 2),
    ]
)
NO_AUTHORIZATION: Final = Refusal(Group.CONTRACT, "197")
MISSING: Final = Refusal(Group.CONTRACT, "16", ("N382",))
TOO_LATE: Final = Refusal(Group.CONTRACT, "29")
TWICE: Final = Refusal(Group.OTHER, "18", ("N522",))
BUNDLED: Final = Refusal(Group.CONTRACT, "97", ("M15",))
_REFUSALS: Final = Weighted(
    [
        (NO_AUTHORIZATION, 26),
        (MISSING, 20),
        (TWICE, 14),
        (Refusal(Group.CONTRACT, "50", ("N115",)), 12),
        (Refusal(Group.CONTRACT, "22", ("MA04",)), 12),
        (Refusal(Group.CONTRACT, "252", ("M127",)), 10),
        (Refusal(Group.CONTRACT, "B7", ("N570",)), 6),
    ]
)
_REASONS: Final = tuple(rules.PEND_REASONS)


@dataclass(frozen=True, slots=True)
class Course:
    """How one claim goes: its fate, when it comes, how long it takes, what it waits for if at all.

    It is paid on the next Wednesday, or on `paid_on`.
    """

    fate: Fate
    received_on: date
    takes: int = 12
    refusal: Refusal = NO_AUTHORIZATION
    pend_reason: str = ""
    paid_on: date | None = None

    @property
    def decided_on(self) -> date:
        """The day its decision is made."""
        return self.received_on + timedelta(days=self.takes)

    @property
    def pays_on(self) -> date:
        """The day of the payment that tells of it."""
        return self.paid_on or pay_day(self.decided_on)


def draw(chance: Chance, visit: Visit) -> Course:
    """A course for the visit: most claims come within two weeks and are paid within three."""
    lag = chance.between(2, 16) if chance.happens(0.9) else chance.between(17, 85)
    takes = chance.between(6, 21) if chance.happens(0.92) else chance.between(22, 62)
    waits, reason = chance.happens(0.12), chance.pick(_REASONS)
    fate, refusal = _FATES.pick(chance), _REFUSALS.pick(chance)
    pend_reason = reason if waits or fate is Fate.PENDED else ""
    return Course(fate, visit.ends_on + timedelta(days=lag), takes, refusal, pend_reason)


def pay_day(on: date) -> date:
    """The plan pays on Wednesdays: that day, or the first one after it."""
    return on + timedelta(days=(_WEDNESDAY - on.weekday()) % _WEEK)
