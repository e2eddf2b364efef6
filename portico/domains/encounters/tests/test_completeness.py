"""How complete encounters are against what is expected, and how late they came."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from pytest_django import DjangoAssertNumQueries

from portico.domains.claims.facts.submitted import SentClaim
from portico.domains.encounters import completeness, models
from portico.domains.encounters import completeness_rules as rules
from portico.domains.encounters.completeness import Expected, Group, NoScore, UnknownLine
from portico.domains.encounters.completeness_rules import Lag, Month, Score
from portico.domains.encounters.tests import sending
from portico.domains.encounters.tests.sending import a_claim, a_service, desk, outsider, send
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Held, system_actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.shared.periods import Period

OPERATOR = system_actor("tests", asked_at=factories.AT, today=factories.TODAY)
LAST_YEAR = Period(date(2025, 1, 1), date(2026, 12, 31))


def month(
    first_on: date,
    *,
    encounters: int = 0,
    members: int = 1000,
    rate: str | None = "100",
    is_ripe: bool = True,
) -> Month:
    """A month of service."""
    expected = rules.expected(members, Decimal(rate) if rate else None)
    return Month(first_on, encounters, Lag(within_30=encounters), members, expected, is_ripe)


JANUARY, FEBRUARY = date(2025, 1, 1), date(2025, 2, 1)


@pytest.mark.parametrize(
    ("months", "is_part", "score"),
    [
        ([month(JANUARY, encounters=100)], False, Score(Decimal("100.0"))),
        ([month(JANUARY, encounters=150)], False, Score(Decimal("150.0"))),
        ([month(JANUARY, encounters=1, members=30)], False, Score(Decimal("33.3"))),
        ([month(JANUARY, encounters=80), month(FEBRUARY, is_ripe=False)], False, Score(Decimal("80.0"))),
        ([month(JANUARY, encounters=80), month(FEBRUARY)], False, Score(Decimal("40.0"))),
        ([month(JANUARY, encounters=9, rate=None)], False, Score(None, NoScore.NO_EXPECTATION)),
        ([month(JANUARY, encounters=9, members=0)], False, Score(None, NoScore.NO_MEMBERS)),
        ([month(JANUARY, is_ripe=False)], False, Score(None, NoScore.NOTHING_RIPE)),
        ([month(JANUARY, encounters=80)], True, Score(None, NoScore.PART)),
    ],
)
def test_the_score_is_of_ripe_months_or_says_why_there_is_none(
    months: list[Month], is_part: bool, score: Score
) -> None:
    assert rules.score(months, is_part=is_part) == score


@pytest.mark.parametrize(
    ("today", "is_ripe"),
    [(date(2025, 5, 1), False), (date(2025, 5, 2), True)],
)
def test_a_month_is_ripe_once_ninety_days_are_over(today: date, is_ripe: bool) -> None:
    assert rules.is_ripe(JANUARY, today) is is_ripe


def test_months_are_whole_and_before_this_one() -> None:
    assert rules.months_back(date(2026, 3, 1), 3) == (date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1))
    assert rules.months_back(date(2024, 3, 31), 1) == (date(2024, 2, 1),)


def test_the_narrowest_expectation_counts() -> None:
    rates = {("", ""): Decimal(1), ("hmo", ""): Decimal(2), ("", "1"): Decimal(3), ("hmo", "1"): Decimal(4)}
    asked = [("hmo", "1"), ("ppo", "1"), ("hmo", "2"), ("ppo", "2")]
    found = [rules.rate_for(rates, line=line, tax_id=tax_id) for line, tax_id in asked]
    assert found == [4, 3, 2, 1]
    assert rules.rate_for({}, line="hmo", tax_id="1") is None


def test_lag_says_which_part_came_within_ninety_days() -> None:
    lag = Lag(5, 2, 1, 2)
    assert (lag.total, lag.in_time, Lag().in_time) == (10, Decimal("80.0"), None)
    assert lag + Lag(1, 1, 1, 1) == Lag(6, 3, 2, 3)


@pytest.fixture
def world(db: None) -> None:
    """A plan, and a member covered and assigned to our provider since last year."""
    factories.a_plan()
    member = factories.a_member(sending.MEMBER)
    factories.a_coverage(member, period=LAST_YEAR)
    apps.get_model("members", "PcpAssignment").objects.create(
        member=member, npi=sending.NPI, tax_id=factories.OURS, first_on=date(2025, 1, 1)
    )
    factories.a_provider(sending.NPI, factories.OURS)


def on(day: date) -> SentClaim:
    """A visit on that day."""
    return a_claim(services=(a_service(first_on=day),))


def of_ours(months: int = completeness.MONTHS) -> Group:
    """What the desk sees of its one group."""
    (group,) = completeness.of(actor=desk(), months=months).groups
    return group


@pytest.mark.usefixtures("world")
def test_a_group_is_measured_by_its_members_and_what_the_plan_expects() -> None:
    completeness.expect(actor=OPERATOR, expectations=[Expected(Decimal(500))])
    send(on(date(2025, 8, 4)), on(date(2025, 8, 5)), on(date(2026, 2, 3)))
    group = of_ours(months=8)
    assert (group.tax_id, group.line, group.encounters) == (factories.OURS, factories.HMO, 3)
    assert (group.member_months, group.expected) == (8, Decimal("4.0"))
    # Ripe are July to November: two came, and 2.5 are expected.
    assert group.score == Score(Decimal("80.0"))
    assert group.lag == Lag(within_60=1, beyond=2)
    assert [each.encounters for each in group.months] == [0, 2, 0, 0, 0, 0, 0, 1]


@pytest.mark.usefixtures("world")
def test_without_an_expectation_there_are_counts_and_no_score() -> None:
    send(on(date(2026, 2, 3)))
    group = of_ours()
    assert group.score == Score(None, NoScore.NO_EXPECTATION)
    assert (group.encounters, group.expected, group.lag.in_time) == (1, None, Decimal("100.0"))


@pytest.mark.usefixtures("world")
def test_what_is_replaced_voided_or_rejected_does_not_count() -> None:
    _, (first, second, _) = send(on(date(2026, 2, 3)), on(date(2026, 2, 4)), on(date(2026, 4, 1)))
    replacement = replace(on(date(2026, 2, 5)), frequency="7", original_number=first.number)
    void = replace(on(date(2026, 2, 4)), frequency="8", original_number=second.number)
    send(replacement, void, interchange="000000002")
    assert of_ours().encounters == 1
    assert models.Encounter.objects.count() == 5


@pytest.mark.usefixtures("world")
def test_a_group_without_encounters_shows_that_there_are_none() -> None:
    completeness.expect(actor=OPERATOR, expectations=[Expected(Decimal(500), line=factories.HMO)])
    group = of_ours()
    assert (group.encounters, group.score, group.lag.in_time) == (0, Score(Decimal("0.0")), None)


@pytest.mark.usefixtures("world")
def test_some_providers_alone_are_a_part_without_a_score() -> None:
    completeness.expect(actor=OPERATOR, expectations=[Expected(Decimal(500))])
    send(on(date(2025, 8, 4)))
    grant = replace(factories.grant(Function.ENCOUNTERS), providers=frozenset({sending.OTHER_NPI}))
    (group,) = completeness.of(actor=replace(desk(), held=Held([grant]))).groups
    assert (group.encounters, group.is_part, group.score) == (0, True, Score(None, NoScore.PART))


@pytest.mark.usefixtures("world")
def test_groups_of_others_and_lines_not_given_are_not_shown() -> None:
    assert completeness.of(actor=outsider()).groups == ()
    assert completeness.of(actor=desk(lines=frozenset({factories.PPO}))).groups == ()
    with pytest.raises(NotPermitted):
        completeness.of(actor=desk(), tax_id=factories.STRANGERS)


@pytest.mark.usefixtures("world")
def test_it_costs_the_same_for_many_encounters(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for interchange, days in (("000000001", (3,)), ("000000002", range(4, 20))):
        send(*(on(date(2026, 2, day)) for day in days), interchange=interchange)
        with django_assert_num_queries(9):
            completeness.of(actor=desk(), months=3)


@pytest.mark.usefixtures("world")
def test_an_expectation_is_of_a_line_the_plan_has() -> None:
    completeness.expect(actor=OPERATOR, expectations=[Expected(Decimal(500))])
    with pytest.raises(UnknownLine):
        completeness.expect(actor=OPERATOR, expectations=[Expected(Decimal(1), line="nowhere")])
    assert models.Expectation.objects.get().per_thousand_months == 500
    with pytest.raises(NotPermitted):
        completeness.expect(actor=desk(), expectations=[])
