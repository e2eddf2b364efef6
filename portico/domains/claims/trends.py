"""Trends of an office's payments, month by month: what was paid, what was denied, how long it took.

Counted are the decisions of each month's payments, as far as their claims may be seen. Money taken back
lowers what was paid; it is no decision on a claim, and no wait.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import TruncMonth

from portico.domains.claims import models
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared import money, periods

MONTHS: Final = 12
WITHIN: Final = timedelta(days=30)
_NO_DECISION: Final = ("22", "23", "25")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Month:
    """What the payments of a month say. `first` is its first day.

    `decided` claims, of which `denied`; `timed` are those whose day of receipt is known, `within` those of
    them paid or denied in 30 days, `days` the average with one decimal, None where none is timed.
    """

    first: date
    paid: Decimal = money.ZERO
    decided: int = 0
    denied: int = 0
    timed: int = 0
    within: int = 0
    days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Trends:
    """The months, the earliest first: this one and the eleven before it, those without payments too."""

    months: tuple[Month, ...]

    @property
    def is_nothing(self) -> bool:
        """Was nothing decided, paid or taken back in all that time?"""
        return not any(month.decided or month.paid for month in self.months)


def of(*, actor: Actor, tax_id: str = "") -> Trends:
    """The trends of a tax ID, or of all of this actor's. One query. Raises NotPermitted."""
    with permit(actor, Function.REMITTANCE, tax_id=tax_id or None) as given:
        told = {row["month"]: _month(row) for row in _rows(given, actor.today)}
        given.conclude("trends_shown")
        return Trends(tuple(told.get(first, Month(first)) for first in _firsts(actor.today)))


def _rows(given: Permit, today: date) -> Iterable[Mapping[str, Any]]:
    in_reach = scoping.q(given, tax_id="payment__tax_id", line="line", provider="provider_npi")
    rows = models.ClaimPayment.objects.filter(
        in_reach,
        payment__is_whole=True,
        payment__paid_on__gte=_firsts(today)[0],
        payment__paid_on__lt=periods.month_end(today) + _DAY,
    )
    is_decision = ~Q(status__in=_NO_DECISION)
    is_denied = Q(status="4") | Q(claim__status="denied", paid=0)
    timed = is_decision & Q(received_on__isnull=False)
    took = ExpressionWrapper(F("payment__paid_on") - F("received_on"), output_field=DurationField())
    return (
        rows.annotate(month=TruncMonth("payment__paid_on"), took=took)
        .order_by()
        .values("month")
        .annotate(
            all_paid=Sum("paid"),
            decided=Count("pk", filter=is_decision),
            denied=Count("pk", filter=is_decision & is_denied),
            timed=Count("pk", filter=timed),
            within=Count("pk", filter=timed & Q(took__lte=WITHIN)),
            average=Avg("took", filter=timed),
        )
    )


def _month(row: Mapping[str, Any]) -> Month:
    return Month(
        first=row["month"],
        paid=row["all_paid"],
        decided=row["decided"],
        denied=row["denied"],
        timed=row["timed"],
        within=row["within"],
        days=_days(row["average"]),
    )


def _days(took: timedelta | None) -> Decimal | None:
    return None if took is None else Decimal(took / _DAY).quantize(Decimal("0.1"))


def _firsts(today: date) -> tuple[date, ...]:
    """The first days of the months, the earliest first."""
    begin = today.replace(day=1)
    return tuple(periods.months_before(begin, before) for before in range(MONTHS - 1, -1, -1))
