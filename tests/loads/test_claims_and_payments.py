"""The three feeds about claims agree whatever comes first: the 837, the extract, the 835."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from portico.domains.claims.facts.paid import PaidClaim
from portico.domains.claims.models import Claim, ClaimEvent, ClaimPayment
from portico.domains.jobs import queue
from portico.edges.loaders.intake import Kind
from portico.transactions.remittances.tests import sent
from portico.transactions.remittances.tests.sent import off, payment, service
from tests.loads import claims, loading
from tests.loads.claims import TAX_ID, a_visit, extract, file_837, told
from tests.loads.loading import load

BILLED = Decimal("215.50")
PAID = ",,180.50,150.50,30.00,,"
PAYEE = replace(sent.PAYEE, tax_id=TAX_ID)
APPROVED_ON, PAID_ON = date(2026, 2, 1), date(2026, 2, 3)


@pytest.fixture
def office(plan: Path) -> Path:
    """A plan that knows the member and the office."""
    claims.known(plan)
    return plan


def decided(**more: Any) -> PaidClaim:
    adjustments = off("CO", "45", "35"), off("PR", "3", "30")
    facts: dict[str, Any] = {"claim_number": "C1", "adjustments": adjustments, **more}
    return sent.claim("215.50", "150.50", **facts)


def submitted(inbox: Path) -> None:
    load(inbox, file_837(a_visit()), Kind.CLAIMS_837)


def extracted(inbox: Path) -> None:
    load(inbox, extract(told(status="paid", on="2026-02-01", more=PAID)), Kind.CLAIM_EXTRACT)


def paid(
    inbox: Path, *decisions: PaidClaim, number: str = "E1", on: date = PAID_ON, control: int = 1
) -> None:
    one = payment(*(decisions or (decided(),)), trace_number=number, payee=PAYEE, paid_on=on)
    load(inbox, sent.written(one, control_number=control), Kind.REMITTANCES)


@pytest.mark.parametrize("order", list(permutations((submitted, extracted, paid))))
def test_the_claim_is_the_same_in_whatever_order_they_come(
    office: Path, order: tuple[Callable[[Path], None], ...]
) -> None:
    for feed in order:
        feed(office)
    claim = Claim.objects.get()
    assert (claim.status, claim.stated_on, claim.decision_count) == ("paid", PAID_ON, 1)
    assert (claim.allowed, claim.paid, claim.member_share) == (Decimal("180.50"), Decimal("150.50"), 30)
    held = ClaimPayment.objects.get()
    assert (held.claim, held.line, held.member_id) == (claim, "employer-ppo", "NLH101")
    assert claim.payment == held.payment
    happened = list(
        ClaimEvent.objects.exclude(kind="received").order_by("on").values_list("kind", "on", "code")
    )
    assert happened[-1] == ("paid", PAID_ON, "E1")
    assert {kind for kind, _, _ in happened} == {"paid"}


def test_a_claim_after_its_payments_goes_through_them_in_turn(office: Path) -> None:
    taken_back = replace(
        decided(), status="22", billed=-BILLED, paid=Decimal("-150.50"), adjustments=_turned(decided())
    )
    paid(office, taken_back, decided(), number="E2", on=date(2026, 2, 17))
    denied = replace(decided(adjustments=(off("CO", "197", "215.50"),)), paid=Decimal(0))
    paid(office, denied, control=2)
    submitted(office)
    claim = Claim.objects.get()
    assert (claim.status, claim.paid, claim.decision_count) == ("paid", Decimal("150.50"), 3)
    happened = ClaimEvent.objects.exclude(kind="received").order_by("pk").values_list("kind", "code")
    assert list(happened) == [("denied", "E1"), ("reversed", "E2"), ("adjusted", "E2")]


def test_a_claim_known_by_its_payment_alone_has_the_line_that_covered_its_member(office: Path) -> None:
    member = replace(sent.an_ordinary_claim().patient, member_id="NLH-101")
    unknown = decided(patient=member)
    early = replace(unknown, claim_number="C2", first_on=date(2025, 12, 31), last_on=None)
    by_lines = replace(
        unknown, claim_number="C3", first_on=None, last_on=None, adjustments=(), services=_services()
    )
    nobody = replace(unknown, claim_number="C4", patient=replace(member, member_id="NOBODY"))
    paid(office, unknown, early, by_lines, nobody)
    rows = ClaimPayment.objects.order_by("position").values_list("claim_number", "line", "member_id")
    assert list(rows) == [
        ("C1", "employer-ppo", "NLH101"),
        ("C2", "", "NLH101"),
        ("C3", "employer-ppo", "NLH101"),
        ("C4", "", "NOBODY"),
    ]


def test_a_claim_joined_later_lets_go_when_its_load_is_taken_back(office: Path) -> None:
    paid(office)
    before = list(ClaimPayment.objects.values())
    job = load(office, file_837(a_visit()), Kind.CLAIMS_837)
    assert list(ClaimPayment.objects.values()) != before
    queue.enqueue(actor=loading.actor(), kind="reverse_load", payload={"job": str(job.public_id)})
    loading.run("reverse_load")
    assert list(ClaimPayment.objects.values()) == before
    assert not Claim.objects.exists()


def test_a_payment_to_another_tax_id_stays_apart(office: Path) -> None:
    one = payment(decided(), payee=replace(PAYEE, tax_id="009999991"))
    load(office, sent.written(one), Kind.REMITTANCES)
    submitted(office)
    assert ClaimPayment.objects.get().claim is None
    assert Claim.objects.get().status == "received"


def _services() -> tuple[Any, ...]:
    return (service(1, "215.50", "150.50", off("CO", "45", "35"), off("PR", "3", "30")),)


def _turned(claim: PaidClaim) -> tuple[Any, ...]:
    return tuple(replace(one, amount=-one.amount) for one in claim.adjustments)
