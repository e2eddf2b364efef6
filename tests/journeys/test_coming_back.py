"""Coming back in by mail: a password is set behind a mailed link, with the recovery question and without."""

from typing import Any

from playwright.sync_api import Page, expect

from portico.domains.accounts.credentials import questions
from portico.domains.accounts.credentials.question_rules import Question
from tests.journeys import steps
from tests.support import mailing
from tests.support import world as worlds
from tests.support.browser import NewPage
from tests.support.world import World

NEW = "rain on the tin roof at night"


def given_a_mailed_link(page: Page, world: World) -> None:
    """The front desk forgot the password, and has opened the link from the mail."""
    page.goto("/sign-in/")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("Username").fill(world["front_desk"].person.username)
    steps.when_they_press(page, "Mail me a link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your mail")
    page.goto(mailing.link_in(mailing.deliver()[-1]))


def when_setting(page: Page, password: str) -> None:
    """They choose a password."""
    page.get_by_label("New password").fill(password)
    steps.when_they_press(page, "Set this password")


def then_it_signs_in(page: Page, world: World) -> None:
    """The sign-in page says that it is set; it signs in, with the second step as before."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_role("main")).to_contain_text("Your new password is set.")
    page.get_by_label("Username").fill(world["front_desk"].person.username)
    page.get_by_label("Password").fill(NEW)
    steps.when_they_press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in")


def test_a_password_is_set_after_the_question(world: World, new_page: NewPage) -> None:
    actor = worlds.actor(world["front_desk"])
    questions.set_own(actor=actor, question=Question.TOY, answer="Sir Hopsalot")
    page = new_page()
    given_a_mailed_link(page, world)
    answer = page.get_by_label("What was the name of a toy")
    answer.fill("somebody else")
    steps.when_they_press(page, "Continue")
    expect(page.get_by_role("main")).to_contain_text("4 tries are left before this link ends.")
    answer.fill("sir hopsalot")
    steps.when_they_press(page, "Continue")
    when_setting(page, NEW)
    then_it_signs_in(page, world)


def test_a_password_is_set_where_the_plan_asks_no_question(
    world: World, new_page: NewPage, settings: Any
) -> None:
    settings.RECOVERY_QUESTION = "off"
    page = new_page()
    given_a_mailed_link(page, world)
    when_setting(page, "too short")
    expect(page.get_by_label("New password")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("This is too short.")
    when_setting(page, NEW)
    then_it_signs_in(page, world)


def test_what_is_typed_can_be_looked_at_and_is_hidden_when_it_is_sent(
    world: World, new_page: NewPage
) -> None:
    page = new_page()
    given_a_mailed_link(page, world)
    field = page.get_by_label("New password")
    field.fill("too short")
    expect(field).to_have_attribute("type", "password")
    show = page.get_by_role("button", name="Show password")
    show.click()
    expect(field).to_have_attribute("type", "text")
    expect(show).to_have_attribute("aria-pressed", "true")
    show.click()
    expect(field).to_have_attribute("type", "password")


def test_without_scripts_a_password_is_set_as_well(world: World, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    given_a_mailed_link(page, world)
    expect(page.get_by_role("button", name="Show password")).to_be_hidden()
    when_setting(page, NEW)
    then_it_signs_in(page, world)
