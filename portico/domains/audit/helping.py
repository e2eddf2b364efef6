"""What the audit knows that helps people on: the use behind a reference, first uses, and how sign-ins ended.

No subject is read here: functions, instants and codes only. The caller's own permit is what opens it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from portico.domains.audit.models import Entry
from portico.domains.audit.rules import Outcome


@dataclass(frozen=True, slots=True)
class Use:
    """One use: what was asked, and how it ended."""

    reference: str
    at: datetime
    function: str
    tax_id: str
    line: str
    region: str
    provider: str
    outcome: str
    reasons: tuple[str, ...]

    @property
    def crashed(self) -> bool:
        """Did the portal itself fail, not the person?"""
        return self.outcome == Outcome.CRASHED


def of_reference(reference: str, *, user_id: int | None) -> Use | None:
    """The use of that reference, among those of this user; None where there is none."""
    row = Entry.objects.filter(reference=reference, user_id=user_id, user_id__isnull=False).first()
    if row is None:
        return None
    return Use(
        row.reference,
        row.at,
        row.function,
        row.tax_id,
        row.line,
        row.region,
        row.provider,
        row.outcome,
        tuple(row.reasons),
    )


def first_of(user: str, functions: Collection[str]) -> Subquery:
    """When a user first did one of these with success, for a query over users; `user` names their number."""
    return Subquery(_done(user, functions).order_by("at", "id").values("at")[:1])


def any_of(user: str, functions: Collection[str]) -> Exists:
    """Has a user done one of these with success, for a query over users?"""
    return Exists(_done(user, functions))


def conclusions(*, function: str, since: datetime, until: datetime) -> Mapping[str, int]:
    """How uses of that function by nobody's session ended, from `since` until before `until`: codes counted.

    Whoever signs in has no session yet and so no office; the index by office finds these. One query.
    """
    rows = Entry.objects.filter(
        office_id__isnull=True, at__gte=since, at__lt=until, function=function
    ).values_list("conclusion")
    return dict(rows.annotate(count=Count("pk")).order_by("conclusion"))


def _done(user: str, functions: Collection[str]) -> QuerySet[Entry]:
    return Entry.objects.filter(
        user_id=OuterRef(user), outcome=Outcome.ALLOWED, function__in=sorted(functions)
    )
