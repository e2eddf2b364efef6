"""Where a claim can stand, as tables."""

from decimal import Decimal

import pytest

from portico.domains.claims import models, rules
from portico.domains.claims.rules import PEND_REASONS, Owner, Status


def test_statuses_are_those_that_the_table_holds() -> None:
    assert [status.value for status in Status] == models.Claim.Status.values


def test_every_pend_reason_says_whose_turn_it_is_and_by_when() -> None:
    for code, step in PEND_REASONS.items():
        assert len(code) <= 40
        assert step.owner is not Owner.NOBODY
        assert step.days


def test_a_pended_claim_asks_its_reason_and_any_other_its_status() -> None:
    assert rules.next_step(Status.PENDED, "medical_records").owner is Owner.OFFICE
    for status in set(Status) - {Status.PENDED}:
        assert rules.next_step(status) == rules.NEXT_STEPS[status]
    with pytest.raises(KeyError):
        rules.next_step(Status.PENDED, "because")


@pytest.mark.parametrize(
    ("held", "told", "may"),
    [
        ("received", "pended", True),
        ("pended", "pended", True),
        ("pended", "received", False),
        ("approved", "paid", True),
        ("paid", "pended", False),
        ("paid", "reversed", True),
        ("reversed", "paid", True),
        ("denied", "pended", True),
        ("denied", "received", False),
    ],
)
def test_what_may_follow(held: str, told: str, may: bool) -> None:
    assert rules.may_follow(Status(held), Status(told)) is may


@pytest.mark.parametrize(
    ("code", "paid", "share", "reasons", "status"),
    [
        ("1", "80", "20", {"2"}, Status.PAID),
        ("1", "0", "100", {"1"}, Status.PAID),
        ("1", "0", "0", {"29"}, Status.DENIED),
        ("2", "0", "0", {"23"}, Status.PAID),
        ("1", "0", "0", {"24"}, Status.PAID),
        ("4", "0", "100", {"96"}, Status.DENIED),
        ("22", "-80", "0", {"2"}, Status.REVERSED),
        ("23", "0", "0", set(), None),
        ("25", "80", "0", set(), None),
    ],
)
def test_where_a_decision_leaves_a_claim(
    code: str, paid: str, share: str, reasons: set[str], status: Status | None
) -> None:
    found = rules.of_payment(code, paid=Decimal(paid), member_share=Decimal(share), reasons=reasons)
    assert found is status
