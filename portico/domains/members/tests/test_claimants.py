"""Who a claim is about, and under which line: a family, a stranger, a gap, three queries."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.members import claimants
from portico.domains.members.claimants import Claimant, Named, NoClaimant
from portico.domains.members.tests import factories
from portico.domains.members.tests.factories import HMO, PPO
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.shared.periods import Period

ON = date(2026, 3, 1)
CHILD_BORN, TWIN_BORN = date(2015, 5, 3), date(2016, 6, 4)


@pytest.fixture
def family(transactional_db: None) -> None:
    """A subscriber with two children on one policy, each with a number of his own."""
    factories.a_plan()
    factories.a_covered_member("N10", subscriber_number="S1")
    child = {"subscriber_number": "S1", "relationship": "19"}
    factories.a_covered_member("N11", first_name="Chidi", birth_date=CHILD_BORN, **child)
    factories.a_covered_member("N12", first_name="Ife", birth_date=TWIN_BORN, **child)


def named(number: str = "S1", **facts: object) -> Named:
    told = {
        "last_name": "OKAFOR",
        "first_name": "ADAEZE",
        "birth_date": date(1984, 5, 6),
        "is_dependent": False,
        "on": ON,
    }
    return Named(number, **(told | facts))  # type: ignore[arg-type]


def found(*asked: Named) -> Sequence[Claimant | NoClaimant]:
    with permit(factories.loader(), Function.LOADING) as given:
        answers = claimants.find(given, asked)
        given.conclude("found")
    return answers


def who(asked: Named) -> str:
    (answer,) = found(asked)
    return answer.member_id if isinstance(answer, Claimant) else answer


CHIDI = {"first_name": "CHIDI", "birth_date": CHILD_BORN}
ASKED = {
    "the subscriber by the policy's number": (named(), "N10"),
    "the subscriber by the own one": (named("N10"), "N10"),
    "a child by the own number": (named("N11", **CHIDI), "N11"),
    "a child under the policy, as sent": (named("S1", **CHIDI, is_dependent=True), "N11"),
    "a child under the subscriber's own number": (named("N10", **CHIDI, is_dependent=True), "N11"),
    "a child sent as subscriber": (named("S1", **CHIDI), "N11"),
    "a child of another last name": (named("S1", **CHIDI, last_name="LIND", is_dependent=True), "N11"),
    "a child that nobody knows": (
        named("S1", first_name="UNA", birth_date=date(2020, 1, 1), is_dependent=True),
        NoClaimant.UNKNOWN_MEMBER,
    ),
    "nobody": (named("S9"), NoClaimant.UNKNOWN_MEMBER),
    "a number alone": (named("N12", last_name="", first_name="", birth_date=None), "N12"),
}


@pytest.mark.parametrize("case", ASKED)
def test_who_is_meant(family: None, case: str) -> None:
    asked, answer = ASKED[case]
    assert who(asked) == answer


def test_two_alike_are_told_apart_by_nobody(family: None) -> None:
    twin: dict[str, Any] = {
        "subscriber_number": "S1",
        "relationship": "19",
        "first_name": "Chidi",
        "birth_date": CHILD_BORN,
    }
    factories.a_covered_member("N13", **twin)
    assert who(named("S1", **CHIDI, is_dependent=True)) == NoClaimant.SEVERAL_MEMBERS_MATCH


@pytest.mark.parametrize(
    ("on", "line", "is_covered"),
    [
        (date(2025, 12, 31), PPO, True),
        (date(2026, 1, 1), HMO, True),
        (date(2026, 6, 30), HMO, True),
        (date(2026, 7, 1), HMO, False),
        (date(2024, 12, 31), PPO, False),
    ],
)
def test_the_line_is_that_of_the_day_or_the_nearest(
    transactional_db: None, on: date, line: str, is_covered: bool
) -> None:
    factories.a_plan()
    member = factories.a_member("N20", subscriber_number="S2")
    factories.a_coverage(member, PPO, Period(date(2025, 1, 1), date(2025, 12, 31)))
    factories.a_coverage(member, HMO, Period(date(2026, 1, 1), date(2026, 6, 30)))
    (answer,) = found(named("N20", on=on))
    assert isinstance(answer, Claimant)
    assert (answer.line, answer.is_covered) == (line, is_covered)


def test_dental_coverage_tells_the_line_only_where_there_is_no_other(transactional_db: None) -> None:
    factories.a_plan()
    member = factories.a_member("N30", subscriber_number="S3")
    factories.a_coverage(member, PPO, product="DEN")
    (alone,) = found(named("N30"))
    factories.a_coverage(member, HMO)
    (beside,) = found(named("N30"))
    assert [answer.line for answer in (alone, beside) if isinstance(answer, Claimant)] == [PPO, HMO]


def test_somebody_never_covered_has_no_line(transactional_db: None) -> None:
    factories.a_plan()
    factories.a_member("N40")
    assert found(named("N40")) == [NoClaimant.NEVER_COVERED]


def test_many_are_found_in_three_queries(family: None) -> None:
    with permit(factories.loader(), Function.LOADING) as given:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            claimants.find(given, [asked for asked, _ in ASKED.values()])
        given.conclude("found")
    assert len(queries) == 3
