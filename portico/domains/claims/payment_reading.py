"""One payment with its claims, one of its claims with all its lines, and both as a paper explains them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from portico.domains.claims import models, payment_views
from portico.domains.claims.payment_views import (
    Explanation,
    PaidClaimRow,
    PaidClaimView,
    PaymentPage,
    Totals,
)
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.shared import money, pages
from portico.shared.pages import Page

PAGE = 50
PAPER = 50
"""How many claims one explanation of payment holds."""


class PaymentNotFound(LookupError):
    """There is no such payment, or no such claim in it, for this actor."""


def read(*, actor: Actor, payment: UUID, after: str = "", size: int = PAGE) -> PaymentPage:
    """A payment and its claims in their order; `after` is the key of the page before. Five queries.

    Raises PaymentNotFound, NotPermitted.
    """
    with opened(actor, payment) as (given, row):
        if row is not None:
            seen = _rows(given, row)
            wanted = seen.filter(position__gt=int(after)) if pages.is_row(after) else seen
            some = list(wanted[: size + 1])
            given.conclude("payment_shown")
            return _page(given, row, seen, pages.cut(some, size=size, key_of=lambda each: str(each.position)))
    raise PaymentNotFound


def claim(*, actor: Actor, payment: UUID, position: int) -> PaidClaimView:
    """One claim as the payment decided it. Raises PaymentNotFound, NotPermitted."""
    with opened(actor, payment) as (given, row):
        found = (
            claims_of(given, row).select_related("claim").filter(position=position).first() if row else None
        )
        if row is not None and found is not None:
            given.conclude("paid_claim_shown")
            [shown] = _shown(given, row, [found])
            return PaidClaimView(payment_views.facts(row), shown, payment_views.decided(found))
        given.conclude("not_found")
    raise PaymentNotFound


def explain(*, actor: Actor, payment: UUID, part: int = 1) -> Explanation:
    """What a paper says of a payment: PAPER claims with all their lines, from the first of that part on.

    Raises PaymentNotFound for a part that there is not, too, and NotPermitted.
    """
    with opened(actor, payment) as (given, row):
        if row is not None:
            seen, start = _rows(given, row), (part - 1) * PAPER
            some = list(seen[start : start + PAPER]) if 0 <= start < row.claim_count else []
            if some or part == 1:
                page = _page(given, row, seen, Page(tuple(some), None))
                given.conclude("payment_explained")
                return Explanation(page, part, tuple(map(payment_views.decided, some)))
        given.conclude("not_found")
    raise PaymentNotFound


@contextmanager
def opened(
    actor: Actor, payment: UUID, *, lately: bool = False
) -> Iterator[tuple[Permit, models.Payment | None]]:
    """A payment through a permit; None where this actor has none such. `lately`: it is taken home."""
    with permit(actor, Function.REMITTANCE, lately=lately) as given:
        in_reach = scoping.q(given, tax_id="tax_id")
        row = models.Payment.objects.filter(in_reach, public_id=payment).first()
        if row is None:
            given.conclude("not_found")
        else:
            given.note_subject("payment", row.trace_number)
        yield given, row


def claims_of(given: Permit, row: models.Payment) -> "QuerySet[models.ClaimPayment]":
    """The claims of the payment that the permit reaches."""
    in_reach = scoping.q(given, tax_id="payment__tax_id", line="line", provider="provider_npi")
    return models.ClaimPayment.objects.filter(in_reach, payment=row)


def _rows(given: Permit, row: models.Payment) -> "QuerySet[models.ClaimPayment]":
    return claims_of(given, row).select_related("claim").order_by("position")


def is_deposited() -> Exists:
    """For a query of payments: did the office note the money, under the payment's number, to the cent?"""
    same = {name: OuterRef(name) for name in ("tax_id", "number_key", "amount")}
    return Exists(models.Deposit.objects.filter(**same))


def is_whole(given: Permit, row: models.Payment) -> bool:
    """May every claim of the payment be seen? One query."""
    return claims_of(given, row).count() == row.claim_count


def _page(
    given: Permit,
    row: models.Payment,
    seen: "QuerySet[models.ClaimPayment]",
    some: Page[models.ClaimPayment],
) -> PaymentPage:
    totals = _totals(seen)
    is_part = totals.count < row.claim_count
    adjustments = tuple(map(payment_views.adjustment, row.adjustments.all()))
    deposit = models.Deposit.objects.filter(
        tax_id=row.tax_id, number_key=row.number_key, amount=row.amount
    ).first()
    row.is_deposited = deposit is not None  # type: ignore[attr-defined]
    return PaymentPage(
        payment=payment_views.facts(row),
        claims=Page(_shown(given, row, some.rows), some.next_key),
        totals=totals,
        is_part=is_part,
        adjusted=sum((each.amount for each in adjustments), Decimal(0)),
        papers=max(1, -(-totals.count // PAPER)),
        adjustments=() if is_part else adjustments,
        deposited_on=deposit.deposited_on if deposit else None,
    )


def _totals(seen: "QuerySet[models.ClaimPayment]") -> Totals:
    told = seen.order_by().aggregate(
        count=Count("pk"), billed=Sum("billed"), paid=Sum("paid"), member_share=Sum("member_share")
    )
    return Totals(told.pop("count"), **{name: amount or money.ZERO for name, amount in told.items()})


def _shown(
    given: Permit, row: models.Payment, claims: Iterable[models.ClaimPayment]
) -> tuple[PaidClaimRow, ...]:
    """The claims as rows; notes every member shown. What opens a claim itself is decided once a line."""
    open_to: dict[tuple[str, str], bool] = {}
    shown = []
    for each in claims:
        if each.member_id:
            given.note_subject("member", each.member_id)
        key = (each.line, each.provider_npi)
        if key not in open_to:
            asked = Question(
                Function.CLAIMS_INQUIRY, row.tax_id, each.line or None, each.provider_npi or None
            )
            open_to[key] = decide(given.actor, asked).allowed
        shown.append(payment_views.claim_row(each, is_open=open_to[key]))
    return tuple(shown)
