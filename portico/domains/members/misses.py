"""Searches that found nobody: counted for an hour, so that guessing gets slow.

A searcher's misses count all together; a machine may miss more often than a person. Where all that is known
is asked at once, in an X12 message or a batch, searches by SSN alone count: what else is sent must agree in
two facts, and who asks for many finds nobody for many. At the FHIR door every search counts: there a number
alone finds the person, so a wrong name beside it must be no free way to try numbers.
"""

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from portico.domains.access import machines
from portico.domains.accounts import users
from portico.domains.members import matching, models, rules
from portico.domains.members.asked import (
    ByCoverageKey,
    ByFacts,
    ByKey,
    ByMemberId,
    ByName,
    BySsn,
    SearchBy,
)
from portico.domains.permits.actors import Actor, Door
from portico.domains.permits.permit import Permit

SSN: Final = "ssn"
_KIND = {ByMemberId: "member_id", BySsn: SSN, ByName: "name", ByKey: "key", ByCoverageKey: "key"}


def kind_of(by: SearchBy) -> str:
    """What a search goes by: member_id, ssn, name or key."""
    return _KIND[type(matching.way_of(by) if isinstance(by, ByFacts) else by)]


def again_at(given: Permit, by: SearchBy) -> datetime | None:
    """From when this searcher may search again; None: now. One query, for an SSN two.

    Searches by SSN are counted one after the other, so that many at once are no way past their limit.
    """
    actor, by_ssn = given.actor, kind_of(by) == SSN
    if not _is_counted(actor, by):
        return None
    if by_ssn:
        (machines if actor.user_id is None else users).take_turn(given)
    recent = _of(actor).filter(at__gt=actor.asked_at - rules.MISSES_ARE_COUNTED_FOR)
    past = [rules.PastMiss(at, kind == SSN) for at, kind in recent.values_list("at", "by")]
    free = rules.FREE_MISSES if actor.user_id is not None else rules.FREE_MISSES_OF_MACHINES
    return rules.again_at(past, now=actor.asked_at, by_ssn=by_ssn, free=free)


def note(given: Permit, by: SearchBy) -> None:
    """Remember a miss of this searcher, and forget those that no longer count. Two queries."""
    actor = given.actor
    if not _is_counted(actor, by):
        return
    _of(actor).filter(at__lte=actor.asked_at - rules.MISSES_ARE_COUNTED_FOR).delete()
    models.Miss.objects.create(
        user_id=actor.user_id, machine_id=actor.machine_id, by=kind_of(by), at=actor.asked_at
    )


def _is_counted(actor: Actor, by: SearchBy) -> bool:
    if actor.user_id is None and actor.machine_id is None:
        return False
    return kind_of(by) == SSN or actor.door is Door.FHIR or not isinstance(by, ByFacts)


def _of(actor: Actor) -> "QuerySet[models.Miss]":
    mine = Q(user_id=actor.user_id) if actor.user_id is not None else Q(machine_id=actor.machine_id)
    return models.Miss.objects.filter(mine)
