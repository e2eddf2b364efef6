"""Who may say that somebody is who they are said to be: nobody of oneself, nor of whom one has invited."""

from collections.abc import Callable
from enum import StrEnum

from portico.domains.accounts.proving import one_person
from portico.domains.permits.actors import Actor

LooksAfter = Callable[[Actor, int], bool]
"""May the actor look after the account of the user of that number (access.looking_after.may)?"""


class Hindrance(StrEnum):
    """Why somebody else has to decide; stable codes."""

    OWN_CASE = "own_case"
    INVITED_ONESELF = "invited_oneself"
    OUT_OF_REACH = "out_of_reach"


def hindrance(actor: Actor, user_id: int) -> Hindrance | None:
    """What keeps the actor from speaking for that user, whoever looks after the account; None: nothing."""
    own = actor.user_id or 0
    if one_person.is_same(own, user_id):
        return Hindrance.OWN_CASE
    return Hindrance.INVITED_ONESELF if one_person.has_invited(own, user_id) else None


def stops(actor: Actor, user_id: int, looks_after: LooksAfter) -> Hindrance | None:
    """The same for a case that any of the desk may open: it is decided by whom the account is in reach of."""
    found = hindrance(actor, user_id)
    if found is None and not looks_after(actor, user_id):
        return Hindrance.OUT_OF_REACH
    return found
