"""Deposits: what an office found in its bank, matched with the plan's payments by number and amount.

Trace-number reassociation for offices without software that does it: the number of a check or a transfer
stands in the bank's statement and in the remittance. A match is never kept: it follows the payments as they
come in and are taken back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.claims import deadlines, deposit_rules, models, payment_numbers
from portico.domains.claims.deposit_rules import Standing
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared import pages
from portico.shared.pages import Page

PAGE = 50
MOST_AT_ONCE = 1000


class DepositNotFound(LookupError):
    """There is no such deposit under a tax ID of this actor."""


@dataclass(frozen=True, slots=True)
class NewDeposit:
    """A deposit to note; the amount is above nothing."""

    number: str
    amount: Decimal
    deposited_on: date


@dataclass(frozen=True, slots=True)
class DepositView:
    """A deposit and how it stands. `payment_id`, `paid` and `paid_on` are of the payment of its number."""

    id: UUID
    tax_id: str
    number: str
    amount: Decimal
    deposited_on: date
    noted_at: datetime
    standing: Standing
    payment_id: UUID | None = None
    paid: Decimal | None = None
    paid_on: date | None = None

    @property
    def difference(self) -> Decimal:
        """How much more was deposited than paid; nothing where there is no payment."""
        return Decimal(0) if self.paid is None else self.amount - self.paid

    @property
    def shortfall(self) -> Decimal:
        """How much less was deposited than paid."""
        return -self.difference


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of deposits noted together: new ones, and those whose number was noted before."""

    new: int
    known: int


def note(*, actor: Actor, tax_id: str, deposits: Sequence[NewDeposit]) -> Noted:
    """Note deposits of a tax ID, at most MOST_AT_ONCE; a number that was noted before stays as it is.

    Raises NotPermitted.
    """
    with permit(actor, Function.REMITTANCE, tax_id=tax_id) as given:
        made = [_row(given, tax_id, each) for each in deposits[:MOST_AT_ONCE]]
        rows = {row.number_key: row for row in made}
        known = models.Deposit.objects.filter(tax_id=tax_id, number_key__in=rows).count()
        models.Deposit.objects.bulk_create(rows.values(), ignore_conflicts=True)
        given.conclude("deposits_noted")
        return Noted(new=len(rows) - known, known=known)


def listed(*, actor: Actor, after: str = "", size: int = PAGE) -> Page[DepositView]:
    """Deposits, the latest first; `after` is the key of the page before. Two queries, and the plan's hours.

    Raises NotPermitted.
    """
    with permit(actor, Function.REMITTANCE) as given:
        rows = list(_older(mine(given), after).order_by("-deposited_on", "-pk")[: size + 1])
        cut = pages.cut(rows, size=size, key_of=lambda row: row.public_id.hex)
        given.conclude("deposits_listed")
        return Page(views(given, cut.rows), cut.next_key)


def remove(*, actor: Actor, deposit: UUID) -> None:
    """Take back a deposit that was noted by mistake. Raises DepositNotFound, NotPermitted."""
    with permit(actor, Function.REMITTANCE) as given:
        gone, _ = mine(given).filter(public_id=deposit).delete()
        given.conclude("deposit_removed" if gone else "not_found")
    if not gone:
        raise DepositNotFound


def mine(given: Permit) -> "QuerySet[models.Deposit]":
    """The deposits the permit reaches."""
    return models.Deposit.objects.filter(scoping.q(given, tax_id="tax_id"))


def views(given: Permit, rows: Sequence[models.Deposit]) -> tuple[DepositView, ...]:
    """Deposits, each with how it stands today. One query, and the plan's hours."""
    paid, before = _payments(rows), overdue_before(given.actor.today, deposit_rules.TRANSFER_DAYS)
    return tuple(_view(row, paid.get((row.tax_id, row.number_key), ()), before) for row in rows)


def is_matched() -> Exists:
    """For a query of deposits: is there a payment of its number, to the cent?"""
    same = {name: OuterRef(name) for name in ("tax_id", "number_key", "amount")}
    return Exists(models.Payment.objects.filter(**same))


def overdue_before(today: date, days: int) -> date:
    """Before this day, what should follow within so many business days of the plan is overdue."""
    return deposit_rules.overdue_before(today, days, deadlines.workdays())


def _row(given: Permit, tax_id: str, new: NewDeposit) -> models.Deposit:
    return models.Deposit(
        tax_id=tax_id,
        trace_number=payment_numbers.canonical(new.number),
        number_key=payment_numbers.key(new.number),
        amount=new.amount,
        deposited_on=new.deposited_on,
        persona_id=given.actor.persona_id or 0,
        noted_at=given.actor.asked_at,
    )


def _payments(rows: Iterable[models.Deposit]) -> dict[tuple[str, str], list[models.Payment]]:
    """The payments of these deposits' numbers, the latest last."""
    numbers = {(row.tax_id, row.number_key) for row in rows}
    found: dict[tuple[str, str], list[models.Payment]] = {}
    told = models.Payment.objects.filter(
        tax_id__in={tax_id for tax_id, _ in numbers}, number_key__in={key for _, key in numbers}
    )
    for payment in told.order_by("paid_on", "pk"):
        found.setdefault((payment.tax_id, payment.number_key), []).append(payment)
    return found


def _view(row: models.Deposit, payments: Sequence[models.Payment], before: date) -> DepositView:
    equal = [payment for payment in payments if payment.amount == row.amount]
    payment = next(reversed(equal or payments), None)
    return DepositView(
        id=row.public_id,
        tax_id=row.tax_id,
        number=row.trace_number,
        amount=row.amount,
        deposited_on=row.deposited_on,
        noted_at=row.noted_at,
        standing=deposit_rules.standing(
            amount=row.amount,
            deposited_on=row.deposited_on,
            paid=payment.amount if payment else None,
            overdue_before=before,
        ),
        payment_id=payment.public_id if payment else None,
        paid=payment.amount if payment else None,
        paid_on=payment.paid_on if payment else None,
    )


def _older(rows: "QuerySet[models.Deposit]", after: str) -> "QuerySet[models.Deposit]":
    try:
        last = rows.filter(public_id=UUID(after)).values_list("deposited_on", "pk").first() if after else None
    except ValueError:
        last = None
    if last is None:
        return rows
    return rows.filter(Q(deposited_on__lt=last[0]) | Q(deposited_on=last[0], pk__lt=last[1]))
