"""The first sign-in through the pages: its steps in their order, after a pause, and in one browser alone."""

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.access import granting
from portico.domains.accounts.second_factors import factors
from portico.edges.web import asking
from tests.support import inviting, visiting
from tests.support import world as worlds
from tests.support.inviting import Invited
from tests.support.world import World
from tests.web.stepping import STEPS, TYPED, acts, due, go_to, leads

DAY = 24 * 60 * 60


@pytest.fixture
def digest(world: World) -> str:
    """The terms in force."""
    del world
    return inviting.publish_terms()


@pytest.fixture
def ida(digest: str) -> Invited:
    """Somebody invited."""
    del digest
    return inviting.invite()


@pytest.fixture
def browser(ida: Invited) -> Client:
    """Her browser, after the temporary password."""
    found = Client()
    assert inviting.give(found, ida).status_code == 302
    return found


def test_from_the_temporary_password_to_the_home_page(ida: Invited, digest: str) -> None:
    browser = Client()
    assert leads(inviting.give(browser, ida)) == "home"
    assert leads(browser.get("/")) == "welcome"
    assert leads(browser.get("/welcome/")) == "welcome_terms"
    assert leads(inviting.agree(browser, digest)) == "welcome_password"
    assert leads(inviting.set_password(browser)) == "welcome_factor"
    assert leads(inviting.set_factor(browser)[0]) == "welcome_codes"
    made = inviting.make_codes(browser)
    assert (made.status_code, len(set(made.context["codes"]))) == (200, 10)
    assert leads(browser.get("/welcome/")) == "welcome_question"
    assert leads(inviting.answer(browser)) == "home"
    home = browser.get("/")
    assert "Welcome. Your account is set up" in visiting.seen(home)
    assert browser.get("/patients/").status_code == 200
    assert inviting.user(ida).activated_at == asking.now()


def test_each_step_says_where_it_stands(browser: Client, digest: str) -> None:
    for place, step in enumerate(STEPS, 1):
        page = browser.get(reverse(f"welcome_{step}"))
        assert page.status_code == 200
        assert f"Step {place} of 5:" in visiting.seen(page)
        acts(browser, digest)[step]()


@pytest.mark.parametrize("step", STEPS)
def test_no_step_is_reached_by_its_address(step: str, browser: Client, digest: str) -> None:
    go_to(step, browser, digest)
    for other in (*STEPS, "finish"):
        if other != step:
            assert leads(browser.get(reverse(f"welcome_{other}"))) == f"welcome_{step}"
            assert leads(browser.post(reverse(f"welcome_{other}"), TYPED)) == f"welcome_{step}"
    assert due(browser) == step


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/patients/",
        "/notices/",
        "/account/",
        "/account/personas/",
        "/batches/",
        "/receipts/",
        "/staff/audit/",
    ],
)
def test_every_other_page_leads_to_the_step(path: str, step: str, browser: Client, digest: str) -> None:
    go_to(step, browser, digest)
    assert leads(browser.get(path)) == "welcome"


def test_what_is_open_to_everybody_stays_open(browser: Client) -> None:
    for path in ("/support/", "/terms/"):
        assert browser.get(path).status_code == 200


@pytest.mark.parametrize("step", ["codes", "question"])
def test_a_passkey_or_authenticator_is_not_added_out_of_turn(step: str, browser: Client, digest: str) -> None:
    go_to(step, browser, digest)
    for route in ("welcome_passkey", "welcome_passkey_question"):
        assert leads(browser.post(reverse(route), {"name": "key", "reply": "{}"})) == f"welcome_{step}"


@pytest.mark.parametrize("step", ["terms", "password"])
def test_after_a_pause_the_temporary_password_goes_on_in_the_same_browser(
    step: str, ida: Invited, browser: Client, digest: str, clock: time_machine.Traveller
) -> None:
    go_to(step, browser, digest)
    clock.shift(16 * 60)
    assert leads(browser.get("/welcome/")) == "sign_in"
    assert inviting.give(Client(), ida).status_code == 422
    assert leads(inviting.give(browser, ida)) == "home"
    assert due(browser) == step


@pytest.mark.parametrize("step", ["factor"])
def test_after_a_pause_the_new_password_goes_on_in_any_browser(
    step: str, ida: Invited, browser: Client, digest: str, clock: time_machine.Traveller
) -> None:
    go_to(step, browser, digest)
    clock.shift(3 * DAY)
    elsewhere = Client()
    assert inviting.give(browser, ida).status_code == 422
    typed = {"username": inviting.USERNAME, "password": inviting.OWN_PASSWORD}
    assert leads(elsewhere.post(reverse("sign_in"), typed)) == "home"
    assert due(elsewhere) == step


@pytest.mark.parametrize("step", ["codes", "question"])
def test_after_a_pause_the_factor_is_asked_for(
    step: str, browser: Client, digest: str, clock: time_machine.Traveller
) -> None:
    go_to("factor", browser, digest)
    _, secret = inviting.set_factor(browser)
    if step == "question":
        inviting.make_codes(browser)
    clock.shift(16 * 60)
    typed = {"username": inviting.USERNAME, "password": inviting.OWN_PASSWORD}
    assert leads(browser.post(reverse("sign_in"), typed)) == "sign_in_code"
    code = factors.code_at(secret, asking.now())
    assert leads(browser.post(reverse("sign_in_code"), {"code": code})) == "home"
    assert due(browser) == step


def test_a_session_from_before_the_factor_is_asked_to_sign_in_with_it(
    ida: Invited, browser: Client, digest: str
) -> None:
    go_to("factor", browser, digest)
    other = Client()
    typed = {"username": inviting.USERNAME, "password": inviting.OWN_PASSWORD}
    other.post(reverse("sign_in"), typed)
    inviting.set_factor(browser)
    page = other.get(reverse("welcome_factor"))
    assert "Sign in again with both" in visiting.seen(page)
    assert "Key:" not in visiting.seen(page)


def test_a_finished_first_sign_in_leads_home_from_every_step(browser: Client, digest: str) -> None:
    for act in acts(browser, digest).values():
        act()
    for step in (*STEPS, "finish"):
        assert leads(browser.get(reverse(f"welcome_{step}"))) == "home"
    assert leads(browser.get("/welcome/")) == "home"


def test_every_step_begins_under_a_new_session_id_where_it_proves_something(
    ida: Invited, digest: str
) -> None:
    browser, seen = Client(), set()
    inviting.give(browser, ida)
    seen.add(browser.cookies["portico"].value)
    inviting.agree(browser, digest)
    for act in ("password", "factor", "codes", "question"):
        acts(browser, digest)[act]()
        seen.add(browser.cookies["portico"].value)
    assert len(seen) == 4  # the temporary password, one's own, the factor, the end


def test_the_mark_is_a_cookie_that_scripts_do_not_see_and_other_sites_do_not_send(
    browser: Client, digest: str
) -> None:
    cookie = browser.cookies["portico_invitation"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", DAY)
    for act in acts(browser, digest).values():
        act()
    assert browser.cookies["portico_invitation"].value == ""


def test_a_mark_that_was_altered_is_none(ida: Invited, browser: Client) -> None:
    browser.cookies["portico_invitation"] = browser.cookies["portico_invitation"].value + "x"
    assert inviting.give(browser, ida).status_code == 422


def test_whoever_has_no_access_left_is_told_so(ida: Invited) -> None:
    persona = apps.get_model("access", "Persona").objects.get(user_id=ida.user_id)
    granting.suspend_persona(actor=worlds.system(), persona_id=persona.pk)
    assert inviting.give(Client(), ida).status_code == 403


def test_visitors_are_asked_to_sign_in(world: World) -> None:
    for step in (*STEPS, "finish"):
        answer = Client().get(reverse(f"welcome_{step}"))
        assert answer.headers["Location"].startswith(reverse("sign_in"))
    assert Client().get("/welcome/").headers["Location"].startswith(reverse("sign_in"))


def test_a_refused_temporary_password_says_what_every_refusal_says(ida: Invited) -> None:
    inviting.give(Client(), ida)
    unknown = Client().post(reverse("sign_in"), {"username": "nobody", "password": ida.secret})
    late = inviting.give(Client(), ida)
    assert visiting.as_said(late).replace(inviting.USERNAME, "nobody") == visiting.as_said(unknown)


def new_browsers() -> int:
    """How many mails tell of a sign-in in a new browser."""
    count: int = apps.get_model("notifications", "Message").objects.filter(template="new_device").count()
    return count


def finished(browser: Client, digest: str) -> str:
    """Does every step; answers the secret of the authenticator."""
    go_to("factor", browser, digest)
    _, secret = inviting.set_factor(browser)
    inviting.make_codes(browser)
    assert leads(inviting.answer(browser)) == "home"
    return secret


def again(browser: Client, secret: str) -> None:
    """Signs in with the password and the factor of the first sign-in."""
    typed = {"username": inviting.USERNAME, "password": inviting.OWN_PASSWORD}
    assert leads(browser.post(reverse("sign_in"), typed)) == "sign_in_code"
    assert leads(visiting.give_code(browser, factors.code_at(secret, asking.now()))) == "home"


def test_the_browser_of_the_first_sign_in_is_known_at_the_next(
    ida: Invited, browser: Client, digest: str, clock: time_machine.Traveller
) -> None:
    secret = finished(browser, digest)
    clock.shift(30)
    browser.post(reverse("sign_out"))
    again(browser, secret)
    assert new_browsers() == 0
    clock.shift(30)
    again(Client(), secret)
    assert new_browsers() == 1


def test_whoever_else_signs_in_here_stays_known_after_a_first_sign_in(
    world: World, ida: Invited, digest: str, clock: time_machine.Traveller
) -> None:
    browser = visiting.sign_in(world["front_desk"])
    browser.post(reverse("sign_out"))
    inviting.give(browser, ida)
    finished(browser, digest)
    browser.post(reverse("sign_out"))
    told = new_browsers()
    clock.shift(30)
    visiting.sign_in(world["front_desk"], browser)
    assert new_browsers() == told


@pytest.mark.parametrize("step", ["terms", "password"])
def test_an_invitation_that_ended_in_the_middle_says_so(step: str, browser: Client, digest: str) -> None:
    go_to(step, browser, digest)
    apps.get_model("accounts", "Invitation").objects.update(expires_at=asking.now())
    for answer in (browser.get(reverse(f"welcome_{step}")), acts(browser, digest)[step]()):
        assert answer.status_code == 403
        assert "Your invitation is over" in visiting.seen(answer)
