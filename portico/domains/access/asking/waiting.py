"""Access requests that wait for somebody, the one due first before the others: to decide, and one's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from portico.domains.access import models
from portico.domains.access.asking import views
from portico.domains.access.delegating import acting
from portico.domains.audit import uses
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

SIZE: Final = 50
State, Step = models.AccessRequest.State, models.AccessRequest.Step


@dataclass(frozen=True, slots=True)
class WaitingRequest:
    """An open request: who asked, whether it lies with the plan, and when the step it stands at ends."""

    public_id: UUID
    who: str
    is_with_plan: bool
    due_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingRequests:
    """Those due first, and how many there are in all."""

    requests: tuple[WaitingRequest, ...]
    count: int


def to_decide(*, actor: Actor, size: int = SIZE) -> WaitingRequests:
    """What whoever decides has before them: an administrator's office, the plan's desk. Raises NotPermitted.

    Nobody decides about themselves: their own are left out.
    """
    function = acting.function_of(actor)
    with permit(actor, function) as given:
        rows = views.within_reach(given).filter(state=State.OPEN)
        if function is Function.MANAGE_USERS:
            rows = rows.exclude(step=Step.PLAN)
        return _found(given, rows.exclude(persona__user=actor.user_id or 0), size)


def own(*, actor: Actor, size: int = SIZE) -> WaitingRequests:
    """What the persona asked for, and nobody has answered yet. Raises NotPermitted."""
    with permit(actor, Function.ACCESS_REQUEST) as given:
        rows = models.AccessRequest.objects.filter(persona=actor.persona_id or 0, state=State.OPEN)
        return _found(given, rows, size)


def _found(given: Permit, rows: "QuerySet[models.AccessRequest]", size: int) -> WaitingRequests:
    columns = ("public_id", "persona__user__first_name", "persona__user__last_name", "step", "due_at")
    found = tuple(
        WaitingRequest(public_id, f"{first} {last}".strip(), step == Step.PLAN, due_at)
        for public_id, first, last, step, due_at in rows.order_by("due_at", "pk").values_list(*columns)[:size]
    )
    given.conclude(uses.GLANCED)
    return WaitingRequests(found, rows.count() if len(found) == size else len(found))
