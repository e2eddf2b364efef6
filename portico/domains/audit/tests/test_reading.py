"""Who reads what of the audit, page by page."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.audit import reading
from portico.domains.audit.tests import making

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Reader:
    office_id: int | None = None
    user_id: int | None = None


@dataclass(frozen=True)
class Reach:
    everything: bool = True


@dataclass(frozen=True)
class Question:
    function: str = reading.FUNCTION


@dataclass(frozen=True)
class Given:
    actor: Reader = field(default_factory=Reader)
    scope: Reach = field(default_factory=Reach)
    question: Question = field(default_factory=Question)


PLAN = Given()
OFFICE = Given(Reader(13), Reach(False))
OTHER_OFFICE = Given(Reader(99), Reach(False))
NOWHERE = Given(Reader(None), Reach(False))


def test_an_office_is_read_latest_first_in_pages(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    entries = making.record(5)
    making.record(1, office_id=14)
    with django_assert_num_queries(2):
        first = reading.of_office(given=PLAN, office_id=13, size=3)
    second = reading.of_office(given=PLAN, office_id=13, size=3, key=first.next_key or "")
    read = [row.reference for row in (*first.rows, *second.rows)]
    assert read == [entry.reference for entry in reversed(entries)]
    assert second.next_key is None


def test_rows_of_one_instant_are_neither_lost_nor_doubled() -> None:
    entries = making.record(4, at=making.AT)
    first = reading.of_office(given=PLAN, office_id=13, size=2)
    second = reading.of_office(given=PLAN, office_id=13, size=2, key=first.next_key or "")
    assert {row.reference for row in (*first.rows, *second.rows)} == {entry.reference for entry in entries}


def test_since_counts_and_until_does_not() -> None:
    making.record(3)
    first, second = making.AT + timedelta(minutes=1), making.AT + timedelta(minutes=2)
    page = reading.of_office(given=PLAN, office_id=13, since=first, until=second)
    assert [row.at for row in page.rows] == [first]


def test_a_user_is_read_over_all_offices() -> None:
    making.record(1)
    making.record(1, office_id=14)
    making.record(1, user_id=77)
    assert len(reading.of_user(given=PLAN, user_id=11).rows) == 2


def test_everything_about_one_member_is_found() -> None:
    making.record(3)
    (row,) = reading.about(given=PLAN, kind="member", identifier="M1").rows
    assert row.subjects == (("member", "M1"),)


def test_an_office_sees_its_own_rows_and_only_the_number_of_subjects() -> None:
    making.record(1)
    (row,) = reading.of_office(given=OFFICE, office_id=13).rows
    assert (row.subject_count, row.subjects) == (1, ())


@pytest.mark.parametrize("given", [OTHER_OFFICE, NOWHERE])
def test_nobody_sees_another_office(given: Given) -> None:
    (entry,) = making.record(1)
    making.record(1, office_id=None)
    assert reading.of_office(given=given, office_id=13).rows == ()
    assert reading.of_user(given=given, user_id=11).rows == ()
    assert reading.about(given=given, kind="member", identifier="M0").rows == ()
    assert reading.by_reference(given=given, reference=entry.reference) is None


def of_own_account(user_id: int | None = 11) -> Given:
    """The permit of somebody's own account, which reaches everything as such permits do."""
    return Given(Reader(user_id=user_id), question=Question(reading.OWN_FUNCTION))


def test_ones_own_uses_are_read_in_any_persona_and_name_no_subject() -> None:
    making.record(2)
    making.record(1, office_id=14, persona_id=15)
    making.record(1, user_id=77)
    rows = reading.own(given=of_own_account(), until=making.AT + timedelta(days=1)).rows
    assert [(row.user_id, row.subject_count, row.subjects) for row in rows] == [(11, 1, ())] * 3


def test_ones_own_uses_end_before_the_instant_asked_for_and_come_in_pages() -> None:
    entries = making.record(4)
    until = making.AT + timedelta(minutes=3)
    first = reading.own(given=of_own_account(), until=until, size=2)
    second = reading.own(given=of_own_account(), until=until, size=2, key=first.next_key or "")
    read = [row.reference for row in (*first.rows, *second.rows)]
    assert read == [entry.reference for entry in reversed(entries[:3])]


@pytest.mark.parametrize("given", [PLAN, OFFICE, of_own_account(None)], ids=["plan", "office", "nobody"])
def test_ones_own_uses_are_opened_by_ones_own_account_alone(given: Given) -> None:
    with pytest.raises(ValueError, match="own uses"):
        reading.own(given=given, until=making.AT)


def test_a_permit_for_something_else_reads_nothing() -> None:
    with pytest.raises(ValueError, match="audit_reading"):
        reading.of_office(given=Given(question=Question("own_notices")), office_id=13)


def test_a_quoted_reference_finds_its_row() -> None:
    (entry,) = making.record(1)
    row = reading.by_reference(given=PLAN, reference=entry.reference)
    assert row is not None
    assert row.function == "eligibility"
    assert reading.by_reference(given=PLAN, reference="NOSUCHTHING0") is None
