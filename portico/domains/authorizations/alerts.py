"""Alerts of the clocks: before a decision is due both sides are told, and once more where it is late.

Each is told once of a due time, and stands in the ledger: WARNED so many hours before as the rule of the
request says, BREACHED after. A clock that was made longer, or that begins anew, has a due time of its own.
The plan's side is whoever has the request, else everybody whose desk decides.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.access import colleagues
from portico.domains.authorizations import clocks, ledger, models, telling
from portico.domains.authorizations.facts.shown import OPEN, Standing
from portico.domains.notifications import notices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

CHUNK: Final = 100
DUE_SOON: Final = "authorization_due_soon"
OVERDUE: Final = "authorization_overdue"
_Event = models.Event.Kind


def is_due(*, at: datetime) -> bool:
    """Is there anything to tell? At most three queries, and no row of the audit."""
    return bool(_late(at) or _soon(at))


def keep(*, actor: Actor) -> bool:
    """Tell of what is late and of what is due soon, a chunk of it; True while more may be left.

    Raises NotPermitted.
    """
    with permit(actor, Function.HOUSEKEEPING) as given:
        at = actor.asked_at
        late, soon = _late(at), _soon(at)
        told = sum([_tell(given, number, _Event.BREACHED) for number in late])
        told += sum([_tell(given, number, _Event.WARNED) for number in soon])
        given.conclude("clocks_watched" if told else "no_clock_to_tell_of")
        return bool(told) and CHUNK in (len(late), len(soon))


def _late(at: datetime) -> list[int]:
    """Open requests that are over, and of which that was not told yet."""
    return _first(_open().filter(due_at__lt=at).exclude(Exists(_told(_Event.BREACHED))))


def _soon(at: datetime) -> list[int]:
    """Open requests in whose last hours, as their rule counts them, nobody was warned yet."""
    spans = models.ClockRule.objects.order_by().values_list("warn_hours", flat=True).distinct()
    within = (Q(clock__warn_hours=hours, due_at__lte=at + timedelta(hours=hours)) for hours in spans)
    near = reduce(or_, within, Q(pk__in=[]))
    return _first(_open().filter(near, due_at__gte=at).exclude(Exists(_told(_Event.WARNED))))


def _first(rows: "QuerySet[models.Authorization]") -> list[int]:
    return list(rows.order_by("due_at", "pk").values_list("pk", flat=True)[:CHUNK])


def _open() -> "QuerySet[models.Authorization]":
    return models.Authorization.objects.filter(state__in=sorted(OPEN), due_at__isnull=False)


def _told(kind: models.Event.Kind) -> "QuerySet[models.Event]":
    return models.Event.objects.filter(authorization=OuterRef("pk"), kind=kind, due_at=OuterRef("due_at"))


def _tell(given: Permit, number: int, kind: models.Event.Kind) -> bool:
    """Write it down and tell both sides, where it is so for the request as it is locked now."""
    row, at = ledger.locked(number), given.actor.asked_at
    clock = clocks.glance(row, at)
    if clock.due_at is None or row.clock is None:
        return False
    warned_from = clock.due_at - timedelta(hours=row.clock.warn_hours)
    is_so = {
        _Event.BREACHED: clock.standing is Standing.OVERDUE,
        _Event.WARNED: clock.standing is Standing.RUNNING and at >= warned_from,
    }
    if not is_so[kind]:
        return False
    ledger.note(given, row, kind, side=ledger.Side.SYSTEM, due_at=clock.due_at)
    said = OVERDUE if kind == _Event.BREACHED else DUE_SOON
    telling.offices(given, row, said, roles=(models.Party.Role.REQUESTING,))
    context = {"authorization": str(row.public_id), "number": row.number}
    for user_id in _deciders(given, row):
        notices.tell_user(user_id=user_id, kind=f"{said}_desk", context=context, now=at)
    return True


def _deciders(given: Permit, row: models.Authorization) -> Iterable[int]:
    """The users who decide on it."""
    able = [each.user_id for each in colleagues.holding(given, Function.AUTHORIZATION_REVIEW)]
    return [row.reviewer_id] if row.reviewer_id in able else able
