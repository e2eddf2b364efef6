"""Payments for a partner that fetches them: one interchange with an 835 for each payment it has not had."""

import io
from collections.abc import Sequence
from datetime import datetime

from portico.domains.claims.facts.paid import PaymentWithClaims
from portico.domains.plan import catalogue, days
from portico.edges.x12.eligibility import contacts
from portico.transactions.remittances import writer


def write(
    payments: Sequence[PaymentWithClaims], *, receiver: str, at: datetime, control_number: int
) -> bytes:
    """The interchange; `receiver` is the partner's sender ID, `at` an aware instant.

    Raises writer.OutOfBalance, which no payment that was taken in should.
    """
    plan, file = catalogue.identity(), io.BytesIO()
    sends = writer.Plan(
        name=plan.name,
        sender=plan.payer_id or plan.short_name,
        receiver=receiver,
        telephone=contacts.digits(plan.telephone),
    )
    writer.write(file, payments, plan=sends, at=days.local(at), control_number=control_number)
    return file.getvalue()
