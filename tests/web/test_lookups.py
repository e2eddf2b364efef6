"""Who looked up whom, in the browser: an administrator's own office, the plan by tax ID, and a file of it."""

import csv
import io
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from portico.domains.access import mirror, mirror_rules
from portico.domains.members.asked import NoAnswer
from tests.support import cast, patients, visiting
from tests.support.actors import NOW
from tests.support.visiting import seen
from tests.support.world import World

OFFICE, PLAN = "/office/lookups/", "/staff/lookups/"
DAYS = {"first": "03/12/2026", "last": "03/12/2026"}


@pytest.fixture
def administrator(world: World) -> Client:
    """The browser of Lakeside's administrator."""
    return visiting.sign_in(world["administrator"])


@pytest.fixture
def member_id(front_desk: Client) -> str:
    """The ID of a member whom the front desk has looked up."""
    look_up(front_desk)
    return patients.UNSCHEDULED


def look_up(browser: Client, member_id: str = patients.UNSCHEDULED) -> None:
    """Search for a member by ID."""
    assert visiting.search(browser, member_id=member_id).status_code in (200, 302)


def uses() -> list[tuple[str, str]]:
    """(function, conclusion) of every audit row, the earliest first."""
    rows = apps.get_model("audit", "Entry").objects.order_by("pk")
    return list(rows.values_list("function", "conclusion"))


def test_an_administrator_reads_who_looked_up_whom(administrator: Client, member_id: str) -> None:
    answer = administrator.get(OFFICE)
    said = seen(answer)
    assert answer.status_code == 200
    assert f"Front Tester {member_id} Eligibility These pages {cast.OWN}" in said
    assert "Nothing in these days stands out." in said
    assert uses()[-2:] == [
        ("manage_users", "lookups_shown"),
        ("manage_users", "unusual_lookups_shown"),
    ]


def test_the_page_tells_nothing_of_a_member_but_the_id(administrator: Client, member_id: str) -> None:
    page = administrator.get(OFFICE).content.decode()
    member: Any = apps.get_model("members", "Member").objects.get(member_id=member_id)
    assert member.last_name not in page
    assert f"{member.birth_date:%m/%d/%Y}" not in page
    assert member.birth_date.isoformat() not in page


def test_what_a_page_tells_is_kept_by_nothing_on_the_way(administrator: Client, member_id: str) -> None:
    answer = administrator.post(OFFICE, {**DAYS, "member": member_id})
    assert "no-store" in answer.headers["Cache-Control"]
    assert member_id not in answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ({"person": "front"}, True),
        ({"person": "nobody"}, False),
        ({"door": "web"}, True),
        ({"door": "x12"}, False),
        ({"member": "NLH99999999"}, False),
        ({"first": "03/01/2026", "last": "03/11/2026"}, False),
    ],
    ids=["person", "another_person", "door", "another_door", "another_member", "other_days"],
)
def test_look_ups_are_narrowed(
    administrator: Client, member_id: str, asked: dict[str, str], is_there: bool
) -> None:
    said = seen(administrator.post(OFFICE, {**DAYS, **asked}))
    assert (f"Front Tester {member_id}" in said) is is_there
    assert ("Nobody was looked up" in said) is not is_there


def test_one_member_is_found_as_the_id_is_typed(administrator: Client, member_id: str) -> None:
    typed = f" {member_id[:3].lower()} {member_id[3:]}"
    assert member_id in seen(administrator.post(OFFICE, {**DAYS, "member": typed}))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"first": "x"}, "Enter a day as mm/dd/yyyy"),
        ({"first": ""}, "Enter the first day."),
        ({"first": "03/13/2026"}, "The last day comes before the first one."),
        ({"first": "01/01/2025"}, "Look at no more than 92 days at once."),
        ({"door": "cellar"}, "is not one of the available choices"),
    ],
    ids=["no_day", "empty", "turned", "too_long", "no_door"],
)
def test_what_cannot_be_asked_is_said_and_nothing_shown(
    administrator: Client, member_id: str, asked: dict[str, str], said: str
) -> None:
    answer = administrator.post(OFFICE, {**DAYS, **asked})
    assert answer.status_code == 422
    assert said in seen(answer)
    assert member_id not in answer.content.decode()
    assert uses()[-1] == ("manage_users", "lookups_form_shown")


def test_pages_go_on_where_the_one_before_ended(
    administrator: Client,
    front_desk: Client,
    world: World,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(25):
        clock.move_to(NOW + timedelta(minutes=number / 4))
        look_up(front_desk)
    monkeypatch.setattr("portico.domains.access.mirror.page", partial(mirror.page, size=20))
    first = administrator.get(OFFICE).content.decode()
    key = first.split('name="after" value="')[-1].split('"')[0]
    rest = administrator.post(OFFICE, {**DAYS, "after": key}).content.decode()
    rows = [page.count('data-label="Member ID"') for page in (first, rest)]
    shown = apps.get_model("audit", "Subject").objects.filter(kind="member", entry__function="eligibility")
    own = shown.filter(entry__office_id=world.offices[cast.LAKESIDE], entry__tax_id=cast.OWN)
    minutes = {(at.replace(second=0), member) for at, member in own.values_list("entry__at", "identifier")}
    assert own.count() > 20
    assert sum(rows) - len(minutes) in (0, 1)


@pytest.mark.parametrize("key", ["x", "2026-03-12~1", "2026x~1~1", "~~"])
def test_a_key_somebody_made_up_shows_the_first_page(administrator: Client, member_id: str, key: str) -> None:
    assert member_id in seen(administrator.post(OFFICE, {**DAYS, "after": key}))


def test_what_one_page_of_a_member_asks_stands_in_one_row(administrator: Client, front_desk: Client) -> None:
    found = visiting.search(front_desk, member_id=patients.UNSCHEDULED)
    front_desk.get(found.headers["Location"])
    page = administrator.post(OFFICE, {**DAYS, "member": patients.UNSCHEDULED}).content.decode()
    assert page.count('data-label="Member ID"') == 1
    assert "Eligibility, Benefits" in page


def test_what_is_unusual_stands_first_and_leads_to_its_look_ups(
    administrator: Client, front_desk: Client
) -> None:
    for number in range(mirror_rules.NOTHING_FOUND):
        look_up(front_desk, f"NLH9900{number:04}")
    said = seen(administrator.get(OFFICE))
    assert f"03/12/2026 : {mirror_rules.NOTHING_FOUND} searches of Front Tester found nobody" in said


def test_a_flag_shows_its_persons_look_ups_alone(administrator: Client, member_id: str, world: World) -> None:
    said = seen(administrator.post(OFFICE, {**DAYS, "user": str(world["front_desk"].user_id)}))
    assert "Only Front Tester" in said
    assert member_id in said
    assert member_id not in seen(
        administrator.post(OFFICE, {**DAYS, "user": str(world["colleague"].user_id)})
    )


def test_a_file_to_take_home_holds_the_same(administrator: Client, member_id: str) -> None:
    answer = administrator.post(f"{OFFICE}file/", DAYS)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="look-ups-20260312-20260312.csv"'
    assert "no-store" in answer.headers["Cache-Control"]
    heads, *rows = csv.reader(io.StringIO(answer.content.decode()))
    assert heads == ["at", "person_or_system", "member_id", "door", "function", "tax_id", "reference"]
    assert rows[0][1:6] == ["Front Tester", member_id, "These pages", "Eligibility", cast.OWN]
    assert uses()[-1] == ("manage_users", "lookups_exported")


def test_a_name_that_calculates_is_text_in_the_file(
    administrator: Client, front_desk: Client, world: World
) -> None:
    users = apps.get_model("accounts", "User").objects.filter(pk=world["front_desk"].user_id)
    users.update(first_name="=cmd", last_name="|calc")
    look_up(front_desk)
    _, row, *_ = csv.reader(io.StringIO(administrator.post(f"{OFFICE}file/", DAYS).content.decode()))
    assert row[1] == "'=cmd |calc"


def test_the_file_asks_whether_it_is_still_the_same_person(
    administrator: Client, member_id: str, clock: time_machine.Traveller
) -> None:
    clock.move_to(NOW + timedelta(minutes=14))
    assert member_id in seen(administrator.get(OFFICE))
    clock.move_to(NOW + timedelta(minutes=27))
    answer = administrator.post(f"{OFFICE}file/", DAYS)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/confirm/")


def test_the_plan_names_a_tax_id_and_sees_whichever_office_asked(operations: Client, member_id: str) -> None:
    assert member_id not in operations.get(PLAN).content.decode()
    said = seen(operations.post(PLAN, {**DAYS, "tax_id": cast.OWN}))
    assert f"Front Tester Lakeside Family Practice {member_id}" in said
    subjects = apps.get_model("audit", "Entry").objects.latest("pk").subjects
    assert list(subjects.values_list("kind", "identifier")) == [("tax_id", cast.OWN)]
    assert uses()[-1] == ("audit_reading", "unusual_lookups_shown")
    assert member_id not in seen(operations.post(PLAN, {**DAYS, "tax_id": cast.FOREIGN}))


@pytest.mark.parametrize("tax_id", ["", "17123", "abc"])
def test_the_plan_is_told_of_what_is_no_tax_id(operations: Client, tax_id: str) -> None:
    answer = operations.post(PLAN, {**DAYS, "tax_id": tax_id})
    assert answer.status_code == 422


def test_another_offices_administrator_sees_nothing_of_it(member_id: str, world: World) -> None:
    outsider: Any = apps.get_model("access", "Persona").objects.get(user_id=world["outsider"].user_id)
    outsider.kind = "administrator"
    outsider.save()
    grants = apps.get_model("access", "Grant").objects.filter(persona=outsider)
    grants.exclude(pk=grants.earliest("pk").pk).delete()
    grants.update(function="manage_users")
    browser = visiting.sign_in(world["outsider"])
    answer = browser.get(OFFICE)
    assert answer.status_code == 200
    assert member_id not in answer.content.decode()
    assert member_id not in browser.post(OFFICE, {**DAYS, "member": member_id}).content.decode().replace(
        f'value="{member_id}"', ""
    )


def test_every_way_a_search_finds_nobody_is_a_way_searches_end() -> None:
    assert mirror_rules.FOUND_NOBODY - {"not_found"} <= set(NoAnswer)
