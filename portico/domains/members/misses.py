"""Searches that found nobody: counted by user for an hour, so that guessing gets slow.

Machines are not slowed down here: their contracts and rate limits are.
"""

from datetime import datetime

from portico.domains.accounts import users
from portico.domains.members import models, rules
from portico.domains.members.answers import ByMemberId, ByName, BySsn, SearchBy
from portico.domains.permits.permit import Permit

KIND = {ByMemberId: "member_id", BySsn: "ssn", ByName: "name"}


def again_at(given: Permit, by: SearchBy) -> datetime | None:
    """From when this user may search again; None: now. One query, for an SSN two.

    Searches by SSN are counted one after the other, so that many at once are no way past their limit.
    """
    user_id, now = given.actor.user_id, given.actor.asked_at
    if user_id is None:
        return None
    if isinstance(by, BySsn):
        users.take_turn(given)
    since = now - rules.MISSES_ARE_COUNTED_FOR
    recent = models.Miss.objects.filter(user_id=user_id, at__gt=since).values_list("at", "by")
    past = [rules.PastMiss(at, kind == KIND[BySsn]) for at, kind in recent]
    return rules.again_at(past, now=now, by_ssn=isinstance(by, BySsn))


def note(given: Permit, by: SearchBy) -> None:
    """Remember a miss of this user, and forget those that no longer count. Two queries."""
    user_id, now = given.actor.user_id, given.actor.asked_at
    if user_id is None:
        return
    models.Miss.objects.filter(user_id=user_id, at__lte=now - rules.MISSES_ARE_COUNTED_FOR).delete()
    models.Miss.objects.create(user_id=user_id, by=KIND[type(by)], at=now)
