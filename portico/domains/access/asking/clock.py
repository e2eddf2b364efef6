"""The clock of access requests: who has one is reminded, whoever does not answer passes it on, and it ends.

    first -> all -> plan, each when its business hours are over; expired when its days are

Chunk by chunk, a permit each. A request that lies with the plan stays there until it is decided or expires.
"""

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from portico.domains.access import models
from portico.domains.access.asking import asked, rules
from portico.domains.access.asking.rules import Step
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import opening, policy

A_TIME: Final = 100
State = models.AccessRequest.State


def is_due(*, now: datetime) -> bool:
    """Is there any request to expire, to pass on or to remind of?"""
    return _due(now).exists()


def turn(*, actor: Actor) -> int:
    """Expire, pass on or remind of up to a hundred requests; answers how many. 0: nothing is due any more.

    For housekeeping. Raises NotPermitted.
    """
    with permit(actor, Function.HOUSEKEEPING) as given:
        due = _due(actor.asked_at).select_related("persona")
        rows = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:A_TIME])
        for row in rows:
            _turn(given, row)
        given.conclude("access_requests_moved" if rows else "nothing_due")
        return len(rows)


def _due(at: datetime) -> "QuerySet[models.AccessRequest]":
    asks = policy.current().access
    half = rules.reminded_before(opening.hours(), at, business_hours=asks.request_hours)
    over = Q(expires_at__lte=at) | (Q(due_at__lte=at) & ~Q(step=Step.PLAN))
    to_remind = Q(reminded_at=None, due_at__lte=half) & ~Q(step=Step.PLAN)
    return models.AccessRequest.objects.filter(over | to_remind, state=State.OPEN)


def _turn(given: Permit, row: models.AccessRequest) -> None:
    at = given.actor.asked_at
    given.note_subject("request", str(row.public_id))
    if row.expires_at <= at:
        _expire(given, row)
    elif row.due_at <= at:
        _pass_on(given, row)
    else:
        _remind(given, row)


def _expire(given: Permit, row: models.AccessRequest) -> None:
    row.state, row.decided_at = State.EXPIRED, given.actor.asked_at
    row.save(update_fields=["state", "decided_at"])
    asked.tell_requester(given, row)


def _pass_on(given: Permit, row: models.AccessRequest) -> None:
    """To whom it goes next; those who were the first to be asked stay among them."""
    others = [user_id for user_id in _asked(given, row) if user_id != row.first]
    step = rules.follows(Step(row.step), others=len(others)) or Step.PLAN
    hours = policy.current().access.request_hours
    row.step, row.reminded_at = step, None
    row.due_at = rules.due_at(opening.hours(), given.actor.asked_at, business_hours=hours)
    row.save(update_fields=["step", "reminded_at", "due_at"])
    if step is Step.ALL:
        asked.tell(given, row, others)


def _remind(given: Permit, row: models.AccessRequest) -> None:
    row.reminded_at = given.actor.asked_at
    row.save(update_fields=["reminded_at"])
    present = _asked(given, row)
    first = [each for each in present if each == row.first]
    with_them = first if row.step == Step.FIRST and first else present
    asked.tell(given, row, with_them, kind=asked.REMINDED)


def _asked(given: Permit, row: models.AccessRequest) -> list[int]:
    """The administrators who could decide it today."""
    present = asked.present(row.office_id, on=given.actor.today)
    return [each.user_id for each in present if each.user_id != row.persona.user_id]
