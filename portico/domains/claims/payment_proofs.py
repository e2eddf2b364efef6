"""The prover "payment": the number and the amount of a recent payment to the office somebody works for.

Who opens the practice's mail or its bank's statements knows both. The payment is one of the office's own tax
IDs, never of a client's, not older than RECENT and above nothing. What is typed is compared and kept nowhere;
tries are counted as those of any proof.
"""

from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from django.db.models import QuerySet

from portico.domains.accounts.proving.provers import Choice, Hands, Verdict
from portico.domains.claims import models, payment_numbers
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit

RECENT: Final = timedelta(days=120)
"""How old a payment may be: the last of it counts still."""


class ByPayment:
    """Proves it by what stands on the plan's latest checks and transfers."""

    hands = Hands.PAYMENT

    def choices(self, actor: Actor) -> tuple[Choice, ...] | None:
        """Nothing to choose; None where the office was paid nothing of late."""
        return () if _recent(actor).exists() else None

    def begin(self, given: Permit, proof: object, choice: str) -> Verdict:
        """Nothing is sent."""
        del given, proof, choice
        return Verdict.BEGUN

    def submit(self, given: Permit, proof: object, answer: str) -> Verdict:
        """Is there such a payment? `answer` is what `answer_of` makes of a number and an amount."""
        del proof
        number, _, amount = answer.partition("\n")
        try:
            paid = Decimal(amount)
        except InvalidOperation:
            return Verdict.MISSED
        if not paid.is_finite():
            return Verdict.MISSED
        key = payment_numbers.key(number)
        is_theirs = _recent(given.actor).filter(number_key=key, amount=paid).exists()
        return Verdict.PASSED if is_theirs else Verdict.MISSED


def answer_of(number: str, amount: Decimal) -> str:
    """A number and an amount as one answer."""
    return f"{payment_numbers.canonical(number)}\n{amount}"


def _recent(actor: Actor) -> "QuerySet[models.Payment]":
    own = offices.tax_ids_of(actor.office_id) if actor.office_id else ()
    days = (actor.today - RECENT, actor.today)
    return models.Payment.objects.filter(tax_id__in=own, paid_on__range=days, amount__gt=0)
