"""What stands beside the answer: other coverage, benefits, accumulators, the card; each decided by itself."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.members import accumulators, benefits, cards, lookups, models, other_coverage
from portico.domains.members.answers import Cost, Limit, Network, PlanVersionFacts, Verdict
from portico.domains.members.tests import factories
from portico.domains.members.tests.asking import looked_up
from portico.domains.members.tests.factories import HMO, PPO
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.shared.periods import Period
from tests.support import requirements

pytestmark = pytest.mark.usefixtures("plan")

TRANSACTION = 2
PANELS: list[tuple[Callable[..., Any], Function]] = [
    (other_coverage.of, Function.ELIGIBILITY),
    (cards.of, Function.ELIGIBILITY),
    (benefits.of, Function.BENEFITS),
    (accumulators.of, Function.BENEFITS),
]
FRONT_DESK = factories.front_desk()


@pytest.fixture
def member(plan: None) -> models.Member:
    """Somebody covered by a plan whose benefits are known."""
    factories.a_version()
    return factories.a_covered_member("N1001")


@pytest.fixture
def lookup(member: models.Member) -> UUID:
    """That member, found by our front desk."""
    return looked_up()


@pytest.mark.parametrize(("ask", "function"), PANELS)
def test_each_panel_is_one_use_of_its_own_function(
    ask: Callable[..., Any], function: Function, lookup: UUID
) -> None:
    ask(actor=FRONT_DESK, lookup=lookup)
    entry = factories.last_use()
    assert (entry.outcome, entry.function, entry.line) == (
        "allowed",
        function,
        "" if function is Function.ELIGIBILITY else HMO,
    )
    assert factories.subjects_of(entry) == [("member", "N1001")]


@pytest.mark.parametrize(("ask", "function"), PANELS)
def test_each_panel_is_refused_by_itself(ask: Callable[..., Any], function: Function, lookup: UUID) -> None:
    others = tuple({Function.ELIGIBILITY, Function.BENEFITS} - {function})
    with pytest.raises(NotPermitted) as refused:
        ask(actor=factories.front_desk(functions=others), lookup=lookup)
    assert refused.value.decision.reasons == (Reason.FUNCTION_NOT_GRANTED,)
    assert (factories.last_use().outcome, factories.last_use().function) == ("denied", function)


@pytest.mark.parametrize(("ask", "_function"), PANELS)
def test_no_panel_opens_for_a_stranger(ask: Callable[..., Any], _function: Function, lookup: UUID) -> None:
    with pytest.raises(lookups.LookupNotFound):
        ask(actor=factories.front_desk(persona_id=99), lookup=lookup)


@pytest.mark.parametrize("ask", [other_coverage.of, cards.of])
def test_no_panel_shows_somebody_whose_lines_are_granted_no_more(
    ask: Callable[..., Any], lookup: UUID
) -> None:
    with pytest.raises(lookups.LookupNotFound):
        ask(actor=factories.front_desk(lines=frozenset({PPO})), lookup=lookup)
    assert (factories.last_use().conclusion, factories.subjects_of(factories.last_use())) == ("not_found", [])


@pytest.mark.parametrize("ask", [benefits.of, accumulators.of])
def test_benefits_of_a_line_not_granted_are_refused_by_that_line(
    ask: Callable[..., Any], lookup: UUID
) -> None:
    with pytest.raises(NotPermitted) as refused:
        ask(actor=factories.front_desk(lines=frozenset({PPO})), lookup=lookup)
    assert refused.value.decision.reasons == (Reason.LINE_NOT_GRANTED,)
    assert refused.value.decision.question.line == HMO


def test_other_payers_come_in_the_order_they_pay(member: models.Member, lookup: UUID) -> None:
    for order, name, first, last in (
        ("U", "Unsure", None, None),
        ("S", "Second", date(2026, 3, 12), None),
        ("P", "First", None, date(2026, 3, 12)),
        ("T", "Over", date(2025, 1, 1), date(2026, 3, 11)),
        ("T", "To come", date(2026, 3, 13), None),
    ):
        models.OtherCoverage.objects.create(
            member=member, order=order, payer_name=name, first_on=first, last_on=last
        )
    answer = other_coverage.of(actor=FRONT_DESK, lookup=lookup)
    assert [payer.payer_name for payer in answer.payers] == ["First", "Second", "Unsure"]
    assert [payer.open_start for payer in answer.payers] == [True, False, True]
    assert answer.payers[1].period == Period(date(2026, 3, 12))
    assert answer.data_as_of == factories.DATA_AT


def test_benefits_stand_side_by_side_in_the_plans_order(lookup: UUID) -> None:
    requirements.say("AE", "after_limit")
    answer = benefits.of(actor=FRONT_DESK, lookup=lookup)
    assert answer.version == PlanVersionFacts("7QX", "HMO Gold", HMO, "HMO", "HMO", factories.THIS_YEAR)
    assert [service.name for service in answer.services] == ["Primary care visit", "Physical therapy"]
    visit, therapy = answer.services
    assert visit.in_network == Cost(True, Decimal(25), None, False)
    assert visit.out_of_network is not None
    assert not visit.out_of_network.is_covered
    assert (visit.limit, therapy.out_of_network, therapy.authorization) == (None, None, "after_limit")


@pytest.mark.parametrize(
    ("spent", "left"),
    [(None, None), (0, Decimal(12)), (5, Decimal(7)), (12, Decimal(0)), (15, Decimal(0))],
)
def test_a_limit_says_what_is_left_of_it(
    spent: int | None, left: Decimal | None, member: models.Member, lookup: UUID
) -> None:
    if spent is not None:
        factories.used(member, "limit", spent, service_type="AE")
        factories.used(
            member, "limit", 99, service_type="AE", first_on=date(2025, 1, 1), last_on=date(2025, 12, 31)
        )
    limit = benefits.of(actor=FRONT_DESK, lookup=lookup).services[1].limit
    used = None if spent is None else Decimal(spent)
    assert limit == Limit(Decimal(12), "visits", "year", used, left)


def test_a_limit_out_of_network_counts_where_there_is_none_in_it(member: models.Member, lookup: UUID) -> None:
    version = models.PlanVersion.objects.get()
    factories.a_benefit(version, "33", "Chiropractic care", position=3)
    factories.a_benefit(
        version,
        "33",
        "Chiropractic care",
        position=3,
        network="out",
        limit_quantity=Decimal(6),
        limit_unit="visits",
    )
    factories.used(member, "limit", 2, service_type="33", network="out")
    limit = benefits.of(actor=FRONT_DESK, lookup=lookup).services[2].limit
    assert limit is not None
    assert (limit.quantity, limit.remaining) == (Decimal(6), Decimal(4))


def test_without_a_version_in_force_there_are_no_benefits() -> None:
    factories.a_coverage(factories.a_member("N1001"), plan_code="ZZZ")
    answer = benefits.of(actor=FRONT_DESK, lookup=looked_up())
    assert (answer.plan_code, answer.version, answer.services) == ("ZZZ", None, ())
    assert accumulators.of(actor=FRONT_DESK, lookup=looked_up()).meters == ()


def test_a_person_without_coverage_has_no_benefits() -> None:
    factories.a_member("N1001")
    assert benefits.of(actor=FRONT_DESK, lookup=looked_up()).plan_code == ""


def test_the_version_is_that_of_the_day(member: models.Member) -> None:
    models.Coverage.objects.update(first_on=date(2025, 1, 1))
    factories.a_version(period=Period(date(2025, 1, 1), date(2025, 12, 31)), name="HMO Silver")
    answer = benefits.of(actor=FRONT_DESK, lookup=looked_up(as_of=date(2025, 12, 31)))
    assert answer.version is not None
    assert answer.version.name == "HMO Silver"


def test_meters_say_what_is_used_and_what_remains(member: models.Member, lookup: UUID) -> None:
    factories.used(member, "deductible", 400)
    factories.used(member, "deductible", 3100, scope="family", as_of=date(2026, 3, 5))
    answer = accumulators.of(actor=FRONT_DESK, lookup=lookup)
    told = [(meter.kind, meter.scope, meter.used, meter.remaining) for meter in answer.meters]
    assert told == [
        ("deductible", "individual", Decimal(400), Decimal(1100)),
        ("deductible", "family", Decimal(3100), Decimal(0)),
        ("oop_max", "individual", Decimal(0), Decimal(6500)),
    ]
    assert answer.as_of == date(2026, 3, 1)
    assert {meter.network for meter in answer.meters} == {Network.IN}


def test_meters_out_of_network_come_after_those_in_it(lookup: UUID) -> None:
    version = models.PlanVersion.objects.get()
    models.PlanAmounts.objects.create(version=version, network="out", individual_deductible=Decimal(0))
    meters = accumulators.of(actor=FRONT_DESK, lookup=lookup).meters
    assert (meters[-1].network, meters[-1].total, meters[-1].remaining) == (
        Network.OUT,
        Decimal(0),
        Decimal(0),
    )


def test_what_the_family_used_is_told_of_whoever_the_extract_names(
    member: models.Member, lookup: UUID
) -> None:
    spouse = factories.a_member("N1002", subscriber_number=member.subscriber_number)
    stranger = factories.a_member("N1003")
    factories.used(spouse, "deductible", 700, scope="family")
    factories.used(spouse, "deductible", 99)
    factories.used(stranger, "deductible", 5, scope="family")
    individual, family, _ = accumulators.of(actor=FRONT_DESK, lookup=lookup).meters
    assert (individual.used, family.used) == (Decimal(0), Decimal(700))


def test_amounts_of_another_plan_or_year_do_not_count(member: models.Member, lookup: UUID) -> None:
    factories.used(member, "deductible", 400, plan_code="OLD")
    factories.used(member, "deductible", 400, first_on=date(2025, 1, 1), last_on=date(2025, 12, 31))
    answer = accumulators.of(actor=FRONT_DESK, lookup=lookup)
    assert (answer.meters[0].used, answer.as_of) == (Decimal(0), None)


def test_a_card_shows_what_an_office_looks_for(member: models.Member, lookup: UUID) -> None:
    factories.a_pcp(member, "", "", name="Dr Ines Duarte")
    card = cards.of(actor=FRONT_DESK, lookup=lookup)
    assert (card.plan_name, card.plan_code, card.line_name) == ("HMO Gold", "7QX", "HMO")
    assert (card.effective_on, card.as_of, card.pcp_name) == (
        date(2026, 1, 1),
        factories.TODAY,
        "Dr Ines Duarte",
    )
    assert card.costs == (("Primary care visit", Cost(True, Decimal(25), None, False)),)


def test_without_coverage_on_the_day_there_is_no_card(member: models.Member) -> None:
    lookup = looked_up(as_of=date(2025, 12, 31))
    with pytest.raises(cards.NoCard) as missing:
        cards.of(actor=FRONT_DESK, lookup=lookup)
    assert missing.value.verdict is Verdict.NOT_YET_ACTIVE
    assert factories.last_use().conclusion == "no_card"


@pytest.mark.parametrize(
    ("ask", "queries"),
    [
        (other_coverage.of, 6),  # lookup with member, coverage, payers, freshness, audit row and subject
        (benefits.of, 10),  # … version, accumulators, benefits, lists of authorizations, line names
        (accumulators.of, 8),  # … version, accumulators, amounts
        (cards.of, 10),  # … plan names, line names, PCP, version, costs, lists of authorizations
    ],
)
def test_what_each_panel_costs(
    ask: Callable[..., Any], queries: int, lookup: UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(TRANSACTION + queries):
        ask(actor=FRONT_DESK, lookup=lookup)
