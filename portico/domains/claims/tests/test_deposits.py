"""Deposits are matched with payments by number and amount, and what is missing is said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.claims import deposits, missing_remittances, models, payments
from portico.domains.claims.deposit_rules import Standing
from portico.domains.claims.deposits import DepositNotFound, DepositView, NewDeposit, Noted
from portico.domains.members.tests import factories
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import actors, claims, world
from tests.support.actors import FOREIGN_TAX_ID, OWN_TAX_ID, SECOND_TAX_ID, TODAY
from tests.support.cast import MEDI_CAL

pytestmark = pytest.mark.django_db
GRANT = actors.grant(Function.REMITTANCE, lines=None)
BILLER = actors.front_desk(GRANT)
COLLEAGUE = actors.front_desk(replace(GRANT, tax_ids=frozenset({SECOND_TAX_ID})), persona_id=22)
CENTS = Decimal("175.00")
LONG_AGO = date(2026, 2, 4)


@pytest.fixture(autouse=True)
def plan() -> None:
    factories.a_plan()


def noted(number: str = "EFT0000117", amount: Decimal = CENTS, on: date = LONG_AGO) -> DepositView:
    deposits.note(actor=BILLER, tax_id=OWN_TAX_ID, deposits=[NewDeposit(number, amount, on)])
    return next(each for each in deposits.listed(actor=BILLER).rows if each.number == number)


def test_number_and_amount_match_a_deposit_with_its_payment() -> None:
    made = claims.payment([claims.decided()])
    found = noted()
    assert (found.standing, found.payment_id) == (Standing.MATCHED, made.public_id)
    assert payments.find(actor=BILLER).page.rows[0].is_deposited
    assert payments.read(actor=BILLER, payment=made.public_id).deposited_on == LONG_AGO


def test_a_bank_may_add_zeros() -> None:
    claims.payment([claims.decided()], trace_number="4711")
    assert noted("0000004711").standing is Standing.MATCHED


def test_another_amount_is_said_with_the_difference() -> None:
    made = claims.payment([claims.decided()])
    found = noted(amount=Decimal("170.00"))
    assert (found.standing, found.payment_id) == (Standing.DIFFERS, made.public_id)
    assert found.difference == Decimal("-5.00")
    assert not payments.find(actor=BILLER).page.rows[0].is_deposited


def test_a_payment_that_comes_later_matches_and_one_taken_back_no_more() -> None:
    assert noted().standing is Standing.OVERDUE
    made = claims.payment([claims.decided()])
    [found] = deposits.listed(actor=BILLER).rows
    assert found.standing is Standing.MATCHED
    models.ClaimPayment.objects.all().delete()
    made.delete()
    [found] = deposits.listed(actor=BILLER).rows
    assert found.standing is Standing.OVERDUE


def test_of_two_payments_of_a_number_the_equal_one_counts() -> None:
    claims.payment(amount=CENTS, paid_on=date(2025, 2, 3))
    claims.payment(amount=Decimal("20.00"))
    assert noted().standing is Standing.MATCHED


def test_the_same_money_under_another_tax_id_matches_nothing() -> None:
    claims.payment(amount=CENTS, tax_id=SECOND_TAX_ID)
    assert noted().standing is Standing.OVERDUE


def test_a_number_is_noted_once_however_often_it_is_sent() -> None:
    three = [NewDeposit("1", CENTS, TODAY), NewDeposit("001", CENTS, TODAY), NewDeposit("2", CENTS, TODAY)]
    assert deposits.note(actor=BILLER, tax_id=OWN_TAX_ID, deposits=three) == Noted(new=2, known=0)
    assert deposits.note(actor=BILLER, tax_id=OWN_TAX_ID, deposits=three[1:]) == Noted(new=0, known=2)
    assert models.Deposit.objects.count() == 2


def test_nobody_notes_lists_or_removes_for_a_tax_id_that_is_not_granted() -> None:
    mine = noted()
    with pytest.raises(NotPermitted):
        deposits.note(actor=BILLER, tax_id=SECOND_TAX_ID, deposits=[NewDeposit("1", CENTS, TODAY)])
    assert deposits.listed(actor=COLLEAGUE).rows == ()
    for number in (mine.id, uuid4()):
        with pytest.raises(DepositNotFound):
            deposits.remove(actor=COLLEAGUE, deposit=number)
    assert models.Deposit.objects.count() == 1


def test_a_mistake_is_taken_back() -> None:
    deposits.remove(actor=BILLER, deposit=noted().id)
    assert not models.Deposit.objects.exists()
    assert world.uses(function="remittance")[-1].conclusion == "deposit_removed"


def test_the_latest_stand_first_in_pages() -> None:
    rows = [NewDeposit(f"D{day}", CENTS, date(2026, 3, day)) for day in range(1, 6)]
    deposits.note(actor=BILLER, tax_id=OWN_TAX_ID, deposits=rows)
    first = deposits.listed(actor=BILLER, size=3)
    rest = deposits.listed(actor=BILLER, size=3, after=first.next_key or "")
    assert [row.number for row in (*first.rows, *rest.rows)] == ["D5", "D4", "D3", "D2", "D1"]


def test_a_list_takes_the_same_queries_however_long(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(4):
        claims.payment(trace_number=f"D{number}", amount=CENTS)
        noted(f"D{number}")
    with django_assert_num_queries(5):
        deposits.listed(actor=BILLER)


def test_money_without_its_remittance_is_missing_after_three_business_days() -> None:
    noted("LATE", on=date(2026, 3, 8))
    noted("SOON", on=date(2026, 3, 9))
    found = missing_remittances.report(actor=BILLER)
    assert [each.number for each in found.without_remittance] == ["LATE"]


def test_a_deposit_that_differs_is_missing_too_and_a_matched_one_is_not() -> None:
    claims.payment([claims.decided()])
    noted()
    assert missing_remittances.report(actor=BILLER).is_nothing
    models.Deposit.objects.update(amount=Decimal("170.00"))
    [differing] = missing_remittances.report(actor=BILLER).differing
    assert differing.difference == Decimal("-5.00")


def test_payments_without_money_count_since_deposits_are_noted() -> None:
    paid: dict[str, dict[str, Any]] = {
        "BEFORE": {"paid_on": date(2026, 2, 3)},
        "LATE": {"paid_on": date(2026, 3, 8)},
        "SOON": {"paid_on": date(2026, 3, 9)},
        "CHECK": {"paid_on": date(2026, 3, 2), "method": "CHK"},
        "LATECHECK": {"paid_on": date(2026, 2, 25), "method": "CHK"},
        "NOMONEY": {"paid_on": date(2026, 3, 2), "method": "NON"},
        "NOTHING": {"paid_on": date(2026, 3, 2), "amount": Decimal(0)},
        "ELSEWHERE": {"paid_on": date(2026, 3, 2), "tax_id": SECOND_TAX_ID},
    }
    for number, facts in paid.items():
        claims.payment(trace_number=number, **{"amount": CENTS, **facts})
    assert missing_remittances.report(actor=BILLER).without_deposit == ()
    noted("OTHER", on=date(2026, 2, 20))
    found = missing_remittances.report(actor=BILLER)
    assert found.watched == (OWN_TAX_ID,)
    assert [each.trace_number for each in found.without_deposit] == ["LATECHECK", "LATE"]


def test_claims_said_paid_without_a_payment_are_missing_as_far_as_they_may_be_seen() -> None:
    claims.decided("C1")
    claims.decided("C2", line_id=MEDI_CAL)
    claims.decided("C3", tax_id=FOREIGN_TAX_ID)
    claims.decided("C4", stated_on=date(2026, 3, 9))
    claims.denied("C5")
    claims.payment([claims.decided("C6")])
    limited = actors.front_desk(replace(GRANT, lines=frozenset({MEDI_CAL})))
    for actor, numbers in ((BILLER, ["C1", "C2"]), (limited, ["C2"])):
        found = missing_remittances.report(actor=actor).without_payment
        assert [each.claim_number for each in found] == numbers
    use = world.uses(function="remittance")[-1]
    assert (use.conclusion, use.subjects.count()) == ("missing_shown", 1)


def test_it_is_closed_to_who_lacks_the_function() -> None:
    for ask in (deposits.listed, missing_remittances.report):
        with pytest.raises(NotPermitted):
            ask(actor=actors.front_desk())
