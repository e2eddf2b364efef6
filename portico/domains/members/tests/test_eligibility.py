"""The answer: verdict, spans, person, PCP; decided anew each time, and what it costs."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from portico.domains.members import eligibility, lookups, models, search
from portico.domains.members.answers import EligibilityAnswer, Found, PcpStanding, Verdict
from portico.domains.members.tests import factories
from portico.domains.members.tests.asking import looked_up
from portico.domains.members.tests.factories import (
    ALSO_OURS,
    HMO,
    IN_OUR_GROUP,
    MEDI_CAL,
    OURS,
    PPO,
    STRANGERS,
)
from portico.domains.permits.actors import Standing
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.shared.periods import Period
from portico.shared.vault import Vault

pytestmark = pytest.mark.usefixtures("plan")

TRANSACTION = 2
NPI = "2000000009"
SPRING = Period(date(2025, 1, 1), date(2026, 2, 28))


def answered(member_id: str = "N1001", **asked: object) -> EligibilityAnswer:
    """What our front desk is told of somebody."""
    lookup = looked_up(member_id, **asked)  # type: ignore[arg-type]
    return eligibility.of(actor=factories.front_desk(), lookup=lookup)


def test_an_answer_says_who_what_and_as_of_when() -> None:
    factories.a_version("7QX", HMO)
    factories.a_covered_member(
        "N1001",
        ssn="900123456",
        suffix="Jr.",
        address="1 Elm St",
        city="Northlake",
        state="CA",
        postal_code="90001",
    )
    answer = answered()
    assert (answer.verdict, answer.as_of, answer.data_as_of) == (
        Verdict.ACTIVE,
        factories.TODAY,
        factories.DATA_AT,
    )
    assert (answer.person.name, answer.person.ssn_masked) == ("Adaeze Okafor Jr.", "•••-••-3456")
    assert answer.person.address == ("1 Elm St", "Northlake, CA 90001")
    assert answer.coverage is not None
    assert (answer.coverage.line_name, answer.coverage.plan_name) == ("HMO", "HMO Gold")
    assert answer.coverage.period == factories.THIS_YEAR
    assert (answer.others, answer.pcp, answer.tax_id) == ((), None, OURS)
    assert answer.reference == factories.last_use().reference


@pytest.mark.parametrize(
    ("period", "paid_to", "verdict"),
    [
        (Period(date(2026, 4, 1)), None, Verdict.NOT_YET_ACTIVE),
        (SPRING, None, Verdict.TERMINATED),
        (Period(date(2026, 3, 12), date(2026, 3, 12)), None, Verdict.ACTIVE),
        (Period(date(2026, 1, 1)), date(2026, 2, 28), Verdict.ACTIVE_IN_GRACE),
    ],
)
def test_the_verdict_is_recorded_too(period: Period, paid_to: date | None, verdict: Verdict) -> None:
    factories.a_coverage(factories.a_member("N1001"), period=period, premium_paid_to=paid_to)
    assert answered().verdict is verdict
    entry = factories.last_use()
    assert (entry.conclusion, factories.subjects_of(entry)) == (verdict, [("member", "N1001")])


def test_a_birth_date_nobody_gave_is_unknown() -> None:
    factories.a_covered_member("N1001", birth_date=None)
    assert answered().person.birth_date is None


def test_a_person_without_coverage_is_not_covered() -> None:
    factories.a_member("N1001")
    answer = answered()
    assert (answer.verdict, answer.coverage, answer.others) == (Verdict.NOT_COVERED, None, ())


def test_an_ssn_that_cannot_be_opened_is_left_out(settings: Settings) -> None:
    factories.a_covered_member("N1001", ssn="900123456")
    settings.PORTICO_VAULT = Vault({2: b"\x02" * 32}, b"\x01" * 32)
    assert answered().person.ssn_masked == ""


def test_with_two_plans_the_medical_one_decides_and_the_other_is_told() -> None:
    member = factories.a_covered_member("N1001")
    factories.a_coverage(member, PPO, Period(date(2026, 2, 1)), product="DEN", plan_code="D01")
    answer = answered()
    assert answer.coverage is not None
    assert (answer.coverage.plan_code, [span.plan_code for span in answer.others]) == ("7QX", ["D01"])


def test_other_spans_come_newest_first_each_with_its_own_verdict_and_name_of_then() -> None:
    factories.a_version("7QX", period=Period(date(2025, 1, 1), date(2025, 12, 31)), name="HMO Silver")
    factories.a_version("7QX", period=factories.THIS_YEAR, name="HMO Gold")
    member = factories.a_covered_member("N1001")
    factories.a_coverage(member, period=Period(date(2025, 3, 1), date(2025, 12, 31)))
    factories.a_coverage(member, period=Period(date(2027, 1, 1)))
    answer = answered()
    told = [(span.period.first.year, span.verdict, span.plan_name) for span in answer.others]
    assert told == [(2027, Verdict.NOT_YET_ACTIVE, ""), (2025, Verdict.TERMINATED, "HMO Silver")]


def test_spans_of_lines_not_granted_are_not_shown_and_do_not_decide() -> None:
    member = factories.a_coverage(factories.a_member("N1001"), PPO, SPRING).member
    factories.a_coverage(member, MEDI_CAL)
    actor = factories.front_desk(lines=frozenset({PPO}))
    answer = eligibility.of(actor=actor, lookup=looked_up(actor=actor))
    assert (answer.verdict, answer.others) == (Verdict.TERMINATED, ())


def test_the_line_asked_for_limits_the_answer() -> None:
    member = factories.a_covered_member("N1001", PPO)
    factories.a_coverage(member, MEDI_CAL, plan_code="MC1")
    answer = answered(line=MEDI_CAL)
    assert answer.coverage is not None
    assert (answer.coverage.line, answer.others) == (MEDI_CAL, ())


def test_a_grant_taken_away_closes_what_was_found() -> None:
    factories.a_covered_member("N1001", MEDI_CAL)
    lookup = looked_up()
    with pytest.raises(NotPermitted):
        eligibility.of(actor=factories.front_desk(functions=()), lookup=lookup)
    assert factories.last_use().outcome == "denied"
    with pytest.raises(lookups.LookupNotFound):
        eligibility.of(actor=factories.front_desk(lines=frozenset({PPO})), lookup=lookup)
    entry = factories.last_use()
    assert (entry.outcome, entry.conclusion, factories.subjects_of(entry)) == ("allowed", "not_found", [])


def test_an_administrator_reaches_no_answer_even_by_its_own_lookup() -> None:
    factories.a_covered_member("N1001")
    lookup = looked_up()
    administrator = replace(factories.administrator(), persona_id=7)
    with pytest.raises(NotPermitted):
        eligibility.of(actor=administrator, lookup=lookup)


def test_an_unknown_lookup_has_no_answer() -> None:
    with pytest.raises(lookups.LookupNotFound):
        eligibility.of(actor=factories.front_desk(), lookup=uuid4())


@pytest.mark.parametrize(
    ("tax_id", "group", "standing"),
    [
        (OURS, "", PcpStanding.IN_YOUR_OFFICE),
        (ALSO_OURS, "", PcpStanding.IN_YOUR_OFFICE),
        (IN_OUR_GROUP, "LAKE", PcpStanding.IN_YOUR_GROUP),
        (STRANGERS, "HILL", PcpStanding.ELSEWHERE),
        (STRANGERS, "", PcpStanding.ELSEWHERE),
    ],
)
def test_where_the_pcp_stands_to_the_office(tax_id: str, group: str, standing: PcpStanding) -> None:
    factories.an_office()
    factories.a_provider("2000000017", OURS, group="LAKE")
    factories.a_provider(NPI, tax_id, group=group)
    factories.a_pcp(factories.a_covered_member("N1001"), NPI, tax_id)
    pcp = answered().pcp
    assert pcp is not None
    assert (pcp.standing, pcp.name, pcp.specialty) == (standing, "Mei Tran, MD", "Family medicine")
    assert (pcp.address, pcp.since) == ("12 Lake St, Northlake, CA 90001", date(2025, 7, 1))


def test_a_biller_asking_for_another_offices_tax_id_sees_the_pcp_as_that_office_does() -> None:
    factories.an_office()
    factories.a_provider(NPI, ALSO_OURS)
    factories.a_pcp(factories.a_covered_member("N1001"), NPI, ALSO_OURS)
    biller = replace(factories.front_desk(), standing=Standing())
    pcp = eligibility.of(actor=biller, lookup=looked_up(actor=biller)).pcp
    assert pcp is not None
    assert pcp.standing is PcpStanding.IN_YOUR_OFFICE


def test_a_pcp_the_provider_file_does_not_know_keeps_its_name() -> None:
    factories.a_pcp(factories.a_covered_member("N1001"), "", "", name="Dr Ines Duarte")
    pcp = answered().pcp
    assert pcp is not None
    assert (pcp.name, pcp.npi, pcp.standing) == ("Dr Ines Duarte", "", PcpStanding.ELSEWHERE)


def test_the_pcp_is_the_one_of_the_day_asked_about() -> None:
    member = factories.a_covered_member("N1001")
    factories.a_pcp(member, "", "", name="Before", first_on=date(2025, 1, 1), last_on=date(2026, 1, 31))
    factories.a_pcp(member, "", "", name="After", first_on=date(2026, 2, 1))
    named = [answered(as_of=day).pcp for day in (date(2026, 1, 31), date(2026, 2, 1))]
    assert [pcp and pcp.name for pcp in named] == ["Before", "After"]


def test_an_answer_costs_at_most_ten_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    factories.an_office()
    factories.a_provider(NPI, STRANGERS, group="HILL")
    factories.a_version()
    member = factories.a_covered_member("N1001")
    factories.a_coverage(member, PPO, SPRING)
    factories.a_pcp(member, NPI, STRANGERS)
    lookup = looked_up()
    # Lookup with member, coverage, plan and line names, PCP, provider, groups, freshness, audit row, subject.
    with django_assert_num_queries(TRANSACTION + 10):
        eligibility.of(actor=factories.front_desk(), lookup=lookup)


def test_a_change_of_the_deciding_line_is_kept_for_what_is_asked_next() -> None:
    member = factories.a_covered_member("N1001", PPO)
    lookup = looked_up()
    models.Coverage.objects.filter(member=member).update(line=HMO)
    eligibility.of(actor=factories.front_desk(), lookup=lookup)
    assert models.Lookup.objects.get(pk=lookup).decided_line == HMO


def a_family_found() -> Found:
    """Two people on one policy, in two lines."""
    factories.a_covered_member("N1001", PPO, subscriber_number="S1")
    factories.a_covered_member("N1002", HMO, subscriber_number="S1", relationship="19")
    answer = search.find(actor=factories.front_desk(), inquiry=factories.inquiry("S1"))
    assert isinstance(answer, Found)
    return answer


def test_the_choice_can_be_shown_again() -> None:
    first = a_family_found()
    assert eligibility.candidates(actor=factories.front_desk(), lookup=first.lookup) == first
    assert factories.subjects_of(factories.last_use()) == [("member", "N1001"), ("member", "N1002")]


def test_the_choice_narrows_with_the_grants_and_keeps_its_keys() -> None:
    lookup = a_family_found().lookup
    narrowed = eligibility.candidates(actor=factories.front_desk(lines=frozenset({HMO})), lookup=lookup)
    assert [(one.member_id, one.key) for one in narrowed.candidates] == [("N1002", "1")]
    with pytest.raises(NotPermitted):
        eligibility.candidates(actor=factories.front_desk(functions=(Function.BENEFITS,)), lookup=lookup)


def test_the_choice_costs_five_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lookup = a_family_found().lookup
    with django_assert_num_queries(TRANSACTION + 5):  # lookup, members, coverage, audit row and subjects
        eligibility.candidates(actor=factories.front_desk(), lookup=lookup)
