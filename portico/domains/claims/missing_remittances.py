"""What is missing between bank and remittance: money without its 835, 835s without their money, claims said
paid that are in no payment.

Of payments, only those are looked at that came since an office began to note deposits under their tax ID:
before that it says nothing that none was noted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Min, Q

from portico.domains.claims import deposit_rules, deposits, models, payment_reading, payment_views
from portico.domains.claims.deposit_rules import Standing
from portico.domains.claims.deposits import DepositView
from portico.domains.claims.payment_views import PaymentFacts
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

MOST: Final = 100
"""How many of each are listed, the oldest first."""


@dataclass(frozen=True, slots=True)
class SaidPaid:
    """A claim the core system says is paid, of which no payment came in."""

    claim_id: UUID
    claim_number: str
    patient_control_number: str
    patient_name: str
    member_id: str
    tax_id: str
    paid: Decimal
    said_on: date


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing today, at most MOST of each; `watched` are the tax IDs deposits were noted under.

    `without_remittance` are deposits whose 835 is overdue, `differing` those whose payment has another
    amount, `without_deposit` payments whose money nobody noted, `without_payment` claims.
    """

    without_remittance: tuple[DepositView, ...]
    differing: tuple[DepositView, ...]
    without_deposit: tuple[PaymentFacts, ...]
    without_payment: tuple[SaidPaid, ...]
    watched: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Is everything where it should be?"""
        return not any((self.without_remittance, self.differing, self.without_deposit, self.without_payment))


def report(*, actor: Actor) -> Missing:
    """What is missing for the tax IDs of this actor. Raises NotPermitted."""
    with permit(actor, Function.REMITTANCE) as given:
        since = _since(given)
        unmatched = _unmatched(given)
        without_payment = _without_payment(given)
        for claim in without_payment:
            given.note_subject("member", claim.member_id)
        given.conclude("missing_shown")
        return Missing(
            without_remittance=tuple(each for each in unmatched if each.standing is Standing.OVERDUE),
            differing=tuple(each for each in unmatched if each.standing is Standing.DIFFERS),
            without_deposit=_without_deposit(given, since),
            without_payment=without_payment,
            watched=tuple(since),
        )


def _since(given: Permit) -> dict[str, date]:
    """Since when deposits were noted, by tax ID."""
    told = deposits.mine(given).order_by("tax_id").values_list("tax_id").annotate(first=Min("deposited_on"))
    return dict(told)


def _unmatched(given: Permit) -> Sequence[DepositView]:
    """The oldest deposits that no payment matches to the cent."""
    rows = deposits.mine(given).filter(~deposits.is_matched()).order_by("deposited_on", "pk")
    return deposits.views(given, list(rows[: 2 * MOST]))


def _without_deposit(given: Permit, since: dict[str, date]) -> tuple[PaymentFacts, ...]:
    today, watched = given.actor.today, Q(pk__in=[])
    for tax_id, first in since.items():
        watched |= Q(tax_id=tax_id, paid_on__gte=first)
    check = Q(method=deposit_rules.CHECK)
    late = Q(paid_on__lt=deposits.overdue_before(today, deposit_rules.TRANSFER_DAYS)) & ~check
    late |= Q(paid_on__lt=deposits.overdue_before(today, deposit_rules.CHECK_DAYS)) & check
    rows = models.Payment.objects.filter(watched, late, ~payment_reading.is_deposited(), amount__gt=0)
    rows = rows.exclude(method=deposit_rules.NO_MONEY).order_by("paid_on", "pk")
    return tuple(map(payment_views.facts, rows[:MOST]))


def _without_payment(given: Permit) -> tuple[SaidPaid, ...]:
    """Claims said paid longer ago than a remittance may take, as far as claims may be seen."""
    before = deposits.overdue_before(given.actor.today, deposit_rules.TRANSFER_DAYS)
    in_reach = scoping.q(given, tax_id="tax_id", line="line", provider="provider_npi")
    rows = models.Claim.objects.filter(
        in_reach, status="paid", payment=None, paid__gt=0, stated_on__lt=before
    ).order_by("stated_on", "pk")
    return tuple(map(_said_paid, rows[:MOST]))


def _said_paid(row: models.Claim) -> SaidPaid:
    return SaidPaid(
        claim_id=row.public_id,
        claim_number=row.claim_number,
        patient_control_number=row.patient_control_number,
        patient_name=f"{row.patient_first_name} {row.patient_last_name}".strip(),
        member_id=row.member_id,
        tax_id=row.tax_id,
        paid=row.paid or Decimal(0),
        said_on=row.stated_on,
    )
