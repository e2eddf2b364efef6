"""Trends by month: paid, denied, and days to pay, as far as claims may be seen."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.claims import models, trends
from portico.domains.claims.trends import Month
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import actors, claims, world
from tests.support.actors import FOREIGN_TAX_ID, SECOND_TAX_ID
from tests.support.cast import MEDI_CAL

pytestmark = pytest.mark.django_db
GRANT = actors.grant(Function.REMITTANCE, lines=None)
BILLER = actors.front_desk(GRANT)
FEBRUARY = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def plan() -> None:
    factories.a_plan()


def february(actor: Actor = BILLER) -> Month:
    """What is told of February."""
    told = trends.of(actor=actor)
    return next(month for month in told.months if month.first == FEBRUARY)


def test_there_are_twelve_months_to_this_one_and_empty_ones_too() -> None:
    told = trends.of(actor=BILLER)
    assert [month.first for month in told.months[:2]] == [date(2025, 4, 1), date(2025, 5, 1)]
    assert told.months[-1] == Month(date(2026, 3, 1))
    assert len(told.months) == 12
    assert told.is_nothing


def test_a_month_adds_up_its_decisions() -> None:
    claims.payment([claims.decided("C1"), claims.denied("C2")])
    claims.payment([claims.decided("C3", received_on=date(2025, 12, 1))], trace_number="E2")
    assert february() == Month(
        FEBRUARY, Decimal("350.00"), decided=3, denied=1, timed=3, within=2, days=Decimal("34.0")
    )


@pytest.mark.parametrize(("waited", "within"), [(30, 1), (31, 0)])
def test_thirty_days_are_within_and_thirty_one_are_not(waited: int, within: int) -> None:
    received_on = claims.PAID_ON - timedelta(days=waited)
    claims.payment([claims.decided(received_on=received_on)])
    assert (february().within, february().days) == (within, Decimal(waited))


def test_money_taken_back_lowers_what_was_paid_and_is_no_decision() -> None:
    claims.payment([claims.decided("C1"), claims.decided("C2")])
    models.ClaimPayment.objects.filter(claim_number="C2").update(status="22", paid=Decimal("-100.00"))
    assert february() == replace(
        Month(FEBRUARY), paid=Decimal("75.00"), decided=1, timed=1, within=1, days=Decimal("19.0")
    )


def test_a_claim_of_which_nobody_knows_when_it_came_is_not_timed() -> None:
    claims.payment([claims.decided()])
    models.ClaimPayment.objects.update(received_on=None)
    assert (february().decided, february().timed, february().days) == (1, 0, None)


@pytest.mark.parametrize(("paid_on", "counts"), [(date(2025, 4, 1), True), (date(2025, 3, 31), False)])
def test_both_ends_of_the_year(paid_on: date, counts: bool) -> None:
    claims.payment([claims.decided()], paid_on=paid_on)
    assert trends.of(actor=BILLER).is_nothing is not counts


def test_only_claims_that_may_be_seen_count() -> None:
    claims.payment([claims.decided("C1"), claims.decided("C2", line_id=MEDI_CAL)])
    claims.payment([claims.decided("C3", tax_id=FOREIGN_TAX_ID)], trace_number="F")
    claims.payment([claims.decided("C4", tax_id=SECOND_TAX_ID)], trace_number="S")
    assert february().decided == 2
    assert february(actors.front_desk(replace(GRANT, lines=frozenset({MEDI_CAL})))).decided == 1
    both = actors.front_desk(replace(GRANT, tax_ids=GRANT.tax_ids | {SECOND_TAX_ID}))
    assert february(both).decided == 3
    told = trends.of(actor=both, tax_id=SECOND_TAX_ID)
    assert sum(month.decided for month in told.months) == 1


def test_it_is_one_query_and_one_row_of_the_audit(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    claims.payment([claims.decided(f"C{number}") for number in range(5)])
    with django_assert_num_queries(4):
        trends.of(actor=BILLER)
    assert [use.conclusion for use in world.uses(function="remittance")] == ["trends_shown"]


def test_a_tax_id_that_is_not_granted_is_refused() -> None:
    for actor, tax_id in ((BILLER, SECOND_TAX_ID), (actors.front_desk(), "")):
        with pytest.raises(NotPermitted):
            trends.of(actor=actor, tax_id=tax_id)
