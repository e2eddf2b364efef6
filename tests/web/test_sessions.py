"""Sessions: a new id when somebody becomes somebody, an end when idle or old, and what else ends them."""

import time_machine
from django.test import Client
from django.urls import reverse

from portico.domains.access import granting
from portico.domains.permits.functions import Function
from tests.support import cast, visiting
from tests.support import world as worlds
from tests.support.world import World

COOKIE = "portico"
MINUTE = 60
SEARCH = "/patients/"


def session_of(browser: Client) -> str:
    """The id of the browser's session."""
    return browser.cookies[COOKIE].value


def is_signed_out(browser: Client) -> bool:
    """Does a page of patients ask for the sign-in?"""
    return browser.get(SEARCH).headers.get("Location", "").startswith(reverse("sign_in"))


def test_each_step_of_the_sign_in_gives_a_new_session(world: World) -> None:
    browser = Client()
    visiting.give_password(browser, world["front_desk"])
    after_password = session_of(browser)
    visiting.give_code(browser)
    assert session_of(browser) != after_password
    stolen = Client()
    stolen.cookies[COOKIE] = after_password
    assert is_signed_out(stolen)


def test_the_sessions_cookie_is_out_of_reach_of_scripts(front_desk: Client) -> None:
    cookie = front_desk.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_signing_out_ends_the_session_for_whoever_kept_its_id(front_desk: Client) -> None:
    kept = session_of(front_desk)
    answer = front_desk.post(reverse("sign_out"))
    assert "You are signed out" in visiting.seen(answer)
    front_desk.cookies[COOKIE] = kept
    assert is_signed_out(front_desk)


def test_fifteen_idle_minutes_end_a_session(front_desk: Client, clock: time_machine.Traveller) -> None:
    clock.shift(15 * MINUTE)
    assert not is_signed_out(front_desk)
    clock.shift(15 * MINUTE + 1)
    assert is_signed_out(front_desk)


def test_a_page_after_an_idle_hour_asks_for_the_sign_in_and_comes_back(
    world: World, front_desk: Client, clock: time_machine.Traveller
) -> None:
    page = reverse("patient", args=[world["front_desk"].lookup])
    clock.shift(60 * MINUTE)
    answer = front_desk.get(page)
    assert answer.headers["Location"].startswith(reverse("sign_in"))
    assert visiting.sign_in(world["front_desk"], to=page).get(page).status_code == 200


def test_work_keeps_a_session_open_for_twelve_hours_and_not_longer(
    front_desk: Client, clock: time_machine.Traveller
) -> None:
    for _ in range(12 * 6):
        clock.shift(10 * MINUTE)
        assert front_desk.get(reverse("support")).status_code == 200
    assert not is_signed_out(front_desk)
    clock.shift(1)
    assert is_signed_out(front_desk)


def test_a_disabled_user_is_out_at_the_next_request(world: World, front_desk: Client) -> None:
    worlds.disable(world["front_desk"])
    assert is_signed_out(front_desk)


def test_a_suspended_persona_is_out_at_the_next_request(world: World, front_desk: Client) -> None:
    granting.suspend_persona(actor=worlds.system(), persona_id=world["front_desk"].persona_id)
    assert is_signed_out(front_desk)


def test_an_ended_grant_closes_its_function_at_the_next_request(world: World, front_desk: Client) -> None:
    page = reverse("patient", args=[world["front_desk"].lookup])
    assert "$25 copay" in visiting.seen(front_desk.get(page))
    worlds.end_grants(world["front_desk"], Function.BENEFITS)
    without_benefits = visiting.seen(front_desk.get(page))
    assert "$25 copay" not in without_benefits
    assert "Your access to Benefits has ended." in without_benefits
    worlds.end_grants(world["front_desk"], Function.ELIGIBILITY)
    assert front_desk.get(page).status_code == 403


def test_a_grant_ended_in_one_browser_is_refused_in_two_others(
    world: World, clock: time_machine.Traveller
) -> None:
    at_work = visiting.sign_in(world["front_desk"])
    clock.shift(30)
    at_home = visiting.sign_in(world["front_desk"])
    assert {at_work.get(SEARCH).status_code, at_home.get(SEARCH).status_code} == {200}
    worlds.end_grants(world["front_desk"])
    assert {at_work.get(SEARCH).status_code, at_home.get(SEARCH).status_code} == {403}
    assert visiting.search(at_work, member_id="NLQX7731").status_code == 403


def test_two_people_at_one_desk_see_only_their_own_searches(world: World, front_desk: Client) -> None:
    beside = visiting.sign_in(world["eligibility_only"])
    found = visiting.search(front_desk, member_id="NLQX7731").headers["Location"]
    assert front_desk.get(found).status_code == 200
    assert beside.get(found).status_code == 404


def test_another_person_in_the_same_browser_keeps_nothing_of_the_first(
    world: World, front_desk: Client
) -> None:
    found = visiting.search(front_desk, member_id="NLQX7731").headers["Location"]
    visiting.sign_in(world["colleague"], front_desk)
    assert front_desk.get(found).status_code == 404
    assert cast.PEOPLE["colleague"].key.capitalize() in visiting.seen(front_desk.get("/"))


def test_whoever_has_no_persona_left_is_told_so_at_sign_in(world: World) -> None:
    granting.suspend_persona(actor=worlds.system(), persona_id=world["front_desk"].persona_id)
    browser = Client()
    visiting.give_password(browser, world["front_desk"])
    answer = visiting.give_code(browser)
    assert answer.status_code == 403
    assert "Your office's administrator can give it back." in visiting.seen(answer)
    assert is_signed_out(browser)
