"""What programs are told beside the status: a part of those found, by which number, a person in parts."""

from dataclasses import replace
from datetime import date

import pytest

from portico.domains.members import inquiries, keys
from portico.domains.members.answers import Answered, Particulars
from portico.domains.members.asked import (
    ByCoverageKey,
    ByFacts,
    ByMemberId,
    Facts,
    NoAnswer,
    NotAnswered,
    SearchBy,
    WhichId,
)
from portico.domains.members.tests import factories
from portico.domains.members.tests.factories import HMO, MEDI_CAL

pytestmark = pytest.mark.usefixtures("plan")

SPOUSE_BIRTH = date(1982, 2, 3)


def ask(by: SearchBy, part: slice = inquiries.EVERYONE) -> Answered | NotAnswered:
    """What our office is answered."""
    inquiry = factories.inquiry(by)
    return inquiries.ask(actor=factories.front_desk(), inquiry=inquiry, most=20, part=part)


def told(by: SearchBy, part: slice = inquiries.EVERYONE) -> list[str]:
    """The member IDs of those told."""
    answer = ask(by, part)
    return (
        [] if isinstance(answer, NotAnswered) else [one.eligibility.person.member_id for one in answer.told]
    )


@pytest.fixture
def family(plan: None) -> None:
    """Two on one policy, whose number is one's own ID and not the other's."""
    del plan
    factories.a_covered_member("S1", subscriber_number="S1")
    factories.a_covered_member("N2", subscriber_number="S1", relationship="01", birth_date=SPOUSE_BIRTH)


@pytest.mark.usefixtures("family")
def test_a_part_is_told_and_noted_and_all_are_counted() -> None:
    answer = ask(ByMemberId("S1"), slice(1, 2))
    assert isinstance(answer, Answered)
    assert [one.eligibility.person.member_id for one in answer.told] == ["N2"]
    assert answer.total == 2
    entry = factories.last_use()
    assert (entry.conclusion, factories.subjects_of(entry)) == ("several", [("member", "N2")])


@pytest.mark.usefixtures("family")
def test_past_the_last_nobody_is_told() -> None:
    answer = ask(ByMemberId("S1"), slice(2, 4))
    assert isinstance(answer, Answered)
    assert (answer.told, answer.total) == ((), 2)
    assert factories.subjects_of(factories.last_use()) == []


@pytest.mark.usefixtures("family")
@pytest.mark.parametrize(
    ("number", "which", "expected"),
    [
        ("S1", WhichId.EITHER, ["S1", "N2"]),
        ("S1", WhichId.OWN, ["S1"]),
        ("S1", WhichId.POLICY, ["S1", "N2"]),
        ("N2", WhichId.OWN, ["N2"]),
        ("N2", WhichId.POLICY, []),
    ],
)
def test_which_of_the_numbers_is_meant(number: str, which: WhichId, expected: list[str]) -> None:
    assert told(ByMemberId(number, which)) == expected
    both = ByFacts(Facts(number, birth_date=SPOUSE_BIRTH, which_id=which))
    assert told(both) == [member_id for member_id in expected if member_id == "N2"]


def test_the_rest_of_a_person_is_told_in_parts() -> None:
    factories.a_covered_member(
        "N1",
        middle_name="Ann",
        suffix="JR",
        address="12 Lake St",
        address_more="Unit 4",
        city="Northlake",
        state="CA",
        postal_code="90001",
        death_date=date(2026, 2, 1),
    )
    answer = ask(ByMemberId("N1"))
    assert isinstance(answer, Answered)
    street = ("12 Lake St", "Unit 4")
    assert answer.told[0].particulars == Particulars(
        "Ann", "JR", street, "Northlake", "CA", "90001", date(2026, 2, 1)
    )


def test_a_span_in_a_line_not_granted_is_not_found_though_its_member_is() -> None:
    member = factories.a_covered_member("N1", HMO)
    hidden = factories.a_coverage(member, MEDI_CAL, plan_code="MC1")
    actor = factories.front_desk(lines=frozenset({HMO}))
    inquiry = factories.inquiry(ByCoverageKey(keys.coverage_key(hidden.pk)))
    answer = inquiries.ask(actor=actor, inquiry=inquiry)
    assert isinstance(answer, NotAnswered)
    assert replace(answer, reference="") == NotAnswered(NoAnswer.KEY_NOT_FOUND, lines_searched=(HMO,))
    entry = factories.last_use()
    assert (entry.conclusion, factories.subjects_of(entry)) == ("key_not_found", [])
