"""The Schedule of Benefits by plan code and day."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.members import models, schedule
from portico.domains.members.answers import Network
from portico.domains.members.papers import Amounts, Schedule, ScheduleMissing
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Actor, visitor
from portico.domains.permits.permit import NotPermitted

pytestmark = pytest.mark.usefixtures("plan")

TRANSACTION = 2


@pytest.mark.parametrize(
    "actor", [factories.front_desk(functions=()), factories.administrator(), factories.plan_staff()]
)
def test_anybody_signed_in_reads_a_schedule(actor: Actor) -> None:
    factories.a_version()
    found = schedule.of(actor=actor, plan_code="7qx", on=factories.TODAY)
    assert isinstance(found, Schedule)
    assert (found.version.plan_code, len(found.services), found.data_as_of) == ("7QX", 2, factories.DATA_AT)
    assert found.amounts == (Amounts(Network.IN, Decimal(1500), Decimal(3000), Decimal(6500), None),)
    entry = factories.last_use()
    assert (entry.function, entry.conclusion, factories.subjects_of(entry)) == (
        "benefit_documents",
        "schedule",
        [],
    )


@pytest.mark.parametrize(
    ("on", "is_there"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_schedule_is_that_of_the_version_in_force(on: date, is_there: bool) -> None:
    factories.a_version()
    found = schedule.of(actor=factories.front_desk(), plan_code="7QX", on=on)
    assert isinstance(found, Schedule) is is_there
    assert schedule.is_missing(plan_code="7QX", on=on, today=factories.TODAY) is not is_there


def test_a_plan_a_member_carries_and_no_extract_tells_of_owes_its_schedule() -> None:
    factories.a_covered_member()
    found = schedule.of(actor=factories.front_desk(), plan_code="7QX", on=factories.TODAY)
    assert found == ScheduleMissing("7QX", factories.TODAY)
    assert factories.last_use().conclusion == "schedule_missing"


def test_a_version_without_services_owes_its_schedule() -> None:
    factories.a_version().benefits.all().delete()
    assert schedule.is_missing(plan_code="7QX", on=factories.TODAY, today=factories.TODAY)


@pytest.mark.parametrize("code", ["ZZZ", "", "7Q", "7QX1", "7 X", "7é1", "' O"])
def test_a_code_nobody_knows_is_unknown(code: str) -> None:
    factories.a_coverage(factories.a_member(), plan_code="")
    with pytest.raises(schedule.UnknownPlanCode):
        schedule.of(actor=factories.front_desk(), plan_code=code, on=factories.TODAY)
    entry = factories.last_use()
    assert (entry.outcome, entry.conclusion) == ("allowed", "unknown_plan_code")
    assert not schedule.is_missing(plan_code=code, on=factories.TODAY, today=factories.TODAY)


def test_a_visitor_reads_none() -> None:
    nobody = visitor(asked_at=factories.AT, today=factories.TODAY)
    for ask in (
        schedule.open_page,
        lambda actor: schedule.of(actor=actor, plan_code="7QX", on=factories.TODAY),
    ):
        with pytest.raises(NotPermitted):
            ask(actor=nobody)


def test_opening_the_page_is_a_use() -> None:
    schedule.open_page(actor=factories.front_desk())
    assert factories.last_use().conclusion == "opened"


def test_a_schedule_costs_seven_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    factories.a_version()
    with django_assert_num_queries(
        TRANSACTION + 7
    ):  # version, benefits, lists of authorizations, line names, amounts, freshness, audit row
        schedule.of(actor=factories.front_desk(), plan_code="7QX", on=factories.TODAY)


@pytest.mark.parametrize("code", ["7qx", "ABCD", "A-1"])
def test_the_database_refuses_a_plan_code_without_three_signs(code: str) -> None:
    with pytest.raises(Exception, match=r"plan_code_has_three_signs|value too long"):
        models.BenefitPlan.objects.create(code=code, line_id=factories.HMO)


@pytest.mark.parametrize(
    ("on", "is_owed"),
    [
        (date(factories.TODAY.year - 11, 12, 31), False),
        (date(factories.TODAY.year - 10, 1, 1), True),
        (date(factories.TODAY.year + 1, 12, 31), True),
        (date(factories.TODAY.year + 2, 1, 1), False),
        (date.min, False),
        (date.max, False),
    ],
)
def test_a_plan_owes_no_schedule_for_a_day_far_off(on: date, is_owed: bool) -> None:
    factories.a_covered_member()
    assert schedule.is_missing(plan_code="7QX", on=on, today=factories.TODAY) is is_owed
