"""Your data: one file, of oneself alone, without patients and without anything that opens anything."""

import json
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portico.domains.accounts import models
from portico.edges.web.accounts import own_data
from tests.support import cast, patients, visiting
from tests.support import world as worlds
from tests.support.world import World

DATA = "/account/data/"


def taken_home(browser: Client) -> Any:
    """The file, read."""
    answer = browser.post(DATA)
    assert answer.status_code == 200
    return json.loads(answer.getvalue())


@pytest.fixture
def worked(front_desk: Client) -> Client:
    """The front desk's browser after some work with patients."""
    visiting.search(front_desk, member_id=patients.ZEPHYRINE)
    front_desk.post(
        "/account/details/", {"first_name": "Front", "last_name": "Tester", "telephone": "5305550193"}
    )
    return front_desk


def test_the_file_is_attached_and_kept_by_no_cache(front_desk: Client) -> None:
    answer = front_desk.post(DATA)
    assert answer.headers["Content-Type"] == "application/json"
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="provider-portal-data-2026-03-12.json"'
    )
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_holds_the_person_what_they_hold_and_what_they_did(worked: Client) -> None:
    found = taken_home(worked)
    assert found["made_at"] == "2026-03-12T17:00:00+00:00"
    profile = found["profile"]
    assert (profile["username"], profile["telephone"]) == ("front.desk", "5305550193")
    assert [each["kind"] for each in found["authenticators"]] == ["totp"]
    assert len(found["sessions"]) == 1
    [persona] = found["personas"]
    assert persona["office"] == "Lakeside Family Practice"
    assert {grant["function"] for grant in persona["grants"]} >= {"eligibility", "benefits"}
    assert persona["grants"][0]["tax_ids"] == [cast.OWN]


def test_uses_are_told_without_whom_they_were_about(world: World, clock: time_machine.Traveller) -> None:
    browser = visiting.sign_in(world["front_desk"])
    visiting.search(browser, member_id=patients.ZEPHYRINE)
    clock.shift(60)
    found = taken_home(browser)
    about = [use for use in found["uses"] if use["function"] == "eligibility"]
    assert about
    assert about[0]["subject_count"] == 1
    assert "subjects" not in about[0]
    assert patients.shown_in(json.dumps(about)) == []


def test_it_holds_nobody_else_and_nothing_that_opens_anything(
    world: World, clock: time_machine.Traveller
) -> None:
    colleague = visiting.sign_in(world["colleague"])
    visiting.search(colleague, member_id=patients.ZEPHYRINE)
    browser = visiting.sign_in(world["front_desk"])
    visiting.search(browser, member_id=patients.ZEPHYRINE)
    clock.shift(60)
    said = json.dumps(taken_home(browser))
    user = models.User.objects.get(pk=world["front_desk"].user_id)
    session = browser.cookies["portico"].value
    for secret in (cast.PASSWORD, cast.TOTP_SECRET, user.password, session):
        assert secret not in said
    assert "colleague" not in said
    names = ("Zephyrine", "Quillfeather", patients.ZEPHYRINE, "05/06/1984")
    assert [name for name in names if name in said] == []


def test_many_uses_come_in_parts_each_with_its_row(
    worked: Client, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(7):
        worked.get("/account/personas/")
    clock.shift(60)
    monkeypatch.setattr(own_data, "AT_A_TIME", 3)
    before = worlds.last_use()
    uses = taken_home(worked)["uses"]
    rows = [row.conclusion for row in worlds.uses(pk__gt=before)]
    assert rows[:2] == ["own_data_given", "holdings_given"]
    assert set(rows[2:]) == {"own_uses_given"}
    assert len(rows) - 2 == -(-len(uses) // 3)
    assert len({use["reference"] for use in uses}) == len(uses)
    assert [use["at"] for use in uses] == sorted((use["at"] for use in uses), reverse=True)


def test_what_is_taken_away_meanwhile_cuts_the_file_off(
    worked: Client, world: World, clock: time_machine.Traveller
) -> None:
    clock.shift(60)
    answer: Any = worked.post(DATA)
    parts = iter(answer.streaming_content)
    begun = next(parts)
    worlds.disable(world["front_desk"])
    with pytest.raises(Exception, match="not_signed_in"):
        begun += b"".join(parts)
    with pytest.raises(json.JSONDecodeError):
        json.loads(begun)


def test_reading_about_it_gives_nothing_away(front_desk: Client) -> None:
    before = worlds.last_use()
    said = visiting.seen(front_desk.get(DATA))
    assert "Download my data" in said
    assert "front.desk@example.org" not in said
    [row] = worlds.uses(pk__gt=before)
    assert row.conclusion == "own_data_offered"


def test_it_asks_for_a_confirmation_first(front_desk: Client, clock: time_machine.Traveller) -> None:
    clock.shift(11 * 60)
    assert front_desk.get(DATA).status_code == 200
    assert front_desk.post(DATA).headers["Location"].startswith(reverse("confirm"))


def test_a_visitor_is_asked_to_sign_in(world: World) -> None:
    assert Client().post(DATA).headers["Location"] == reverse("sign_in")
