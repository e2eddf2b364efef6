"""The claims that tests begin with add up, as the loads promise it."""

from decimal import Decimal

import pytest

from tests.support import claims


@pytest.mark.parametrize("make", [claims.decided, claims.denied, claims.adjusted])
def test_lines_and_claim_add_up(plan: None, make: object) -> None:
    claim = make()  # type: ignore[operator]
    for line in claim.lines.all():
        taken_off = sum(Decimal(amount) for _, _, amount in line.adjustments)
        owed = sum(Decimal(amount) for group, _, amount in line.adjustments if group == "PR")
        assert line.billed - taken_off == line.paid
        assert line.member_share == owed
    for amount in ("billed", "allowed", "paid", "member_share"):
        assert sum(getattr(line, amount) for line in claim.lines.all()) == getattr(claim, amount)


def test_a_payment_holds_what_its_claims_were_paid(plan: None) -> None:
    paid, denied = claims.decided(), claims.denied()
    payment = claims.payment([paid, denied])
    assert payment.amount == claims.PAID
    assert (payment.claim_count, payment.denied_count) == (2, 1)
    assert [row.claim_id for row in payment.claims.all()] == [paid.pk, denied.pk]
    claims.pended(), claims.received(), claims.reversed_claim()
