"""For whom somebody of a billing company works now: the own office or one client, and the open switch."""

from dataclasses import dataclass

from portico.domains.offices import offices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit


@dataclass(frozen=True, slots=True)
class Worked:
    """One side: an office's number and name, the own one or a client's; `is_current`: worked for now."""

    office_id: int
    name: str
    is_own: bool
    is_current: bool


def sides(*, actor: Actor) -> tuple[Worked, ...]:
    """The own office, then the clients by name; without clients there is nothing to choose: empty.

    Raises NotPermitted.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        given.conclude("sides_listed")
        return _sides(actor)


def current(actor: Actor) -> str:
    """The name of the office that is worked for; "" for whoever works for the own one alone.

    One query for whoever works for clients, and none for anybody else.
    """
    side = actor.context.get("side", "")
    if not works_elsewhere(actor) or not side:
        return ""
    return offices.names([int(side)]).get(int(side), "")


def switch(*, actor: Actor, office_id: int) -> bool:
    """May the actor work for this office from now on? Audited either way; False for any other.

    Raises NotPermitted.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        is_one = may_work_for(actor, office_id)
        given.note_subject("office", str(office_id))
        given.conclude("side_switched" if is_one else "side_not_own")
        return is_one


def may_work_for(actor: Actor, office_id: int) -> bool:
    """Is it one of the sides there are to choose? No query."""
    clients = clients_of(actor)
    return bool(clients) and office_id in {actor.office_id, *clients}


def works_elsewhere(actor: Actor) -> bool:
    """Does the actor hold anything for a client, on this side or another? No query."""
    here = {each.tax_id for each in actor.standing.lent}
    holds = any(not here.isdisjoint(grant.tax_ids) for grant in actor.held.all)
    return bool(clients_of(actor)) and bool(actor.standing.other_sides or holds)


def clients_of(actor: Actor) -> tuple[int, ...]:
    """The clients whose work goes on, by number. No query."""
    return tuple(map(int, actor.context.get("clients", "").split()))


def _sides(actor: Actor) -> tuple[Worked, ...]:
    clients = clients_of(actor)
    if not clients or actor.office_id is None:
        return ()
    own, side = actor.office_id, actor.context.get("side", "")
    names = offices.names([own, *clients])
    ordered = (own, *sorted(clients, key=lambda each: (names[each], each)))
    return tuple(Worked(each, names[each], each == own, str(each) == side) for each in ordered)
