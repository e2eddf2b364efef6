"""The queue of offices that would like to take part: what waits, as it is due, and what was answered."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Count, Q, QuerySet

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import models
from portico.domains.registration.catalogue_rows import AccountType
from portico.domains.registration.network_rules import OPEN, Stage
from portico.shared import pages

SIZE: Final = 25
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_KEY: Final = re.compile(r"([0-9]{1,17})-([0-9]{1,18})", re.ASCII)


class Which(StrEnum):
    """Which wishes are looked at: all that wait, those of them one has taken, or what was answered."""

    WAITING = "waiting"
    MINE = "mine"
    ANSWERED = "answered"


class Who(StrEnum):
    """Who it was, or who has it, for whoever asks."""

    NOBODY = "nobody"
    YOU = "you"
    A_COLLEAGUE = "a_colleague"


@dataclass(frozen=True, slots=True)
class Row:
    """A wish in a list; `is_late`: it is, or was answered, past due."""

    number: int
    kind: AccountType
    office_name: str
    specialty: str
    stage: Stage
    made_at: datetime
    due_at: datetime
    decided_at: datetime | None
    is_late: bool
    assigned: Who


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of wishes; how many wait in all, how many of these are late, and how many who asks has taken."""

    page: pages.Page[Row]
    waiting: int
    late: int
    mine: int


def queue(*, actor: Actor, which: Which = Which.WAITING, after: str = "", size: int = SIZE) -> Queue:
    """Wishes in the order in which they are due; answered ones with the latest answer first.

    `after` is the key of the page before. Raises NotPermitted.
    """
    with permit(actor, Function.NETWORK_REVIEW) as given:
        waiting, mine = models.NetworkRequest.objects.filter(state__in=OPEN), Q(assigned_to=actor.user_id)
        late = Count("pk", filter=Q(due_at__lt=actor.asked_at))
        counted = waiting.aggregate(waiting=Count("pk"), late=late, mine=Count("pk", filter=mine))
        if which is Which.ANSWERED:
            rows = _answered(after)
        else:
            rows = _by_due(waiting.filter(mine) if which is Which.MINE else waiting, after)
        cut = pages.cut(list(rows[: size + 1]), size=size, key_of=_key)
        given.conclude("network_queue_shown")
        page = pages.Page(tuple(row_of(row, actor) for row in cut.rows), cut.next_key)
        return Queue(page, counted["waiting"], counted["late"], counted["mine"])


def row_of(row: models.NetworkRequest, actor: Actor) -> Row:
    """The wish as a list shows it to whoever asks."""
    return Row(
        number=row.pk,
        kind=AccountType(row.kind),
        office_name=row.office_name,
        specialty=row.specialty,
        stage=Stage(row.state),
        made_at=row.made_at,
        due_at=row.due_at,
        decided_at=row.decided_at,
        is_late=(row.decided_at or actor.asked_at) > row.due_at,
        assigned=who(row.assigned_to, actor),
    )


def who(user_id: int | None, actor: Actor) -> Who:
    """Who that user is to whoever asks."""
    if user_id is None:
        return Who.NOBODY
    return Who.YOU if user_id == actor.user_id else Who.A_COLLEAGUE


Wishes = QuerySet[models.NetworkRequest]


def _by_due(waiting: Wishes, after: str) -> Wishes:
    """Those after the row of that key; all of them for what is no key."""
    found = _place(after)
    later = Q(due_at__gt=found[0]) | Q(due_at=found[0], pk__gt=found[1]) if found else Q()
    return waiting.filter(later).order_by("due_at", "pk")


def _answered(after: str) -> Wishes:
    found = _place(after)
    before = Q(decided_at__lt=found[0]) | Q(decided_at=found[0], pk__lt=found[1]) if found else Q()
    answered = models.NetworkRequest.objects.filter(before, decided_at__isnull=False)
    return answered.order_by("-decided_at", "-pk")


def _place(key: str) -> tuple[datetime, int] | None:
    found = _KEY.fullmatch(key)
    return (_BEGINNING + int(found[1]) * _TICK, int(found[2])) if found else None


def _key(row: models.NetworkRequest) -> str:
    return f"{((row.decided_at or row.due_at) - _BEGINNING) // _TICK}-{row.pk}"
