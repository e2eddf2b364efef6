"""Registering with the keyboard alone, from the first page to the account: each stop is seen and free."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import registering_places as pages
from tests.journeys import registering_steps as told
from tests.journeys.test_keyboard import when_tabbing_to, when_typing
from tests.support import registering
from tests.support.browser import NewPage
from tests.support.world import World

FACTS = {
    "Licence number": registering.LICENCE,
    "NPI": registering.NPI,
    "Tax ID": registering.TAX_ID,
    "Name of the office": registering.FACTS["office_name"],
}


@pytest.fixture
def page(world: World, new_page: NewPage) -> Page:
    """Somebody before the first page of registering."""
    opened = new_page()
    pages.given_a_plan(opened, world)
    return opened


def when_choosing(page: Page, name: str) -> None:
    """They reach a choice, take it, and go on."""
    when_tabbing_to(page, name)
    page.keyboard.press("Space")
    when_going_on(page, "Continue")


def when_going_on(page: Page, button: str) -> None:
    """They reach the button, and press it."""
    when_tabbing_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_from_the_first_page_to_the_account(page: Page) -> None:
    when_going_on(page, "Begin")
    when_choosing(page, "I Agree to these terms")
    when_choosing(page, "North Valley")
    when_choosing(page, "Physician")
    when_choosing(page, "Solo practitioner")
    when_going_on(page, "I have these: continue")
    when_tabbing_to(page, "State")
    page.keyboard.type("Calif")
    for field, text in FACTS.items():
        when_typing(page, field, text)
    when_going_on(page, "Continue")
    for field, text in (
        ("First name", registering.FIRST_NAME),
        ("Last name", registering.LAST_NAME),
        ("Mail address", registering.EMAIL),
        ("Telephone", registering.CONTACT["telephone"]),
    ):
        when_typing(page, field, text)
    when_going_on(page, "Continue")
    told.then_it_says(page, "Look it over, then send it")
    when_going_on(page, "Send the registration")
    told.then_it_says(page, "Choose your username and password")
    when_typing(page, "Username", registering.USERNAME)
    when_typing(page, "Password", registering.PASSWORD)
    page.keyboard.press("Enter")
    told.then_it_says(page, "You are in")


def test_back_keeps_what_was_chosen(page: Page) -> None:
    pages.when_filling_in(page, **told.PHYSICIAN)
    page.go_back()
    page.go_back()
    expect(page.locator("#id_npi")).to_have_value(registering.NPI)
    page.go_forward()
    page.go_forward()
    told.then_it_says(page, "Look it over, then send it")
