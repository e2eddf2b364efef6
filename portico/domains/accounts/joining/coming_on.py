"""Accounts on their way from being made to the first task, many at a time, for whoever follows them.

Whose they are is `access`' business: this is called within its permits (access.coming_on).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, QuerySet, Subquery

from portico.domains.accounts import models, standings
from portico.domains.accounts.joining.provisioning_rules import Facts
from portico.domains.permits.permit import Permit
from portico.shared import pages


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One account; `verified_at`: a proof of identity was first passed, `task_at`: the first task done."""

    user_id: int
    username: str
    name: str
    facts: Facts
    verified_at: datetime | None
    task_at: datetime | None


def page(
    given: Permit,
    *,
    among: "QuerySet[Any, Any]",
    did: Exists,
    key: str = "",
    size: int,
) -> pages.Page[Newcomer]:
    """The open accounts of those `among` whom `did` does not hold of, the newest first. Three queries."""
    open_ = models.User.objects.filter(pk__in=among, state__in=("pending", "active")).exclude(did)
    open_ = open_.filter(pk__lt=int(key)) if pages.is_row(key) else open_
    found = list(open_.order_by("-pk")[: size + 1])
    cut = pages.cut(found, size=size, key_of=lambda user: str(user.pk))
    return pages.Page(_newcomers(given, cut.rows), cut.next_key)


def made(
    given: Permit,
    *,
    among: "QuerySet[Any, Any]",
    first_task: Subquery,
    since: datetime,
    until: datetime,
    after: int,
    size: int,
) -> tuple[Newcomer, ...]:
    """A chunk of the accounts made from `since` until before `until`, in order; `after` is the last number
    of the chunk before. Three queries.
    """
    found = models.User.objects.filter(
        pk__in=among, created_at__gte=since, created_at__lt=until, pk__gt=after
    )
    return _newcomers(given, list(found.annotate(task_at=first_task).order_by("pk")[:size]))


def _newcomers(given: Permit, users: Sequence[models.User]) -> tuple[Newcomer, ...]:
    outlines = standings.outlines(users, given.actor.asked_at)
    return tuple(_newcomer(user, facts) for user, facts in zip(users, outlines, strict=True))


def _newcomer(user: models.User, facts: Facts) -> Newcomer:
    passed = map(datetime.fromisoformat, user.proofs.values())
    name = f"{user.first_name} {user.last_name}".strip()
    task_at = getattr(user, "task_at", None)
    return Newcomer(user.pk, user.username, name, facts, min(passed, default=None), task_at)
