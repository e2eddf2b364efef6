"""Who acts while the demo is built, at any instant: the system, a visitor, somebody who signed in.

Imported once Django is set up.
"""

from datetime import datetime

from portico.domains.access import actors as access_actors
from portico.domains.permits import actors
from portico.domains.permits.actors import Actor
from portico.domains.plan import days


class CannotFurnish(RuntimeError):
    """Something of the demo's own was refused."""


def system(at: datetime) -> Actor:
    """The operator's command."""
    return actors.system_actor("demo", asked_at=at, today=days.of(at), door=actors.Door.CLI)


def visitor(at: datetime) -> Actor:
    """Somebody who has not signed in."""
    return actors.visitor(asked_at=at, today=days.of(at))


def person(user_id: int, at: datetime, *, epoch: int = 1, has_factor: bool = True) -> Actor:
    """The user as somebody who has just shown that it is they; `epoch` is that of their sessions."""
    session = access_actors.Session(user_id, None, second_factor=has_factor, epoch=epoch, proven_at=at)
    actor = access_actors.for_session(session, asked_at=at, today=days.of(at))
    if actor is None:
        raise CannotFurnish("somebody of the demo may not sign in")
    return actor
