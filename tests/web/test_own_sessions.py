"""One's own sessions: the list, signing out elsewhere, what else ends them, how long this one goes on."""

import re
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.access import looking_after, personas
from portico.domains.accounts.second_factors import factors, own_passkeys
from portico.domains.accounts.signing_in import confirmation, sessions
from portico.domains.accounts.signing_in.session_store import SessionStore
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.web import asking
from tests.support import cast, files_of_patients, visiting
from tests.support import world as worlds
from tests.support.soft_passkey import SoftPasskey
from tests.support.world import World

COOKIE = "portico"
LIST, LEFT, KEEP = "/account/sessions/", "/account/session/", "/account/session/keep/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0"
TELEPHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def at_work(world: World) -> Client:
    """The front desk's browser at the office."""
    browser = Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR="198.51.100.7")
    return visiting.sign_in(world["front_desk"], browser)


@pytest.fixture
def at_home(world: World, at_work: Client, clock: time_machine.Traveller) -> Client:
    """The same person's telephone, half a minute later."""
    clock.shift(30)
    browser = Client(headers={"user-agent": TELEPHONE}, REMOTE_ADDR="2001:db8::7")
    return visiting.sign_in(world["front_desk"], browser)


def is_signed_out(browser: Client) -> bool:
    """Does one's own list ask for the sign-in?"""
    return bool(browser.get(LIST).headers.get("Location", "").startswith(reverse("sign_in")))


def others(browser: Client) -> list[str]:
    """The names by which the list ends other sessions."""
    return re.findall(r'name="session" value="([^"]*)"', browser.get(LIST).content.decode())


def seconds(browser: Client) -> int:
    """How long the session goes on, as scripts ask it."""
    left: int = browser.get(LEFT).json()["seconds"]
    return left


def test_the_list_says_browser_address_and_which_one_this_is(at_work: Client, at_home: Client) -> None:
    said = visiting.seen(at_work.get(LIST))
    assert "Firefox on Windows This one Signed in Mar 12, 2026, 10:00 AM PDT" in said
    assert "From 198.51.100.7" in said
    assert re.search(r"Chrome on Android Signed in .*? From 2001:db8::7", said)
    assert said.count("This one") == 1
    assert "This one" in visiting.seen(at_home.get(LIST)).partition("Firefox on Windows")[0]


def test_the_list_holds_no_key_to_a_session(at_work: Client, at_home: Client) -> None:
    page = at_work.get(LIST).content.decode()
    assert at_work.cookies[COOKIE].value not in page
    assert at_home.cookies[COOKIE].value not in page


def test_one_browser_is_signed_out_from_another(at_work: Client, at_home: Client) -> None:
    (name,) = others(at_work)
    answer = at_work.post(reverse("session_end"), {"session": name}, follow=True)
    assert "That browser is signed out." in visiting.seen(answer)
    assert is_signed_out(at_home)
    assert not is_signed_out(at_work)


@pytest.mark.parametrize("name", ["", "x", "0" * 32], ids=["none", "nonsense", "nobody's"])
def test_no_session_of_that_name_is_not_found(at_work: Client, name: str) -> None:
    assert at_work.post(reverse("session_end"), {"session": name}).status_code == 404


def test_a_session_of_somebody_else_is_not_found(world: World, at_work: Client) -> None:
    theirs = visiting.sign_in(world["colleague"])
    (other,) = sessions.own(actor=worlds.actor(world["colleague"]), current="").sessions
    assert at_work.post(reverse("session_end"), {"session": other.name}).status_code == 404
    assert not is_signed_out(theirs)


def test_every_other_browser_is_signed_out_at_once(at_work: Client, at_home: Client) -> None:
    answer = at_home.post(reverse("sessions_end"), follow=True)
    assert "Every other browser is signed out." in visiting.seen(answer)
    assert (is_signed_out(at_work), is_signed_out(at_home)) == (True, False)
    again = at_home.post(reverse("sessions_end"), follow=True)
    assert "You are signed in nowhere else." in visiting.seen(again)


def test_a_known_browser_is_forgotten_and_signed_out(at_work: Client, at_home: Client) -> None:
    shown = apps.get_model("accounts", "KnownDevice").objects.get(name="Chrome on Android")
    answer = at_work.post(reverse("device_forget"), {"device": shown.pk}, follow=True)
    assert "That browser is forgotten." in visiting.seen(answer)
    assert is_signed_out(at_home)
    assert not is_signed_out(at_work)


@pytest.mark.parametrize("device", ["", "x", "0", "999999"])
def test_no_such_browser_is_not_found(at_work: Client, device: str) -> None:
    assert at_work.post(reverse("device_forget"), {"device": device}).status_code == 404


def test_disabling_ends_every_session_in_every_browser(
    world: World, at_work: Client, at_home: Client
) -> None:
    worlds.disable(world["front_desk"])
    assert (is_signed_out(at_work), is_signed_out(at_home)) == (True, True)
    assert not apps.get_model("accounts", "Session").objects.filter(user=world["front_desk"].user_id).exists()


def test_an_activated_account_opens_none_of_its_old_sessions(world: World, at_work: Client) -> None:
    worlds.disable(world["front_desk"])
    number, why = world["front_desk"].user_id, looking_after.Why.BY_MISTAKE
    assert looking_after.enable(actor=worlds.system(), user_id=number, why=why)
    assert is_signed_out(at_work)


def test_a_switch_of_persona_changes_the_session_id_and_the_old_one_is_dead(
    world: World, at_work: Client
) -> None:
    before = at_work.cookies[COOKIE].value
    at_work.post(reverse("personas"), {"persona": world["front_desk"].persona_id})
    assert at_work.cookies[COOKIE].value != before
    stolen = Client()
    stolen.cookies[COOKIE] = before
    assert is_signed_out(stolen)


def test_a_session_planted_before_the_sign_in_is_not_the_one_after_it(world: World) -> None:
    browser = Client()
    browser.get(reverse("sign_in"))
    visiting.give_password(browser, world["front_desk"])
    planted = browser.cookies[COOKIE].value
    visiting.give_code(browser)
    thief = Client()
    thief.cookies[COOKIE] = planted
    assert is_signed_out(thief)
    assert not is_signed_out(browser)


def test_a_session_id_that_somebody_makes_up_is_never_taken(world: World) -> None:
    browser = Client()
    browser.cookies[COOKIE] = "made-up-by-somebody-else"
    visiting.sign_in(world["no_factor"], browser)
    assert browser.cookies[COOKIE].value != "made-up-by-somebody-else"


def test_a_session_ended_while_a_request_runs_leads_to_the_sign_in(
    world: World, at_work: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = sessions.own

    def ending(**asked: Any) -> Any:
        found = listed(**asked)
        with permit(worlds.system(), Function.PROVISIONING) as given:
            sessions.end_all(given, world["front_desk"].user_id)
        return found

    monkeypatch.setattr(sessions, "own", ending)
    session = at_work.session
    session["seen_at"] = session["seen_at"] - 120
    session.save()
    answer = at_work.get(LIST)
    assert answer.headers["Location"] == "/sign-in/?next=%2Faccount%2Fsessions%2F"


def test_asking_how_long_it_goes_on_is_no_use_of_it(at_work: Client, clock: time_machine.Traveller) -> None:
    assert seconds(at_work) == 15 * 60
    for _ in range(5):
        clock.shift(3 * 60 - 1)
        left = seconds(at_work)
    assert left == 5
    clock.shift(6)
    assert seconds(at_work) == 0
    assert is_signed_out(at_work)


def test_staying_signed_in_is_one(at_work: Client, clock: time_machine.Traveller) -> None:
    clock.shift(14 * 60)
    assert at_work.post(KEEP).json()["seconds"] == 15 * 60
    clock.shift(14 * 60)
    assert seconds(at_work) == 60
    assert not is_signed_out(at_work)


def test_staying_signed_in_counts_to_the_second(at_work: Client, clock: time_machine.Traveller) -> None:
    clock.shift(30)
    assert at_work.post(KEEP).json()["seconds"] == 15 * 60


def test_after_twelve_hours_nothing_keeps_it(at_work: Client, clock: time_machine.Traveller) -> None:
    for _ in range(12 * 6 - 1):
        clock.shift(10 * 60)
        at_work.post(KEEP)
    assert at_work.get(LEFT).json() | {"token": "", "mark": ""} == {
        "seconds": 600,
        "is_last": True,
        "mark": "",
        "token": "",
    }
    clock.shift(601)
    assert at_work.post(KEEP).json()["seconds"] == 0


def test_a_script_that_watches_a_batch_keeps_nobody_signed_in(
    world: World, at_work: Client, clock: time_machine.Traveller
) -> None:
    batch = files_of_patients.asked(at_work, files_of_patients.ZEPHYRINE)
    for _ in range(3):
        clock.shift(5 * 60 - 1)
        at_work.get(reverse("batch_progress", args=[batch]))
    clock.shift(4)
    assert is_signed_out(at_work)


def test_visitors_have_no_session_to_keep(world: World) -> None:
    visitor = Client()
    assert visitor.get(LEFT).json()["seconds"] == 0
    assert visitor.post(KEEP).json()["seconds"] == 0
    assert COOKIE not in visitor.cookies


def test_another_sign_in_in_the_same_browser_has_another_mark(
    world: World, at_work: Client, clock: time_machine.Traveller
) -> None:
    first = at_work.get(LEFT).json()["mark"]
    clock.shift(30)
    visiting.sign_in(world["colleague"], at_work)
    assert at_work.get(LEFT).json()["mark"] not in ("", first)


def test_a_page_tells_its_script_when_to_warn(at_work: Client, world: World) -> None:
    page = at_work.get(LIST).content.decode()
    assert 'data-seconds="900"' in page
    assert 'data-warned-before="120"' in page
    assert "<dialog" not in Client().get("/support/").content.decode()


@pytest.mark.parametrize(("minutes", "warned"), [(1, 30), (3, 90), (4, 120), (15, 120)])
def test_a_very_short_session_is_warned_half_way(
    at_work: Client, monkeypatch: pytest.MonkeyPatch, minutes: int, warned: int
) -> None:
    monkeypatch.setattr("django.conf.settings.IDLE_MINUTES", minutes)
    assert f'data-warned-before="{warned}"' in at_work.get(LIST).content.decode()


def test_sensitive_acts_are_told_on_the_list(at_work: Client, clock: time_machine.Traveller) -> None:
    assert "Confirmed until Mar 12, 2026, 10:10 AM PDT" in visiting.seen(at_work.get(LIST))
    clock.shift(11 * 60)
    assert "Not asked" in visiting.seen(at_work.get(LIST))
    batch = files_of_patients.asked(at_work, files_of_patients.ZEPHYRINE)
    at_work.get(reverse("batch_csv", args=[batch]))
    assert "Asked since Mar 12, 2026, 10:11 AM PDT , for Eligibility" in visiting.seen(at_work.get(LIST))


@pytest.fixture
def _ended_meanwhile(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the page works, somebody ends every session of its user."""

    def ending(act: Any) -> Any:
        def then_ended(**asked: Any) -> Any:
            done = act(**asked)
            with permit(worlds.system(), Function.PROVISIONING) as given:
                sessions.end_all(given, world["front_desk"].user_id)
            return done

        return then_ended

    monkeypatch.setattr(personas, "switch", ending(personas.switch))
    monkeypatch.setattr(confirmation, "with_code", ending(confirmation.with_code))
    monkeypatch.setattr(own_passkeys, "add", ending(own_passkeys.add))


def switch(world: World, browser: Client) -> Any:
    return browser.post(reverse("personas"), {"persona": world["front_desk"].persona_id})


def confirm(world: World, browser: Client) -> Any:
    session = browser.session
    session[asking.PROVEN] = 0
    session.save()
    code = factors.code_at(cast.TOTP_SECRET, asking.now())
    return browser.post(reverse("confirm"), {"means": "code", "code": code})


def add_a_passkey(world: World, browser: Client) -> Any:
    question = browser.post(reverse("passkey_question")).json()
    return browser.post(reverse("passkey_new"), {"name": "Key", "reply": SoftPasskey().create(question)})


@pytest.mark.usefixtures("_ended_meanwhile")
@pytest.mark.parametrize("act", [switch, confirm, add_a_passkey], ids=lambda act: act.__name__)
def test_a_session_ended_while_it_gets_a_new_id_does_not_come_back(
    world: World, at_work: Client, clock: time_machine.Traveller, act: Any
) -> None:
    clock.shift(30)
    answer = act(world, at_work)
    assert answer.headers["Location"].startswith(reverse("sign_in"))
    assert not apps.get_model("accounts", "Session").objects.filter(user=world["front_desk"].user_id).exists()
    assert is_signed_out(at_work)


def test_signing_out_elsewhere_leaves_every_browser_known(at_work: Client, at_home: Client) -> None:
    at_home.post(reverse("sessions_end"))
    said = visiting.seen(at_home.get(LIST))
    assert "Firefox on Windows" in said
    assert "Chrome on Android" in said


def test_an_id_made_under_the_epoch_before_is_not_believed(
    world: World, at_work: Client, at_home: Client
) -> None:
    """A parallel request of a stolen session may have got a new id at the very moment of the end."""
    kept = dict(at_work.session.items())
    at_home.post(reverse("sessions_end"))
    back = SessionStore()
    back.update(kept)
    back.create()
    thief = Client()
    thief.cookies[COOKIE] = str(back.session_key)
    assert is_signed_out(thief)


def test_forgetting_a_browser_ends_what_was_begun_under_an_earlier_cookie(
    world: World, at_work: Client, at_home: Client, clock: time_machine.Traveller
) -> None:
    """Remembered, the browser got a new id; the session before it was begun in the same browser."""
    row = apps.get_model("accounts", "KnownDevice").objects.get(name="Firefox on Windows")
    old = Client()
    old.cookies[COOKIE] = at_work.cookies.pop(COOKIE).value
    clock.shift(30)
    visiting.give_password(at_work, world["front_desk"])
    visiting.give_code(at_work, remember="on")
    assert bytes(apps.get_model("accounts", "KnownDevice").objects.get(pk=row.pk).device_index) != bytes(
        row.device_index
    )
    assert not is_signed_out(old)
    at_home.post(reverse("device_forget"), {"device": row.pk})
    assert (is_signed_out(old), is_signed_out(at_work)) == (True, True)
