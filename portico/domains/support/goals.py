"""What people want to do, what commonly keeps them from it, and what mends that: from decide() alone. Pure.

Each common blocker is a picture (told) of somebody it is true of, and decide() says what becomes of that: so
the table of help names the very reasons and fixers that people meet, and none that does not exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portico.domains.permits.actors import Actor
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import TRAITS, Function, Holding
from portico.domains.plan.entrances import Audience
from portico.domains.support import told
from portico.domains.support.told import Told

COMMONEST: Final = Told.MISSING
"""What keeps people from one function before all else."""
EVERYWHERE: Final = (
    Told.OTHER_LINE,
    Told.NO_PATIENTS,
    Told.PROPOSED,
    Told.LOCKED,
    Told.INVITATION,
    Told.WAITS,
    Told.UNUSED,
    Told.VERIFY,
    Told.CODE,
    Told.NO_NETWORK,
    Told.REVIEW,
)
"""What keeps people from any of them."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing in the way, as somebody sees it and as decide() says it."""

    told: Told
    decision: Decision


def blocker(actor: Actor, function: Function) -> Blocker | None:
    """What commonly keeps people from that function; None where nobody hands it out. `actor` reads it."""
    if TRAITS[function].holding is not Holding.GRANT:
        return None
    return next(iter(_of(actor, (COMMONEST,), function)), None)


def everywhere(actor: Actor) -> tuple[Blocker, ...]:
    """What keeps people from anything; `actor` reads it."""
    return _of(actor, EVERYWHERE, Function.ELIGIBILITY)


def _of(actor: Actor, every: Sequence[Told], function: Function) -> tuple[Blocker, ...]:
    found = ((each, told.decided(actor, Audience.PROVIDER, each, function=function)) for each in every)
    return tuple(Blocker(each, said) for each, said in found if said is not None and not said.allowed)
