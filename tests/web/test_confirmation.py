"""Showing again that it is you: by what, how often, where it goes on, and what the session is afterwards."""

from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client

from portico.domains.accounts.credentials import passwords
from portico.domains.accounts.second_factors import recovery_codes
from tests.support import cast, visiting, with_passkeys
from tests.support import world as worlds
from tests.support.world import World
from tests.web.confirming import CONFIRM, LATER, confirm

COOKIE = "portico"


def test_a_confirmation_holds_for_ten_minutes_under_a_new_session_id(
    operations: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(LATER)
    before = operations.cookies[COOKIE].value
    assert confirm(operations).headers["Location"] == "/"
    assert operations.cookies[COOKIE].value != before
    stolen = Client()
    stolen.cookies[COOKIE] = before
    assert stolen.get("/account/sessions/").headers["Location"].startswith("/sign-in/")
    assert "Confirmed until Mar 12, 2026, 10:21 AM PDT" in visiting.seen(operations.get(CONFIRM))
    clock.shift(LATER)
    assert "Confirmed until" not in visiting.seen(operations.get(CONFIRM))


def test_a_confirmation_keeps_the_forms_of_other_pages_valid(
    world: World, clock: time_machine.Traveller
) -> None:
    browser = Client(enforce_csrf_checks=False)
    visiting.sign_in(world["operations"], browser)
    clock.shift(LATER)
    browser.get(CONFIRM)
    token = browser.cookies["portico_csrf"].value
    confirm(browser)
    assert browser.cookies["portico_csrf"].value == token


def test_a_password_confirms_for_whoever_has_no_factor(world: World, clock: time_machine.Traveller) -> None:
    browser = visiting.sign_in(world["no_factor"])
    clock.shift(LATER)
    assert "With your password" in visiting.seen(browser.get(CONFIRM))
    wrong = browser.post(CONFIRM, {"means": "password", "password": "no"})
    assert wrong.status_code == 422
    assert "This is not your password. Tries left before a break: 4." in visiting.seen(wrong)
    answer = browser.post(f"{CONFIRM}?next=/notices/", {"means": "password", "password": cast.PASSWORD})
    assert answer.headers["Location"] == "/notices/"


def test_a_password_is_not_offered_beside_a_factor_nor_taken(
    front_desk: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(LATER)
    assert "With your password" not in visiting.seen(front_desk.get(CONFIRM))
    answer = front_desk.post(CONFIRM, {"means": "password", "password": cast.PASSWORD})
    assert answer.status_code == 422


def test_a_passkey_confirms_once_for_each_question(
    world: World, front_desk: Client, clock: time_machine.Traveller
) -> None:
    key = with_passkeys.add(worlds.actor(world["front_desk"]))
    clock.shift(LATER)
    assert "With a passkey" in visiting.seen(front_desk.get(CONFIRM))
    question = front_desk.post(f"{CONFIRM}question/").json()
    form = {"means": "passkey", "reply": key.get(question)}
    assert front_desk.post(f"{CONFIRM}?next=/receipts/", form).headers["Location"] == "/receipts/"
    clock.shift(LATER)
    again = front_desk.post(CONFIRM, form)
    assert again.status_code == 422
    assert "The passkey was not accepted. Tries left before a break: 4." in visiting.seen(again)


def test_nobody_without_a_passkey_is_asked_for_one(front_desk: Client) -> None:
    assert front_desk.post(f"{CONFIRM}question/").status_code == 404


def test_a_recovery_code_confirms(world: World, front_desk: Client, clock: time_machine.Traveller) -> None:
    codes = recovery_codes.renew(actor=worlds.actor(world["front_desk"]))
    clock.shift(LATER)
    form = {"means": "recovery_code", "code": codes[0]}
    assert front_desk.post(CONFIRM, form).headers["Location"] == "/"
    clock.shift(LATER)
    used = front_desk.post(CONFIRM, form)
    assert "This recovery code is not right, or it was used already." in visiting.seen(used)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        pytest.param({"means": "code", "code": ""}, "Enter the six digits", id="no code"),
        pytest.param({"means": "code", "code": "000000"}, "This code is not right", id="a wrong code"),
        pytest.param(
            {"means": "recovery_code", "code": "7xkq2m9fhrtd"}, "Confirm that it is you", id="none held"
        ),
        pytest.param({"means": "passkey", "reply": "{}"}, "Confirm that it is you", id="no passkey held"),
        pytest.param({"means": "charm"}, "Confirm that it is you", id="no means"),
        pytest.param({}, "Confirm that it is you", id="nothing"),
    ],
)
def test_what_does_not_confirm_shows_the_page_again(
    front_desk: Client, clock: time_machine.Traveller, form: dict[str, str], said: str
) -> None:
    clock.shift(LATER)
    answer = front_desk.post(CONFIRM, form)
    assert answer.status_code == 422
    assert said in visiting.seen(answer)


def test_five_misses_block_and_say_until_when(front_desk: Client, clock: time_machine.Traveller) -> None:
    clock.shift(LATER)
    for left in (4, 3, 2, 1):
        assert f"Tries left before a break: {left}." in visiting.seen(confirm(front_desk, code="000000"))
    blocked = confirm(front_desk, code="000000")
    assert "Blocked until Mar 12, 2026, 10:26 AM PDT" in visiting.seen(blocked)
    assert blocked.status_code == 422
    assert "Blocked until" in visiting.seen(confirm(front_desk))
    assert "Blocked until" in visiting.seen(front_desk.get("/account/sessions/"))
    clock.shift(14 * 60)
    front_desk.get("/notices/")
    clock.shift(60)
    assert confirm(front_desk).headers["Location"] == "/"


def test_misses_leave_the_sign_in_open(
    world: World, front_desk: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(LATER)
    for _ in range(5):
        confirm(front_desk, code="000000")
    clock.shift(30)
    assert visiting.sign_in(world["front_desk"]).get(CONFIRM).status_code == 200


def test_a_busy_server_says_so(
    world: World, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = visiting.sign_in(world["no_factor"])
    clock.shift(LATER)

    def busy(password: str, kept: str | None) -> bool:
        raise passwords.Busy

    monkeypatch.setattr(passwords, "is_right", busy)
    answer = browser.post(CONFIRM, {"means": "password", "password": cast.PASSWORD})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        pytest.param("/receipts/", "/receipts/", id="a page of ours"),
        pytest.param("/staff/machines/?kind=fhir_client", "/staff/machines/?kind=fhir_client", id="a list"),
        pytest.param("", "/", id="nothing"),
        pytest.param("https://elsewhere.example.org/", "/", id="elsewhere"),
        pytest.param("//elsewhere.example.org/", "/", id="elsewhere by the same scheme"),
        pytest.param("/\\elsewhere.example.org", "/", id="elsewhere, disguised"),
        pytest.param("javascript:alert(1)", "/", id="a script"),
        pytest.param("receipts/", "/", id="no path"),
        pytest.param(f"/{'x' * 2_000}/", "/", id="very long"),
    ],
)
def test_it_goes_on_only_here(
    front_desk: Client, clock: time_machine.Traveller, asked: str, led: str
) -> None:
    clock.shift(LATER)
    front_desk.get(CONFIRM)
    answer = confirm(front_desk, f"{CONFIRM}?{urlencode({'next': asked})}")
    assert answer.headers["Location"] == led


def test_a_visitor_signs_in_instead_and_goes_on(world: World) -> None:
    answer = Client().get(CONFIRM, {"next": "/receipts/"})
    assert answer.headers["Location"] == "/sign-in/?next=%2Freceipts%2F"


def test_the_page_is_kept_nowhere(front_desk: Client) -> None:
    assert front_desk.get(CONFIRM).headers["Cache-Control"] == "no-store"
