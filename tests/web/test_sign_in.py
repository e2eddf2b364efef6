"""Signing in: alike for known and unknown, locked after five misses, a code once, and back only to here."""

from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portico.domains.accounts.second_factors import factors
from tests.support import cast, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

SIGN_IN = "/sign-in/"
WRONG = "not the pass phrase at all"


def miss(browser: Client, username: str, password: str = WRONG) -> Any:
    """The answer to a name and a password that do not belong together."""
    return browser.post(SIGN_IN, {"username": username, "password": password})


def apart_from_name(answer: Any, username: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body, without the name that was typed and what follows its length."""
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, headers, visiting.as_said(answer).replace(username, "")


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each password that was hashed."""
    made: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        made.append(salt)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return made


def test_a_password_and_a_code_open_the_home_page(world: World) -> None:
    browser = visiting.sign_in(world["front_desk"])
    assert "Hello, Front" in visiting.seen(browser.get("/"))


def test_the_right_password_alone_opens_nothing(world: World) -> None:
    browser = Client()
    answer = visiting.give_password(browser, world["front_desk"])
    assert answer.headers["Location"] == reverse("sign_in_code")
    assert browser.get(reverse("patient_search")).headers["Location"].startswith(SIGN_IN)


def test_the_username_may_be_typed_in_any_case(world: World) -> None:
    answer = miss(Client(), " Front.DESK ", cast.PASSWORD)
    assert answer.headers["Location"] == reverse("sign_in_code")


@pytest.mark.parametrize("username", ["nobody.here", "disabled", "suspended"])
def test_every_miss_is_answered_alike(world: World, username: str) -> None:
    known = apart_from_name(miss(Client(), "front.desk"), "front.desk")
    assert known[0] == 422
    assert apart_from_name(miss(Client(), username), username) == known


def test_a_disabled_users_right_password_is_answered_as_a_wrong_one(world: World) -> None:
    disabled = world["disabled"]
    worlds.disable(disabled)
    wrong = apart_from_name(miss(Client(), "front.desk"), "front.desk")
    assert apart_from_name(visiting.give_password(Client(), disabled), "disabled") == wrong


def test_known_and_unknown_names_cost_the_same_hashes_and_queries(world: World, hashes: list[str]) -> None:
    miss(Client(), "first.of.this.process")
    worlds.disable(world["disabled"])
    for _ in range(5):
        miss(Client(), "outsider")
    costs = {}
    for username in ("front.desk", "nobody.here", "disabled", "outsider"):
        hashes.clear()
        with CaptureQueriesContext(connection) as queries:
            miss(Client(), username)
        costs[username] = (len(hashes), len(queries))
    assert {hashed for hashed, _ in costs.values()} == {1}
    assert costs["front.desk"] == costs["nobody.here"] == costs["disabled"]


@pytest.mark.parametrize("username", ["front.desk", "nobody.here"])
def test_the_fifth_miss_locks_and_says_until_when(world: World, username: str) -> None:
    said = [visiting.seen(miss(Client(), username)) for _ in range(5)]
    assert [("locked until" in page) for page in said] == [False, False, False, False, True]
    assert "Mar 12, 2026, 10:15 AM PDT" in said[4]


def test_a_locked_name_stays_locked_for_the_right_password_until_the_end(
    world: World, clock: time_machine.Traveller
) -> None:
    for _ in range(5):
        miss(Client(), "front.desk")
    clock.shift(14 * 60 + 59)
    assert "locked until" in visiting.seen(visiting.give_password(Client(), world["front_desk"]))
    clock.shift(1)
    assert visiting.sign_in(world["front_desk"]).get("/").status_code == 200


def test_wrong_codes_lock_as_wrong_passwords_do(world: World) -> None:
    browser = Client()
    visiting.give_password(browser, world["front_desk"])
    said = [visiting.seen(visiting.give_code(browser, "000000")) for _ in range(5)]
    assert "locked until" in said[4]
    assert visiting.give_code(browser).status_code == 422


def test_a_code_opens_one_session_only(world: World, clock: time_machine.Traveller) -> None:
    visiting.sign_in(world["front_desk"])
    second = Client()
    visiting.give_password(second, world["front_desk"])
    again = visiting.give_code(second)
    assert again.status_code == 422
    assert "used already" in visiting.seen(again)
    clock.shift(30)
    assert visiting.give_code(second).status_code == 302


def test_a_code_of_a_minute_ago_is_refused(world: World, clock: time_machine.Traveller) -> None:
    browser = Client()
    visiting.give_password(browser, world["front_desk"])
    old = factors.code_at(cast.TOTP_SECRET, NOW)
    clock.shift(61)
    assert visiting.give_code(browser, old).status_code == 422


def test_the_code_must_follow_within_ten_minutes(world: World, clock: time_machine.Traveller) -> None:
    browser = Client()
    visiting.give_password(browser, world["front_desk"])
    clock.shift(601)
    assert visiting.give_code(browser).headers["Location"] == SIGN_IN


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/receipts/", "/receipts/"),
        ("/patients/%3Fby%3Dname", "/patients/?by=name"),
        ("", "/"),
        ("https://elsewhere.example.org/", "/"),
        ("//elsewhere.example.org/", "/"),
        ("/\\elsewhere.example.org", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_next_leads_only_to_here(world: World, asked: str, led: str) -> None:
    browser = Client()
    visiting.give_password(browser, world["front_desk"], to=asked)
    assert visiting.give_code(browser).headers["Location"] == led


def test_a_page_that_asked_for_the_sign_in_opens_after_it(world: World) -> None:
    browser = Client()
    address = browser.get(reverse("receipts")).headers["Location"]
    browser.post(address, {"username": "front.desk", "password": cast.PASSWORD})
    assert visiting.give_code(browser).headers["Location"] == reverse("receipts")


def test_a_form_without_its_token_is_refused(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = visiting.give_password(browser, world["front_desk"])
    assert answer.status_code == 403
    assert "no longer valid" in visiting.seen(answer)


def test_an_attempt_leaves_one_audit_row_without_the_name(world: World) -> None:
    before = worlds.last_use()
    miss(Client(), "front.desk")
    visiting.give_password(Client(), world["front_desk"])
    rows = worlds.uses(pk__gt=before)
    assert [(row.function, row.outcome, row.conclusion) for row in rows] == [
        ("sign_in", "allowed", "refused"),
        ("sign_in", "allowed", "factor_needed"),
    ]
    assert "front.desk" not in repr([vars(row) for row in rows])


def test_empty_fields_say_what_to_enter(world: World) -> None:
    said = visiting.seen(Client().post(SIGN_IN, {"username": "", "password": ""}))
    assert "Enter your username." in said
    assert "Enter your password." in said
