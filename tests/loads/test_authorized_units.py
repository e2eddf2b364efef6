"""Paid claims use the units of the authorization they name; what is taken back gives them back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from portico.domains.authorizations import numbers
from portico.domains.authorizations.models import Authorization, Usage
from portico.domains.jobs.models import Job
from portico.edges.loaders.intake import Kind
from portico.transactions.remittances.tests import sent
from portico.transactions.remittances.tests.sent import off, payment
from tests.loads import claims, loading
from tests.loads.claims import TAX_ID, a_visit, extract, file_837, told
from tests.loads.loading import load
from tests.support import authorizations

PAYEE = replace(sent.PAYEE, tax_id=TAX_ID)
PAID = ",,180.50,150.50,30.00,,"
SERVICES: tuple[dict[str, Any], ...] = (
    {"code": "99214", "quantity": Decimal(4), "unit": "VS"},
    {"code": "J0696", "quantity": Decimal(10), "unit": "UN"},
)


@pytest.fixture
def office(plan: Path) -> Path:
    """A plan that knows the member, the office, and an authorization for January."""
    claims.known(plan)
    days = {"first_on": date(2026, 1, 1), "last_on": date(2026, 1, 31)}
    authorizations.approved(
        numbers.of("12345678"),
        member_id="NLH101",
        line_id="employer-ppo",
        services=SERVICES,
        **days,
    )
    return plan


def visit(number: str = "") -> Any:
    return a_visit(authorization_number=number or Authorization.objects.get().number)


def submitted(inbox: Path) -> Job:
    return load(inbox, file_837(visit()), Kind.CLAIMS_837)


def extracted(inbox: Path) -> Job:
    return load(inbox, extract(told(status="paid", on="2026-02-01", more=PAID)), Kind.CLAIM_EXTRACT)


def paid(inbox: Path, *, control: int = 1, on: date = date(2026, 2, 3), **changes: Any) -> Job:
    adjustments = off("CO", "45", "35"), off("PR", "3", "30")
    one = replace(sent.claim("215.50", "150.50", claim_number="C1", adjustments=adjustments), **changes)
    transfer = payment(one, trace_number=f"E{control}", payee=PAYEE, paid_on=on)
    return load(inbox, sent.written(transfer, control_number=control), Kind.REMITTANCES)


def taken_back(inbox: Path) -> Job:
    turned = off("CO", "45", "-35"), off("PR", "3", "-30")
    amounts = {"status": "22", "billed": Decimal("-215.50"), "paid": Decimal("-150.50")}
    return paid(inbox, control=2, on=date(2026, 2, 17), adjustments=turned, **amounts)


def used() -> dict[str, Decimal]:
    return {row.service.code: row.quantity for row in Usage.objects.select_related("service")}


@pytest.mark.parametrize("order", list(permutations((submitted, extracted, paid))))
def test_a_paid_claim_uses_units_in_whatever_order_feeds_come(
    office: Path, order: tuple[Callable[[Path], Job], ...]
) -> None:
    for feed in order:
        feed(office)

    assert used() == {"99214": Decimal(1), "J0696": Decimal("2.5")}
    assert {row.claim_number for row in Usage.objects.all()} == {"C1"}


def test_a_claim_nobody_paid_uses_nothing(office: Path) -> None:
    submitted(office)
    assert used() == {}


def test_what_is_taken_back_is_not_used(office: Path) -> None:
    for feed in (submitted, paid, taken_back):
        feed(office)
    assert used() == {}


def test_a_load_that_is_undone_gives_the_units_back(office: Path) -> None:
    submitted(office)
    loading.reverse(paid(office))
    assert used() == {}


def test_a_reversal_that_is_undone_uses_them_again(office: Path) -> None:
    submitted(office)
    paid(office)
    before = list(Usage.objects.order_by("pk").values())
    loading.reverse(taken_back(office))
    assert list(Usage.objects.order_by("pk").values()) == before != []


def test_the_same_load_again_changes_nothing(office: Path) -> None:
    submitted(office)
    paid(office)
    before = list(Usage.objects.order_by("pk").values())
    submitted(office)
    assert list(Usage.objects.order_by("pk").values()) == before


def test_a_claim_that_names_another_number_by_now_uses_nothing(office: Path) -> None:
    submitted(office)
    paid(office)
    load(office, file_837(visit("A-1"), control=2), Kind.CLAIMS_837)
    assert used() == {}


@pytest.mark.parametrize("facts", [{"member_id": "NLH102"}, {"state": "denied"}])
def test_somebody_elses_or_a_denied_one_is_not_used(office: Path, facts: dict[str, str]) -> None:
    row = Authorization.objects.get()
    if "state" in facts:
        why = {"reason_code": "not_medically_necessary", "reason_text": authorizations.REASON}
        row.services.update(state="denied", **why)
    else:
        Authorization.objects.update(**facts)
    submitted(office)
    paid(office)
    assert used() == {}


def test_a_number_is_found_however_it_is_written(office: Path) -> None:
    number = Authorization.objects.get().number
    load(office, file_837(visit(f"{number[:4].lower()}-{number[4:]}")), Kind.CLAIMS_837)
    paid(office)
    assert used() == {"99214": Decimal(1), "J0696": Decimal("2.5")}
