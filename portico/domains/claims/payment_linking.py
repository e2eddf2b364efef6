"""Joins claims that came in after their payments to what these decided of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portico.domains.claims import decisions, models, paid_content
from portico.domains.claims.decisions import Decision
from portico.domains.jobs import loading
from portico.domains.jobs.leases import Leased

_JOINED = ("claim_id", "line", "provider_npi", "member_id")
_REVERSAL = "22"


def join(leased: Leased, claims: Mapping[str, int], *, now: datetime) -> None:
    """Join new claims, number to row's id, to the payments they are in already, and apply those in turn.

    For a load of claims: in its transaction, with its way back noted. A payment to another tax ID stays
    apart. One query where no payment waits.
    """
    waiting = _waiting(claims) if claims else []
    if not waiting:
        return
    columns = "pk", "tax_id", "line_id", "provider_npi", "member_id"
    found = models.Claim.objects.filter(claim_number__in={row.claim_number for row in waiting})
    known = {pk: (tax_id, more) for pk, tax_id, *more in found.values_list(*columns)}
    after: dict[int, dict[str, Any]] = {}
    before: dict[int, dict[str, Any]] = {}
    joined: list[Decision] = []
    for row in waiting:
        claim = claims[row.claim_number]
        tax_id, more = known[claim]
        if tax_id != row.payment.tax_id:
            continue
        after[row.pk] = dict(zip(_JOINED, (claim, *more), strict=True))
        before[row.pk] = {name: getattr(row, name) for name in _JOINED}
        payment, paid = row.payment, paid_content.claim_of(row.content)
        joined.append(Decision(claim, paid, payment.pk, payment.trace_number, payment.paid_on))
    loading.update(leased, models.ClaimPayment, after, before)
    decisions.write(leased, joined, now=now)


def _waiting(claims: Mapping[str, int]) -> list[models.ClaimPayment]:
    rows = models.ClaimPayment.objects.filter(claim=None, claim_number__in=claims)
    found = rows.select_related("payment").order_by("payment__paid_on", "payment_id", "position")
    by_payment: dict[int, list[models.ClaimPayment]] = {}
    for row in found:
        by_payment.setdefault(row.payment_id, []).append(row)
    return [row for some in by_payment.values() for row in sorted(some, key=lambda r: r.status != _REVERSAL)]
