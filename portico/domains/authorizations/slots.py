"""Times at which reviewers of the plan can talk with a peer: offered by themselves, withdrawn while free."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from portico.domains.authorizations import models
from portico.domains.authorizations.facts.talks import CannotTalk, FreeSlot, OwnSlot, Refusal
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

SHORTEST: Final = 10
LONGEST: Final = 120
"""Minutes of a talk."""
AHEAD: Final = timedelta(days=90)
NOTICE: Final = timedelta(hours=1)
"""So long before it begins a time can be booked last."""
MOST_SHOWN: Final = 60
_BOOKED: Final = models.Conversation.State.BOOKED


class UnknownSlot(LookupError):
    """The reviewer offers no such time."""


def offer(*, actor: Actor, on: date, begins: time, ends: time, minutes: int, zone: ZoneInfo) -> int:
    """Offer talks one after the other between two times of a day in that zone; answers how many are new.

    A last one that would not end in time is left out; times offered before stay. Raises CannotTalk,
    NotPermitted.
    """
    now = actor.asked_at.date()
    near = min(max(on, now - AHEAD), now + 2 * AHEAD)  # no instant is beyond the calendar
    first, last = (datetime.combine(near, each, zone).astimezone(UTC) for each in (begins, ends))
    refusal = _refusal(actor.asked_at, first, last, minutes)
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        count = 0 if refusal else _offered(actor, first, last, timedelta(minutes=minutes))
        given.conclude("slots_offered" if count else "no_slot_offered")
    if refusal is not None:
        raise CannotTalk(refusal)
    return count


def own(*, actor: Actor) -> tuple[OwnSlot, ...]:
    """What the reviewer offers from now on, in order. Two queries. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        rows = _mine(actor).filter(ends_at__gt=actor.asked_at)
        booked = models.Conversation.objects.filter(slot__in=rows, state=_BOOKED)
        numbers = dict(booked.values_list("slot_id", "authorization__number"))
        given.conclude("slots_shown")
        return tuple(
            OwnSlot(row.public_id, row.starts_at, row.ends_at, numbers.get(row.pk, "")) for row in rows
        )


def withdraw(*, actor: Actor, slot: UUID) -> None:
    """Take back a time nobody booked. Raises UnknownSlot, CannotTalk, NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        row = _mine(actor).select_for_update().filter(public_id=slot).first()
        is_booked = row is not None and row.conversations.filter(state=_BOOKED).exists()
        if row is not None and not is_booked:
            _withdraw(row, actor.asked_at)
        given.conclude("not_found" if row is None else "slot_booked" if is_booked else "slot_withdrawn")
    if row is None:
        raise UnknownSlot
    if is_booked:
        raise CannotTalk(Refusal.BOOKED_BEFORE)


def free(at: datetime) -> tuple[FreeSlot, ...]:
    """The next times that can be booked at an instant, in order. One query."""
    rows = open_rows(at).exclude(conversations__state=_BOOKED).order_by("starts_at", "pk")[:MOST_SHOWN]
    return tuple(FreeSlot(row.public_id, row.starts_at, row.ends_at, row.reviewer) for row in rows)


def open_rows(at: datetime) -> "QuerySet[models.Slot]":
    """The times that are offered and not too near, booked or not."""
    return models.Slot.objects.filter(withdrawn_at__isnull=True, starts_at__gte=at + NOTICE)


def _withdraw(row: models.Slot, at: datetime) -> None:
    """Gone, or kept as withdrawn where talks that did not take place name it."""
    if row.conversations.exists():
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
    else:
        row.delete()


def _mine(actor: Actor) -> "QuerySet[models.Slot]":
    return models.Slot.objects.filter(persona_id=actor.persona_id or 0, withdrawn_at__isnull=True)


def _offered(actor: Actor, first: datetime, last: datetime, length: timedelta) -> int:
    persona_id = actor.persona_id or 0
    mine = models.Slot.objects.filter(persona_id=persona_id, starts_at__lt=last, ends_at__gt=first)
    taken = list(mine.values_list("starts_at", "ends_at"))
    new = [
        models.Slot(persona_id=persona_id, reviewer=actor.name[:160], starts_at=start, ends_at=end)
        for start, end in _cut(first, last, length)
        if not any(start < other_end and other_start < end for other_start, other_end in taken)
    ]
    models.Slot.objects.bulk_create(new, ignore_conflicts=True)  # sent twice at once: kept once
    return len(new)


def _cut(first: datetime, last: datetime, length: timedelta) -> Iterator[tuple[datetime, datetime]]:
    start = first
    while start + length <= last:
        yield start, start + length
        start += length


def _refusal(at: datetime, first: datetime, last: datetime, minutes: int) -> Refusal | None:
    stops = (
        (Refusal.LENGTH, not SHORTEST <= minutes <= LONGEST),
        (Refusal.ORDER, last < first + timedelta(minutes=minutes)),
        (Refusal.PAST, first <= at),
        (Refusal.TOO_FAR, first > at + AHEAD),
    )
    return next((refusal for refusal, stands in stops if stands), None)
