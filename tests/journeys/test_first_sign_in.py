"""The first sign-in of somebody invited, in a browser: with a passkey, without scripts, and called away."""

from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from portico.domains.accounts.credentials.question_rules import TEXTS, Question
from tests.journeys import places, steps
from tests.journeys.test_passkeys import Device
from tests.support import inviting, patients
from tests.support.browser import NewPage
from tests.support.inviting import Invited
from tests.support.world import World


@pytest.fixture(autouse=True)
def _site(settings: Any, live_server: LiveServer) -> None:
    """Links and passkeys belong to the site the browser is on."""
    settings.SITE = live_server.url


@pytest.fixture
def ida(world: World) -> Invited:
    """Somebody invited; the plan has published terms."""
    del world
    inviting.publish_terms()
    return inviting.invite()


def when_giving(page: Page, password: str) -> None:
    """They sign in with the username they were given and this password."""
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(inviting.USERNAME)
    page.get_by_label("Password").fill(password)
    steps.when_they_press(page, "Sign in")


def when_answering(page: Page) -> None:
    """They choose a question and answer it."""
    page.get_by_text(TEXTS[Question.HEART]).click()
    page.get_by_label("Your answer").fill(inviting.ANSWER)
    steps.when_they_press(page, "Finish")


def then_the_step_is(page: Page, step: str) -> None:
    """They stand at this step."""
    expect(page.locator("[aria-current=step]")).to_contain_text(step)


def then_they_are_in(page: Page) -> None:
    """They are on the home page, and patient data opens."""
    expect(page.locator("#messages")).to_contain_text("Welcome. Your account is set up")
    steps.given_the_page_of(page, patients.ZEPHYRINE)


def test_from_the_temporary_password_in_with_a_passkey(ida: Invited, new_page: NewPage, world: World) -> None:
    page = new_page()
    device = Device(page)
    when_giving(page, ida.secret.lower())
    then_the_step_is(page, "Terms of use")
    places.agreed(page, world)
    then_the_step_is(page, "Your password")
    places.password_set(page, world)
    then_the_step_is(page, "Second step")
    steps.when_they_press(page, "Set up a passkey")
    then_the_step_is(page, "Recovery codes")
    assert len(device.keys()) == 1
    steps.when_they_press(page, "Show my recovery codes")
    expect(steps.panel(page, "Ten codes").get_by_role("listitem")).to_have_count(10)
    page.get_by_role("link", name="I have kept them: continue").click()
    then_the_step_is(page, "Recovery question")
    when_answering(page)
    then_they_are_in(page)


def test_without_scripts_a_link_and_an_authenticator_do(
    world: World, new_page: NewPage, settings: Any
) -> None:
    settings.FIRST_SIGN_IN = "link"
    page = new_page(java_script_enabled=False)
    page.goto(inviting.invite().secret)
    page.get_by_label("Username").fill(inviting.USERNAME)
    steps.when_they_press(page, "Continue")
    places.password_set(page, world)
    expect(page.get_by_role("button", name="Set up a passkey")).to_be_hidden()
    places.authenticator_set(page, world)
    steps.when_they_press(page, "Show my recovery codes")
    page.get_by_role("link", name="I have kept them: continue").click()
    when_answering(page)
    then_they_are_in(page)


def test_called_away_they_go_on_where_they_were(
    ida: Invited, new_page: NewPage, world: World, clock: time_machine.Traveller
) -> None:
    page, other = new_page(), new_page()
    when_giving(page, ida.secret)
    places.agreed(page, world)
    clock.shift(20 * 60)
    when_giving(other, ida.secret)
    expect(other.get_by_role("group", name="Please check this form")).to_be_visible()
    when_giving(page, ida.secret)
    then_the_step_is(page, "Your password")
    places.password_set(page, world)
    when_giving(other, inviting.OWN_PASSWORD)
    then_the_step_is(other, "Second step")


def test_a_temporary_password_of_yesterday_opens_nothing(
    ida: Invited, page: Page, clock: time_machine.Traveller
) -> None:
    clock.shift(24 * 60 * 60)
    when_giving(page, ida.secret)
    expect(page.get_by_role("group", name="Please check this form")).to_be_visible()
