"""The lists of the plan's desk: changes that wait as they are due, what was published and how fast, what was
not confirmed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Final

from django.db.models import Count, Q, QuerySet

from portico.domains.directory import change_rows, entries, models, upkeep_rules
from portico.domains.directory.change_rows import Row
from portico.domains.directory.entries import Entry
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import days, opening
from portico.domains.plan.business_time import Hours
from portico.shared import pages

SIZE: Final = 25
MONTHS: Final = 6
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_KEY: Final = re.compile(r"([0-9]{1,17})-([0-9]{1,18})", re.ASCII)
State = models.Change.State
Changes = QuerySet[models.Change]


class Which(StrEnum):
    """Which changes are looked at."""

    WAITING = "waiting"
    DECIDED = "decided"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of changes; how many wait in all, how many of these are late, how many the file contradicted."""

    page: pages.Page[Row]
    waiting: int
    late: int
    contradicted: int


@dataclass(frozen=True, slots=True)
class Published:
    """A published change, how many business days that took, and whether it was in time.

    Counted from when it was sent, or from its own day on where that came later.
    """

    row: Row
    took: Decimal
    in_time: bool


@dataclass(frozen=True, slots=True)
class Month:
    """What was published in a month (its first day): how many, how many in time, and business days taken."""

    begins_on: date
    count: int
    in_time: int
    median: Decimal
    longest: Decimal


@dataclass(frozen=True, slots=True)
class Log:
    """A page of what was published, the latest first, what the months of it were like, and what is late.

    `late`: accepted or not decided, and past its time now.
    """

    page: pages.Page[Published]
    months: tuple[Month, ...]
    late: int


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A page of entries that were not confirmed in time, by tax ID, and how many there are."""

    page: pages.Page[Entry]
    count: int
    offices: int


def queue(*, actor: Actor, which: Which = Which.WAITING, after: str = "", size: int = SIZE) -> Queue:
    """Changes as they are due; decided ones with the latest first. Raises NotPermitted."""
    with permit(actor, Function.DIRECTORY_REVIEW) as given:
        counted = models.Change.objects.aggregate(
            waiting=Count("pk", filter=Q(state=State.SENT)),
            late=Count("pk", filter=Q(state=State.SENT, due_at__lt=actor.asked_at)),
            contradicted=Count("pk", filter=Q(state=State.CONTRADICTED)),
        )
        rows = list(_rows(which, after).select_related("listing__place")[: size + 1])
        cut = pages.cut(rows, size=size, key_of=_key)
        given.conclude("directory_queue_shown")
        page = pages.Page(change_rows.of_all(cut.rows, at=actor.asked_at), cut.next_key)
        return Queue(page, **counted)


def log(*, actor: Actor, after: str = "", size: int = SIZE) -> Log:
    """What was published, and how fast, of the last months. Raises NotPermitted."""
    with permit(actor, Function.DIRECTORY_REVIEW) as given:
        published = models.Change.objects.filter(published_at__isnull=False)
        found = _place(after)
        before = Q(published_at__lt=found[0]) | Q(published_at=found[0], pk__lt=found[1]) if found else Q()
        rows = published.filter(before).order_by("-published_at", "-pk").select_related("listing__place")
        cut = pages.cut(list(rows[: size + 1]), size=size, key_of=_key_of_published)
        hours = opening.hours()
        shown = tuple(_published(row, hours, actor.asked_at) for row in cut.rows)
        given.conclude("directory_log_shown")
        return Log(pages.Page(shown, cut.next_key), _months(actor, published, hours), _late(actor, hours))


def unconfirmed(*, actor: Actor, after: str = "", size: int = SIZE) -> Unconfirmed:
    """The entries that were not confirmed in time. Raises NotPermitted."""
    with permit(actor, Function.DIRECTORY_REVIEW) as given:
        marked = models.Listing.objects.filter(unverified_since__isnull=False)
        counted = marked.aggregate(count=Count("pk"), offices=Count("tax_id", distinct=True))
        rows = marked.order_by("tax_id", "pk").select_related("place")
        found = marked.filter(pk=after).values_list("tax_id", "pk").first() if pages.is_row(after) else None
        if found:
            rows = rows.filter(Q(tax_id__gt=found[0]) | Q(tax_id=found[0], pk__gt=found[1]))
        cut = pages.cut(list(rows[: size + 1]), size=size, key_of=lambda row: str(row.pk))
        given.conclude("directory_unconfirmed_shown")
        page = pages.Page(entries.of_rows(cut.rows, on=actor.today), cut.next_key)
        return Unconfirmed(page, **counted)


def _rows(which: Which, after: str) -> Changes:
    found = _place(after)
    if which is Which.WAITING:
        later = Q(due_at__gt=found[0]) | Q(due_at=found[0], pk__gt=found[1]) if found else Q()
        return models.Change.objects.filter(later, state=State.SENT).order_by("due_at", "pk")
    before = Q(decided_at__lt=found[0]) | Q(decided_at=found[0], pk__lt=found[1]) if found else Q()
    decided = models.Change.objects.filter(before, decided_at__isnull=False).order_by("-decided_at", "-pk")
    return decided.filter(state=State.CONTRADICTED) if which is Which.CONTRADICTED else decided


def _published(row: models.Change, hours: Hours, at: datetime) -> Published:
    took = _took(row.sent_at, row.effective_on, row.published_at or at, hours)
    return Published(change_rows.of(row, at=at), took, took <= upkeep_rules.GOAL_DAYS)


def _took(sent_at: datetime, effective_on: date, published_at: datetime, hours: Hours) -> Decimal:
    return upkeep_rules.took(
        hours, sent_at=sent_at, begins_at=days.begins(effective_on), published_at=published_at
    )


def _months(actor: Actor, published: Changes, hours: Hours) -> tuple[Month, ...]:
    """The last six months, the latest first; one in which nothing was published is absent."""
    since = days.begins(_months_back(actor.today, MONTHS - 1))
    rows = published.filter(published_at__gte=since).order_by("published_at")
    by_month: dict[date, list[Decimal]] = {}
    for sent_at, effective_on, at in rows.values_list("sent_at", "effective_on", "published_at"):
        if at is not None:
            by_month.setdefault(days.of(at).replace(day=1), []).append(
                _took(sent_at, effective_on, at, hours)
            )
    return tuple(_month(begins_on, by_month[begins_on]) for begins_on in sorted(by_month, reverse=True))


def _month(begins_on: date, took: list[Decimal]) -> Month:
    in_time = sum(each <= upkeep_rules.GOAL_DAYS for each in took)
    return Month(begins_on, len(took), in_time, Decimal(median(took)), max(took))


def _late(actor: Actor, hours: Hours) -> int:
    """How many changes wait for the desk, or for publication, past their time."""
    accepted = models.Change.objects.filter(state=State.ACCEPTED, published_at__isnull=True)
    pairs: Iterable[tuple[datetime, date]] = accepted.filter(effective_on__lte=actor.today).values_list(
        "sent_at", "effective_on"
    )
    waiting = models.Change.objects.filter(state=State.SENT, due_at__lt=actor.asked_at).count()
    return waiting + sum(_took(*pair, actor.asked_at, hours) > upkeep_rules.GOAL_DAYS for pair in pairs)


def _months_back(on: date, months: int) -> date:
    years, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(years, month + 1, 1)


def _place(key: str) -> tuple[datetime, int] | None:
    found = _KEY.fullmatch(key)
    return (_BEGINNING + int(found[1]) * _TICK, int(found[2])) if found else None


def _key(row: models.Change) -> str:
    return _written(row.decided_at or row.due_at, row)


def _key_of_published(row: models.Change) -> str:
    return _written(row.published_at or row.sent_at, row)


def _written(at: datetime, row: models.Change) -> str:
    return f"{(at - _BEGINNING) // _TICK}-{row.pk}"
