"""What has to add up in a payment, and by how much it does not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from portico.domains.claims import balance_rules
from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.facts.paid import PaidClaim, PaidService, PaymentAdjusted, SentPayment
from portico.domains.claims.facts.submitted import Party, Patient

D = Decimal


def off(group: Group, reason: str, amount: str) -> Adjusted:
    return Adjusted(group, reason, D(amount))


LINE = PaidService(
    1,
    D("100.00"),
    D("60.00"),
    adjustments=(off(Group.CONTRACT, "45", "30.00"), off(Group.PATIENT, "2", "10.00")),
)
CLAIM = PaidClaim("A", "1", D("100.00"), D("60.00"), "C1", Patient("Quillfeather"), services=(LINE,))


@pytest.mark.parametrize(
    ("line", "gap"),
    [
        (LINE, "0.00"),
        (replace(LINE, paid=D("59.99")), "0.01"),
        (replace(LINE, paid=D("60.01")), "-0.01"),
        (replace(LINE, adjustments=()), "40.00"),
        (PaidService(1, D("0.01"), D("0.01")), "0.00"),
        (PaidService(1, D("-0.01"), D("-0.01")), "0.00"),
        (PaidService(1, D("50"), D("0"), adjustments=(off(Group.OTHER, "94", "-9"),)), "59"),
    ],
)
def test_a_line_adds_up_to_the_cent(line: PaidService, gap: str) -> None:
    assert balance_rules.service_gap(line) == D(gap)


@pytest.mark.parametrize(
    ("claim", "gap"),
    [
        (CLAIM, "0.00"),
        (replace(CLAIM, adjustments=(off(Group.PAYER, "B1", "0.01"),)), "-0.01"),
        (
            replace(CLAIM, paid=D("55.00"), adjustments=(off(Group.OTHER, "23", "5.00"),)),
            "0.00",
        ),
        (replace(CLAIM, services=(), paid=D("100.00")), "0.00"),
        (replace(CLAIM, billed=D("-100"), paid=D("-60"), services=()), "-40"),
    ],
)
def test_a_claim_adds_up_with_its_lines(claim: PaidClaim, gap: str) -> None:
    assert balance_rules.claim_gap(claim) == D(gap)


@pytest.mark.parametrize(
    ("amount", "paid", "changes", "gap"),
    [
        ("0.01", "0.01", (), "0.00"),
        ("0.00", "0.00", (), "0.00"),
        ("149.99", "150.00", (), "0.01"),
        ("130.00", "150.00", ("20.00",), "0.00"),
        ("151.27", "150.00", ("-1.27",), "0.00"),
        ("-20.00", "0.00", ("15.00", "5.00"), "0.00"),
        ("130.00", "150.00", ("-20.00",), "40.00"),
    ],
)
def test_a_payment_is_what_its_claims_were_paid_less_its_changes(
    amount: str, paid: str, changes: tuple[str, ...], gap: str
) -> None:
    told = tuple(PaymentAdjusted("WO", D(change)) for change in changes)
    payment = SentPayment("E1", D(amount), "ACH", None, Party(), Party(), adjustments=told)  # type: ignore[arg-type]
    assert balance_rules.payment_gap(payment, D(paid)) == D(gap)


def test_the_members_share_is_all_that_stands_under_pr() -> None:
    claim = replace(CLAIM, adjustments=(off(Group.PATIENT, "1", "5.00"), off(Group.CONTRACT, "45", "1.00")))
    assert balance_rules.member_share(claim) == D("15.00")


@pytest.mark.parametrize(
    ("claim", "allowed"),
    [
        (CLAIM, "70.00"),
        (replace(CLAIM, services=(replace(LINE, allowed=D("65.00")),)), "65.00"),
        (replace(CLAIM, services=(replace(LINE, allowed=D("0.00")),)), "0.00"),
        (replace(CLAIM, services=(LINE, replace(LINE, allowed=D("65.00")))), "135.00"),
        (replace(CLAIM, services=()), "60.00"),
    ],
)
def test_what_is_allowed_is_said_or_what_is_paid_and_owed(claim: PaidClaim, allowed: str) -> None:
    assert balance_rules.allowed(claim) == D(allowed)


def test_what_is_allowed_of_a_reversal_is_negative_however_it_was_sent() -> None:
    line = replace(LINE, billed=D("-100"), allowed=D("70"))
    assert balance_rules.service_allowed(line) == D("-70")
