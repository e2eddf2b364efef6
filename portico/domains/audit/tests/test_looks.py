"""Look-ups as the audit keeps them: whose a permit opens, in pages, and what a use is compared with."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.audit import looks
from portico.domains.audit.looks import Wanted
from portico.domains.audit.rules import Outcome
from portico.domains.audit.tests import making

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("America/Los_Angeles")
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Reader:
    office_id: int | None = 13


@dataclass(frozen=True)
class Question:
    function: str = looks.OFFICE_FUNCTION


@dataclass(frozen=True)
class Given:
    actor: Reader = field(default_factory=Reader)
    question: Question = field(default_factory=Question)


OFFICE = Given()
PLAN = Given(Reader(None), Question(looks.PLAN_FUNCTION))


def wanted(**changes: Any) -> Wanted:
    asked = {"functions": ("eligibility",), "since": making.AT - WEEK, "until": making.AT + WEEK}
    return Wanted(**{**asked, **changes})


def members(given: Given = OFFICE, key: str = "", size: int = 50, **changes: Any) -> list[str]:
    found = looks.page(given=given, wanted=wanted(**changes), key=key, size=size)
    return [look.member for look in found.rows]


def shows(*ids: str, **changes: Any) -> None:
    making.record(1, subjects=tuple(("member", each) for each in ids), **changes)


def test_each_member_shown_stands_for_itself_the_latest_first(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    shows("A1", "A2")
    shows("B1", at=making.AT + timedelta(minutes=1))
    with django_assert_num_queries(1):
        assert members() == ["B1", "A2", "A1"]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_lose_and_double_nothing(size: int) -> None:
    shows("A1", "A2", "A3")
    shows("B1", "B2")
    seen, key = [], ""
    for _ in range(6):
        found = looks.page(given=OFFICE, wanted=wanted(), key=key, size=size)
        seen += [look.member for look in found.rows]
        key = found.next_key or ""
        if not key:
            break
    assert seen == ["B2", "B1", "A3", "A2", "A1"]


@pytest.mark.parametrize(
    "key",
    ["x", "~~", "2026-13-45~1~1", "2026-03-12T00:00:00~1~1", f"{making.AT.isoformat()}~{'9' * 30}~1"],
    ids=["text", "empty_parts", "no_day", "no_zone", "no_number"],
)
def test_what_is_no_key_begins_anew(key: str) -> None:
    shows("A1")
    assert members(key=key) == ["A1"]


def test_an_office_sees_its_own_people_and_no_others() -> None:
    shows("A1")
    shows("B1", office_id=14)
    assert members() == ["A1"]
    assert members(Given(Reader(14))) == ["B1"]
    assert members(Given(Reader(15))) == []


def test_the_plan_sees_one_tax_id_whoever_asked() -> None:
    shows("A1", tax_id="171234567")
    shows("B1", tax_id="171234567", office_id=14)
    shows("C1", tax_id="181234567")
    assert sorted(members(PLAN, tax_id="171234567")) == ["A1", "B1"]


@pytest.mark.parametrize(
    "given",
    [PLAN, Given(Reader(None)), Given(Reader(13), Question("eligibility"))],
    ids=["the_plan_without_a_tax_id", "nobodys_office", "another_function"],
)
def test_another_permit_opens_no_look_ups(given: Given) -> None:
    with pytest.raises(ValueError, match="does not open"):
        looks.page(given=given, wanted=wanted())


def test_the_plan_does_not_see_an_office_by_its_tax_id_under_the_offices_permit() -> None:
    shows("B1", office_id=14, tax_id="171234567")
    assert members(OFFICE, tax_id="171234567") == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"user_id": 5}, ["A1"]),
        ({"person": "fay"}, ["A1"]),
        ({"door": "x12"}, ["B1"]),
        ({"member": "B1"}, ["B1"]),
        ({"member": "B"}, []),
        ({"within": ("171234567",)}, ["A1"]),
        ({"within": ()}, []),
        ({"functions": ("benefits",)}, []),
        ({"until": making.AT}, []),
        ({"since": making.AT}, ["A1", "B1"]),
        ({"since": making.AT + timedelta(microseconds=1)}, []),
    ],
    ids=[
        "user",
        "name",
        "door",
        "member",
        "part_of_an_id",
        "within",
        "within_nothing",
        "function",
        "until",
        "since",
        "later",
    ],
)
def test_what_is_wanted_narrows(asked: dict[str, Any], found: list[str]) -> None:
    shows("A1", user_id=5, actor_name="Fay Desk", tax_id="171234567", door="web", at=making.AT)
    shows("B1", user_id=6, actor_name="Ben Desk", tax_id="171234568", door="x12", at=making.AT)
    assert sorted(members(**asked)) == found


def test_other_subjects_are_no_look_ups() -> None:
    making.record(1, subjects=(("user", "7"), ("member", "A1")))
    assert members() == ["A1"]


def test_uses_are_peoples_and_tell_of_those_that_showed_nobody() -> None:
    shows("A1", "A2", user_id=5)
    making.record(1, user_id=5, subjects=(), conclusion="member_id_not_found")
    making.record(1, user_id=5, subjects=(), outcome=Outcome.DENIED, reasons=("line_not_granted",))
    shows("M1", user_id=None, machine_id=3)
    found = looks.uses(given=OFFICE, wanted=wanted(), most=10)
    assert {(use.member, str(use.outcome)) for use in found} == {
        ("A1", "allowed"),
        ("A2", "allowed"),
        (None, "allowed"),
        (None, "denied"),
    }
    assert len(looks.uses(given=OFFICE, wanted=wanted(), most=2)) == 2


def test_a_usual_day_counts_a_member_once_and_nights_by_the_zones_clock() -> None:
    noon = datetime(2026, 3, 9, 12, tzinfo=ZONE)
    for at in (noon, noon, noon.replace(hour=23), noon + timedelta(days=1)):
        shows("A1", user_id=5, at=at)
    shows("A2", user_id=5, at=noon)
    shows("A1", user_id=6, at=noon.replace(hour=22))
    found = looks.usual(given=OFFICE, wanted=wanted(), nights=(22, 23), zone=ZONE)
    assert sorted(found[5].a_day) == [1, 2]
    assert {user: usual.at_night for user, usual in found.items()} == {5: 1, 6: 1}
