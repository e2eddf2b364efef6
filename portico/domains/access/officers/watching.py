"""What time alone does to officers: grants that run out, people who come at last, claims that nobody proved.

Run every hour. It finds what does not agree, and settles it; in an office where all agrees it writes nothing.
"""

from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from portico.domains.access import models
from portico.domains.access.officers import presence, promoting, recovery_rows, rules, standing, telling
from portico.domains.access.officers.rules import Refusal
from portico.domains.access.officers.standing import Cause
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

CHUNK: Final = 100
State = models.Recovery.State


def keep(*, actor: Actor) -> bool:
    """Settle a chunk of offices; True while more may be left. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        count = _settle(given) + _close(given) + _lapse(given)
        given.conclude("officers_settled" if count else "nothing_to_settle")
        return count >= CHUNK


def is_due(*, actor: Actor) -> bool:
    """Does any office not agree? Nothing is recorded where none does."""
    recoveries = models.Recovery.objects
    open_ones = recoveries.filter(ended_at=None)
    back = _there(actor).filter(office__in=open_ones.values("office"))
    return _left(actor).exists() or back.exists() or any(_stale(actor, row) for row in _claimed())


def vacant() -> dict[str, int]:
    """The offices open to recovery: their numbers, by key."""
    rows = models.Recovery.objects.filter(ended_at=None).values_list("office__key", "office_id")
    return dict(rows)


def _settle(given: Permit) -> int:
    offices = list(
        _left(given.actor).values_list("office_id", flat=True).distinct().order_by("office_id")[:CHUNK]
    )
    for office_id in offices:
        standing.settle(given, office_id, cause=Cause.EXPIRED)
    return len(offices)


def _close(given: Permit) -> int:
    open_ones = models.Recovery.objects.filter(ended_at=None).values("office")
    back = _there(given.actor).filter(office__in=open_ones).order_by("office_id")
    offices = list(back.values_list("office_id", flat=True).distinct()[:CHUNK])
    for office_id in offices:
        standing.welcome(given, office_id)
    return len(offices)


def _lapse(given: Permit) -> int:
    stale = [(row.pk, refusal) for row in _claimed() if (refusal := _stale(given.actor, row))]
    for number, refusal in stale[:CHUNK]:
        row = models.Recovery.objects.select_for_update().get(pk=number)
        if row.claimant is not None and _stale(given.actor, row) == refusal:
            telling.tell_user(given, row.claimant, f"recovery_{refusal}")
            given.note_subject("recovery", str(number))
            recovery_rows.reopen(row, refusal)
    return min(len(stale), CHUNK)


def _stale(actor: Actor, row: models.Recovery) -> Refusal | None:
    """Why a claim comes to nothing by itself; None while it goes on."""
    if row.claimant is None:
        return None
    if not promoting.works_there(row.office_id, row.claimant):
        return Refusal.GONE
    is_unproven = row.state == State.CLAIMED
    return Refusal.LAPSED if is_unproven and rules.has_lapsed(row.claimed_at, at=actor.asked_at) else None


def _claimed() -> "list[models.Recovery]":
    return list(models.Recovery.objects.filter(state__in=(State.CLAIMED, State.WAITING)).order_by("pk"))


def _there(actor: Actor) -> "QuerySet[models.Persona]":
    return presence.present(actor.today)


def _left(actor: Actor) -> "QuerySet[models.Persona]":
    """Administrators who once came, of offices that have none there and no recovery yet."""
    there = presence.present(actor.today).filter(office=OuterRef("office"))
    open_ones = models.Recovery.objects.filter(office=OuterRef("office"), ended_at=None)
    came = presence.administrators().filter(user__activated_at__isnull=False)
    return came.filter(~Exists(there), ~Exists(open_ones))
