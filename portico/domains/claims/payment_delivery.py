"""Hands new payments to the software of an office: each once, under the name that it was asked for by.

Asked for by the same name again, the same payments are handed over again, as far as they are still granted:
so nothing is lost where an answer did not arrive. A payment of which the software may not see every claim is
not handed over, since a part of it would not add up.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from portico.domains.access import machines
from portico.domains.claims import models, payment_reading, payment_taking
from portico.domains.claims.facts.paid import PaymentWithClaims
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

MOST_PAYMENTS, MOST_CLAIMS = 100, 5_000  # of one answer; asked for by another name, the next follow
NEW_FOR = timedelta(days=90)


def deliver(*, actor: Actor, name: str) -> tuple[PaymentWithClaims, ...]:
    """The payments of that name, else the oldest that this software has not had; empty where there are none.

    One audit row, with every payment and member in it. Raises NotPermitted.
    """
    with permit(actor, Function.REMITTANCE) as given:
        machines.take_turn(given)
        rows = list(_had(given, name)) or list(_chosen(given))
        models.PaymentDelivery.objects.bulk_create(
            [_delivery(given, name, row) for row in rows], ignore_conflicts=True
        )
        told = tuple(payment_taking.with_claims(given, row) for row in rows)
        for row in rows:
            given.note_subject("payment", row.trace_number)
        given.conclude("payments_delivered" if rows else "nothing_new")
        return told


def _delivery(given: Permit, name: str, row: models.Payment) -> models.PaymentDelivery:
    return models.PaymentDelivery(
        machine_id=given.actor.machine_id or 0, name=name, payment=row, delivered_at=given.actor.asked_at
    )


def _had(given: Permit, name: str) -> Iterator[models.Payment]:
    """What was handed over under that name and may still be seen."""
    had = models.PaymentDelivery.objects.filter(machine_id=given.actor.machine_id or 0, name=name)
    for row in _reached(given).filter(pk__in=had.values("payment")):
        if payment_reading.is_whole(given, row):
            yield row


def _chosen(given: Permit) -> Iterator[models.Payment]:
    """The oldest that were not handed over, as many as one answer holds."""
    had = models.PaymentDelivery.objects.filter(machine_id=given.actor.machine_id or 0)
    new = _reached(given).filter(~_hides(given), loaded_at__gte=given.actor.asked_at - NEW_FOR)
    count = claims = 0
    for row in new.exclude(pk__in=had.values("payment")).iterator(chunk_size=MOST_PAYMENTS):
        if not payment_reading.is_whole(given, row):
            continue
        count, claims = count + 1, claims + row.claim_count
        if count > 1 and (count > MOST_PAYMENTS or claims > MOST_CLAIMS):
            return
        yield row


def _hides(given: Permit) -> Exists:
    """For a query of payments: is there a claim in it that the software may not see?"""
    in_reach = scoping.q(given, tax_id="payment__tax_id", line="line", provider="provider_npi")
    return Exists(models.ClaimPayment.objects.filter(~in_reach, payment=OuterRef("pk")))


def _reached(given: Permit) -> "QuerySet[models.Payment]":
    return models.Payment.objects.filter(scoping.q(given, tax_id="tax_id")).order_by("pk")
