"""Notices inside the portal: posted with the business they tell of, read by an office or by one user."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from portico.domains.notifications.models import Notice
from portico.domains.permits.permit import Permit
from portico.shared import pages

PAGE = 20


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice: its kind, which a page has words for, and identifiers that lead to what it is about."""

    id: int
    kind: str
    context: Mapping[str, Any]
    created_at: datetime
    read_at: datetime | None


def tell_office(
    *, office_id: int, kind: str, context: Mapping[str, Any], now: datetime, tax_id: str = ""
) -> None:
    """Posts a notice to everybody of an office, in the transaction that is open. Identifiers only.

    One about work under a tax ID names it: a billing company's people read it on that client's side alone.
    """
    Notice.objects.create(
        office_id=office_id, kind=kind, context=dict(context), created_at=now, tax_id=tax_id
    )


def tell_offices(
    *, office_ids: Collection[int], kind: str, context: Mapping[str, Any], now: datetime
) -> None:
    """Posts a notice to everybody of each of these offices, in the transaction that is open."""
    said = [
        Notice(office_id=number, kind=kind, context=dict(context), created_at=now)
        for number in sorted(office_ids)
    ]
    Notice.objects.bulk_create(said, batch_size=500)


def tell_user(*, user_id: int, kind: str, context: Mapping[str, Any], now: datetime) -> None:
    """Posts a notice to one user, in the transaction that is open. Identifiers only."""
    Notice.objects.create(user_id=user_id, kind=kind, context=dict(context), created_at=now)


def for_office(
    *, given: Permit, unread_only: bool = False, key: str = "", size: int = PAGE
) -> pages.Page[NoticeView]:
    """What the actor's office was told, the newest first."""
    return _page(_of_office(given), unread_only, key, size)


def for_user(
    *, given: Permit, unread_only: bool = False, key: str = "", size: int = PAGE
) -> pages.Page[NoticeView]:
    """What the actor's user was told, the newest first."""
    return _page(_of_user(given), unread_only, key, size)


def of_both(
    *, given: Permit, unread_only: bool = False, key: str = "", size: int = PAGE
) -> pages.Page[NoticeView]:
    """What the actor's office and the actor's user were told, the newest first."""
    return _page(_mine(given), unread_only, key, size)


def count_unread(*, given: Permit) -> int:
    """How many notices to the actor's office and user nobody has read."""
    return _mine(given).filter(read_at=None).count()


def mark_read(*, given: Permit, notices: Sequence[int]) -> int:
    """Notes that these were read, among those addressed to the actor; answers how many were unread."""
    unread = _mine(given).filter(pk__in=notices, read_at=None)
    return unread.update(read_at=given.actor.asked_at, read_by_user_id=given.actor.user_id)


def _page(notices: QuerySet[Notice], unread_only: bool, key: str, size: int) -> pages.Page[NoticeView]:
    wanted = notices.filter(read_at=None) if unread_only else notices
    wanted = wanted.filter(pk__lt=int(key)) if key else wanted
    found = list(wanted.order_by("-pk")[: size + 1])
    cut = pages.cut(found, size=size, key_of=lambda notice: str(notice.pk))
    return pages.Page(tuple(_view(notice) for notice in cut.rows), cut.next_key)


def _of_office(given: Permit) -> QuerySet[Notice]:
    return Notice.objects.filter(_to_office(given))


def _of_user(given: Permit) -> QuerySet[Notice]:
    return Notice.objects.filter(user_id=given.actor.user_id, user_id__isnull=False)


def _mine(given: Permit) -> QuerySet[Notice]:
    user = Q(user_id=given.actor.user_id, user_id__isnull=False)
    return Notice.objects.filter(_to_office(given) | user)


def _to_office(given: Permit) -> Q:
    """What the office was told, but for what is about a tax ID of another side, or its own no more."""
    here = Q(tax_id="") | Q(tax_id__in=given.actor.standing.tax_ids)
    return here & Q(office_id=given.actor.office_id, office_id__isnull=False)


def _view(notice: Notice) -> NoticeView:
    return NoticeView(notice.pk, notice.kind, notice.context, notice.created_at, notice.read_at)
