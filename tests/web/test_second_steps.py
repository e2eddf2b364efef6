"""Signing in with passkeys, codes and recovery codes, and looking after them in one's own account."""

import json
import re
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.edges.web import asking
from tests.support import visiting, with_passkeys
from tests.support import world as worlds
from tests.support.soft_passkey import SoftPasskey
from tests.support.world import World

FACTORS = "/account/factors/"
CODES = f"{FACTORS}recovery-codes/"
VISITORS = "portico_passkey"
ALONE, SECOND = "/sign-in/passkey/", "/sign-in/code/passkey/"
CODE = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}\b")


@pytest.fixture
def key(world: World) -> SoftPasskey:
    """A passkey of the front desk's, beside the authenticator."""
    return with_passkeys.add(worlds.actor(world["front_desk"]))


def use(browser: Client, key: SoftPasskey, page: str, **sent: Any) -> Any:
    """The answer to what the passkey says to the page's question."""
    options = browser.post(f"{page}question/").json()
    return browser.post(page, {"reply": key.get(options), **sent})


def is_open(browser: Client) -> bool:
    """Does patient data open?"""
    return browser.get(reverse("patient_search")).status_code == 200


def codes_of(browser: Client) -> list[str]:
    """New recovery codes, as the page shows them."""
    return CODE.findall(visiting.seen(browser.post(CODES)))


def test_a_passkey_alone_opens_patient_data(world: World, key: SoftPasskey) -> None:
    browser = Client()
    assert use(browser, key, ALONE).headers["Location"] == reverse("home")
    assert is_open(browser)
    assert "Hello, Front" in visiting.seen(browser.get("/"))


def test_a_passkey_leads_back_to_the_page_that_was_asked_for(world: World, key: SoftPasskey) -> None:
    browser = Client()
    question = browser.post(f"{ALONE}question/").json()
    answer = browser.post(f"{ALONE}?next=/receipts/", {"reply": key.get(question)})
    assert answer.headers["Location"] == "/receipts/"


@pytest.mark.parametrize("reply", ["", "{}", "none"], ids=["nothing", "empty", "no JSON"])
def test_an_answer_that_is_none_says_to_try_again(world: World, reply: str) -> None:
    browser = Client()
    browser.post(f"{ALONE}question/")
    answer = browser.post(ALONE, {"reply": reply})
    assert answer.status_code == 422
    assert "Please check this form" in visiting.seen(answer)
    assert asking.USER not in browser.session


def test_known_and_unknown_passkeys_are_answered_alike(world: World, key: SoftPasskey) -> None:
    said = [
        visiting.as_said(use(Client(), made, ALONE))
        for made in (SoftPasskey(id=key.id), SoftPasskey(), SoftPasskey(id=key.id, handle=key.handle))
    ]
    assert said[0] == said[1] == said[2]
    assert "This passkey did not sign you in." in said[0]


def test_a_question_belongs_to_the_browser_that_asked(world: World, key: SoftPasskey) -> None:
    asker, other = Client(), Client()
    reply = key.get(asker.post(f"{ALONE}question/").json())
    other.post(f"{ALONE}question/")
    assert other.post(ALONE, {"reply": reply}).status_code == 422
    assert Client().post(ALONE, {"reply": reply}).status_code == 422
    assert asker.post(ALONE, {"reply": reply}).status_code == 302


def test_a_visitors_question_begins_no_session(world: World) -> None:
    browser = Client()
    for _ in range(3):
        assert browser.post(f"{ALONE}question/").status_code == 200
    assert not apps.get_model("accounts", "Session").objects.exists()
    assert set(browser.cookies) == {VISITORS}


def test_what_a_visitor_is_asked_waits_sealed_for_five_minutes(world: World) -> None:
    browser = Client()
    challenge = browser.post(f"{ALONE}question/").json()["publicKey"]["challenge"]
    cookie = browser.cookies[VISITORS]
    assert challenge not in cookie.value
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (300, True, "Strict")


def test_a_visitors_question_is_answered_once(world: World, key: SoftPasskey) -> None:
    browser, copy = Client(), Client()
    reply = key.get(browser.post(f"{ALONE}question/").json())
    copy.cookies[VISITORS] = browser.cookies[VISITORS].value
    assert browser.post(ALONE, {"reply": reply}).status_code == 302
    assert browser.cookies[VISITORS].value == ""
    assert copy.post(ALONE, {"reply": reply}).status_code == 422


@pytest.mark.parametrize("kept", ["", "x", "00", "é"], ids=["nothing", "no digits", "not sealed", "other"])
def test_a_made_up_question_is_none(world: World, key: SoftPasskey, kept: str) -> None:
    browser = Client()
    reply = key.get(browser.post(f"{ALONE}question/").json())
    browser.cookies[VISITORS] = kept
    assert browser.post(ALONE, {"reply": reply}).status_code == 422


def test_a_question_leaves_the_session_with_its_answer(world: World, key: SoftPasskey) -> None:
    browser = Client()
    visiting.give_password(browser, world["front_desk"])
    browser.post(f"{SECOND}question/")
    assert "passkey_challenge" in browser.session
    browser.post(SECOND, {"reply": "{}"})
    assert "passkey_challenge" not in browser.session


def test_after_the_password_the_best_way_comes_first_and_the_others_are_offered(
    world: World, key: SoftPasskey
) -> None:
    browser = Client()
    assert visiting.give_password(browser, world["front_desk"]).headers["Location"] == SECOND
    said = visiting.seen(browser.get(SECOND))
    assert "Enter a code from your authenticator" in said
    assert "Enter a recovery code" not in said
    assert use(browser, key, SECOND).headers["Location"] == reverse("home")
    assert is_open(browser)


def test_the_code_still_signs_in_beside_a_passkey(world: World, key: SoftPasskey) -> None:
    assert is_open(visiting.sign_in(world["front_desk"]))


def test_anothers_passkey_is_no_second_step(world: World, key: SoftPasskey) -> None:
    foreign = with_passkeys.add(worlds.actor(world["colleague"]))
    browser = Client()
    visiting.give_password(browser, world["front_desk"])
    answer = use(browser, foreign, SECOND)
    assert answer.status_code == 422
    assert "This passkey was not accepted." in visiting.seen(answer)


@pytest.mark.parametrize("page", [SECOND, "/sign-in/code/recovery/", "/sign-in/code/"])
def test_before_the_right_password_no_second_step_is_told(world: World, key: SoftPasskey, page: str) -> None:
    browser = Client()
    visiting.give_password(browser, world["front_desk"], password="wrong")
    for answer in (browser.get(page), browser.post(page), browser.post(f"{SECOND}question/")):
        assert answer.headers["Location"] == reverse("sign_in")


@pytest.mark.parametrize("page", [SECOND, "/sign-in/code/recovery/"])
def test_a_way_one_does_not_have_leads_to_one_that_one_has(world: World, page: str) -> None:
    browser = Client()
    visiting.give_password(browser, world["front_desk"])
    assert browser.get(page).headers["Location"] == reverse("sign_in_code")


def test_a_recovery_code_signs_in_once(world: World, front_desk: Client) -> None:
    [first, *_] = codes_of(front_desk)
    for status in (302, 422):
        browser = Client()
        visiting.give_password(browser, world["front_desk"])
        answer = browser.post("/sign-in/code/recovery/", {"code": first.lower()})
        assert answer.status_code == status
        assert is_open(browser) is (status == 302)
    assert "9 of 10 are left" in visiting.seen(front_desk.get(FACTORS))


def test_wrong_recovery_codes_lock_and_say_until_when(world: World, front_desk: Client) -> None:
    codes_of(front_desk)
    browser = Client()
    visiting.give_password(browser, world["front_desk"])
    wrong = [browser.post("/sign-in/code/recovery/", {"code": "0000-0000-0000"}) for _ in range(5)]
    assert "is locked until Mar 12, 2026, 10:15 AM PDT" in visiting.seen(wrong[-1])


def remembered(world: World) -> Client:
    """A browser that the front desk had remembered, signed out again."""
    browser = Client()
    visiting.give_password(browser, world["front_desk"])
    visiting.give_code(browser, remember="on")
    browser.post(reverse("sign_out"))
    return browser


def test_a_remembered_browser_needs_the_password_alone(world: World) -> None:
    browser = remembered(world)
    assert visiting.give_password(browser, world["front_desk"]).headers["Location"] == "/"
    assert is_open(browser)


def test_in_a_remembered_browser_a_sensitive_act_asks_again(world: World) -> None:
    browser = remembered(world)
    visiting.give_password(browser, world["front_desk"])
    asked = browser.get(f"{FACTORS}passkeys/new/")
    assert asked.headers["Location"].startswith(reverse("confirm"))


def test_after_thirty_days_the_second_step_is_asked_again(
    world: World, clock: time_machine.Traveller
) -> None:
    browser = remembered(world)
    clock.shift(30 * 24 * 60 * 60)
    answer = visiting.give_password(browser, world["front_desk"])
    assert answer.headers["Location"] == reverse("sign_in_code")


def test_a_plan_that_remembers_nothing_does_not_offer_it(world: World, settings: Any) -> None:
    browser = Client()
    visiting.give_password(browser, world["front_desk"])
    page = reverse("sign_in_code")
    assert "Remember this browser for 30 days" in visiting.seen(browser.get(page))
    settings.TRUSTED_DEVICE_DAYS = 0
    assert "Remember this browser" not in visiting.seen(browser.get(page))
    visiting.give_code(browser, remember="on")
    browser.post(reverse("sign_out"))
    assert visiting.give_password(browser, world["front_desk"]).headers["Location"] == page


def test_a_new_browser_is_told_by_mail_without_the_name(world: World) -> None:
    apps.get_model("accounts", "User").objects.update(email="desk@example.org")
    browser = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"})
    visiting.sign_in(world["front_desk"], browser)
    message = apps.get_model("notifications", "Message").objects.get(template="new_device")
    assert (message.to, message.context["browser"]) == ("desk@example.org", "Firefox on Windows")
    assert world["front_desk"].person.username not in json.dumps(message.context)


def test_the_page_lists_what_one_has(world: World, front_desk: Client, key: SoftPasskey) -> None:
    codes_of(front_desk)
    said = visiting.seen(front_desk.get(FACTORS))
    assert with_passkeys.NAME in said
    assert "not used yet" in said
    assert "10 of 10 are left" in said


def test_a_first_passkey_opens_patient_data_at_once(world: World) -> None:
    browser = visiting.sign_in(world["no_factor"])
    assert not is_open(browser)
    before = browser.cookies["portico"].value
    key, page = SoftPasskey(), f"{FACTORS}passkeys/new/"
    assert "Add a passkey" in visiting.seen(browser.get(page))
    options = browser.post(f"{FACTORS}passkeys/question/").json()
    answer = browser.post(page, {"reply": key.create(options), "name": "Blue key"})
    assert answer.headers["Location"] == FACTORS
    assert "Blue key" in visiting.seen(browser.get(FACTORS))
    assert is_open(browser)
    assert browser.cookies["portico"].value != before


def test_a_name_is_shown_as_it_was_typed(world: World, front_desk: Client, key: SoftPasskey) -> None:
    page = f"{FACTORS}passkeys/{number_of(key)}/"
    assert front_desk.post(page, {"name": "<b>Desk</b>"}).headers["Location"] == FACTORS
    assert "&lt;b&gt;Desk&lt;/b&gt;" in front_desk.get(FACTORS).content.decode()
    assert "Enter a name" in visiting.seen(front_desk.post(page, {"name": " "}))


def number_of(key: SoftPasskey) -> int:
    """The number of its row."""
    return int(apps.get_model("accounts", "Passkey").objects.get(credential_id=key.id).pk)


def test_a_removed_passkey_signs_nobody_in(world: World, front_desk: Client, key: SoftPasskey) -> None:
    elsewhere = Client()
    use(elsewhere, key, ALONE)
    page = f"{FACTORS}passkeys/{number_of(key)}/"
    assert front_desk.post(f"{page}remove/").headers["Location"] == FACTORS
    assert is_open(front_desk)
    assert not is_open(elsewhere)
    assert use(Client(), key, ALONE).status_code == 422
    assert front_desk.get(page).status_code == 404


def test_a_session_that_began_without_a_factor_changes_nothing(world: World) -> None:
    browser = visiting.sign_in(world["no_factor"])
    other = visiting.sign_in(world["no_factor"])
    with_passkeys.add(worlds.actor(world["no_factor"]))
    for page in (f"{FACTORS}passkeys/new/", f"{FACTORS}authenticator/", CODES):
        assert other.get(page).headers["Location"] == FACTORS
    assert "this session began without it" in visiting.seen(other.get(FACTORS))
    answer = browser.post(f"{FACTORS}passkeys/question/")
    assert answer.headers["Location"] == FACTORS


def test_after_ten_minutes_a_change_asks_first(
    world: World, front_desk: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(10 * 60)
    assert front_desk.get(FACTORS).status_code == 200
    for page in (f"{FACTORS}passkeys/new/", f"{FACTORS}authenticator/"):
        assert front_desk.get(page).headers["Location"].startswith(reverse("confirm"))
    assert front_desk.post(CODES).headers["Location"].startswith(reverse("confirm"))
    assert not apps.get_model("accounts", "RecoveryCode").objects.exists()


def test_recovery_codes_are_shown_once_and_kept_by_no_cache(world: World, front_desk: Client) -> None:
    made = front_desk.post(CODES)
    codes = CODE.findall(visiting.seen(made))
    assert len(codes) == 10
    assert made.headers["Cache-Control"] == "no-store"
    assert CODE.findall(visiting.seen(front_desk.get(CODES))) == []
    assert "The 10 you have left work no more" in visiting.seen(front_desk.get(CODES))


def test_the_file_holds_the_codes_that_were_shown_and_nothing_else(world: World, front_desk: Client) -> None:
    codes = codes_of(front_desk)
    answer = front_desk.post(f"{CODES}file/", {"code": [*codes[:2], "=cmd()", "ABCD-EFGH-JKMN"]})
    lines = answer.content.decode().split("\r\n")
    assert [line for line in lines if CODE.fullmatch(line)] == codes[:2]
    assert "cmd" not in answer.content.decode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert front_desk.post(f"{CODES}file/", {"code": "ABCD-EFGH-JKMN"}).status_code == 404


def test_without_a_second_step_there_are_no_recovery_codes(world: World) -> None:
    browser = visiting.sign_in(world["no_factor"])
    for answer in (browser.get(CODES), browser.post(CODES)):
        assert "Set up a passkey or an authenticator first." in visiting.seen(answer)


def test_forms_without_their_token_are_refused(world: World, key: SoftPasskey) -> None:
    browser = Client(enforce_csrf_checks=True)
    pages = (ALONE, f"{ALONE}question/", SECOND, f"{SECOND}question/", CODES, f"{CODES}file/")
    for page in (*pages, f"{FACTORS}passkeys/new/", f"{FACTORS}passkeys/question/"):
        assert browser.post(page).status_code == 403
