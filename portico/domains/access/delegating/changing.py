"""Changing what somebody may do: the main set as a whole, or one grant beside it. In force at once.

What changes is told to the person, and kept with how it was before (history).
"""

from collections.abc import Sequence

from portico.domains.access import models
from portico.domains.access.delegating import acting, grants, reaching, sets, writing
from portico.domains.access.delegating.refusals import BeyondCeiling, CannotGive, ChangedMeanwhile
from portico.domains.access.delegating.sets import ANCHORS, Access, FunctionAccess, Held, Item
from portico.domains.access.delegating.writing import Written
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit

__all__ = ["BeyondCeiling", "CannotGive", "ChangedMeanwhile", "Written", "add", "change", "end_one"]

CHANGED, GRANTED, ENDED = "changed", "granted", "ended"


def change(*, actor: Actor, persona_id: int, access: Access, seen: str = "") -> Written:
    """Let the persona's main set be this one; what it holds besides stays.

    `seen`: the mark of what the one who asks had read (sets.Held); "" overwrites whatever is there. Raises
    UnknownPerson, OutOfReach, ChangedMeanwhile, CannotGive, BeyondCeiling, LastAdministrator, NotPermitted.
    """
    with acting.act(actor) as given:
        whose = acting.whose(given, persona_id)
        held = grants.held(whose.persona, on=actor.today)
        reaching.check(given, whose, held)
        if seen and seen != held.mark:
            raise ChangedMeanwhile("somebody else changed this access meanwhile")
        if access.kind is not whose.kind:
            raise CannotGive("not_for_this_persona")
        return writing.hold(given, whose, held, sets.items(sets.whole(access)), kind=CHANGED)


def end_one(*, actor: Actor, grant_id: int) -> bool:
    """End one grant of somebody, for good; False when it ended already.

    The one a main set hangs on is not ended by itself: the persona is suspended. Raises UnknownPerson for a
    grant nobody of an office has, OutOfReach, CannotGive, BeyondCeiling, LastAdministrator, NotPermitted.
    """
    with acting.act(actor) as given:
        found = models.Grant.objects.filter(pk=grant_id).values_list("persona_id", flat=True)
        whose = acting.whose(given, found.first() or 0)
        held = grants.held(whose.persona, on=actor.today)
        reaching.check(given, whose, held)
        ended = [each for each in held.running if each.grant_id == grant_id]
        if not ended:
            given.conclude("nothing_to_end")
            return False
        _check_ending(held, ended[0])
        writing.end(given, whose, held, ended, kind=ENDED)
        return True


def add(
    given: Permit, *, persona_id: int, items: Sequence[Item], kind: str = GRANTED, tells: bool = True
) -> Written:
    """Give the persona these items beside what it holds, within a permit of whoever may manage users there.

    `kind` is what the history says of it; not `tells`: the person is told by whoever asks for this. Raises as
    `change` does.
    """
    whose = acting.whose(given, persona_id)
    held = grants.held(whose.persona, on=given.actor.today)
    reaching.check(given, whose, held)
    return writing.add(given, whose, held, items, kind=kind, tells=tells)


def _check_ending(held: Held, ended: FunctionAccess) -> None:
    if held.main is None or ended not in held.grants:
        return
    if ended.function is ANCHORS[held.main.kind]:
        raise CannotGive("always_on", ended.function)
