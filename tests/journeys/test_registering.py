"""Registering an office at a browser: by keyboard alone, without scripts, and in at once with a proof."""

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from portico.domains.registration.tests import waiting
from tests.journeys import registering_places as going
from tests.journeys import steps
from tests.journeys.test_keyboard import when_tabbing_to, when_typing
from tests.support import registering
from tests.support.browser import NewPage
from tests.support.registering import CONTACT, FACTS, PASSWORD, USERNAME
from tests.support.world import World

SOLO: dict[str, Any] = {"kind": "Physician", "person": "Solo practitioner", "facts": dict(FACTS)}


@pytest.fixture
def digest(world: World) -> str:
    """The terms of a plan that has regions and a provider file."""
    return going.given_terms(world)


def heading_is(page: Page, text: str) -> None:
    """They stand on that page."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def when_opening_the_account(page: Page) -> None:
    """They choose username and password."""
    page.get_by_role("textbox", name="Username").fill(USERNAME)
    page.locator("#id_password").fill(PASSWORD)
    steps.when_they_press(page, "Open my account")


def test_without_scripts_a_physician_is_in_at_once(digest: str, new_page: NewPage) -> None:
    assert digest
    page = new_page(java_script_enabled=False)
    page.goto("/register/")
    page.get_by_role("link", name="Begin the registration").click()
    going.when_filling_in(page, **SOLO)
    page.get_by_role("link", name=re.compile("Change.*Numbers and office")).click()
    steps.when_they_press(page, "Add another tax ID")
    page.locator("#id_tax_id_1").fill("1")
    steps.when_they_press(page, "Remove: Tax ID, number 2")
    steps.when_they_press(page, "Continue")
    steps.when_they_press(page, "Send the registration")
    heading_is(page, "Choose your username and password")
    when_opening_the_account(page)
    heading_is(page, "You are in")


def test_by_keyboard_alone_to_the_confirmation(digest: str, page: Page) -> None:
    assert digest
    page.goto("/register/")
    when_tabbing_to(page, "Begin the registration")
    page.keyboard.press("Enter")
    for title, choice in (
        ("Terms of use", "I Agree to these terms"),
        ("Where do you see members?", "North Valley"),
    ):
        heading_is(page, title)
        when_tabbing_to(page, choice)
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
    heading_is(page, "What do you register?")
    when_tabbing_to(page, "Physician")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    heading_is(page, "Who are you?")
    when_tabbing_to(page, "Delegated administrator")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    heading_is(page, "Have these at hand")
    when_tabbing_to(page, "I have these")
    page.keyboard.press("Enter")
    heading_is(page, "Numbers and office")
    for label, text in (
        ("NPI", registering.PLACE["npi"]),
        ("Tax ID", registering.PLACE["tax_id_0"]),
        ("Name of the office", registering.PLACE["office_name"]),
        ("Street and number", registering.PLACE["address"]),
        ("City", registering.PLACE["city"]),
    ):
        when_typing(page, label, text)
    when_tabbing_to(page, "State")
    page.keyboard.type("Calif")
    when_typing(page, "ZIP code", registering.PLACE["postal_code"])
    page.keyboard.press("Enter")
    heading_is(page, "How the plan reaches you")
    for label, name in (
        ("First name", "first_name"),
        ("Last name", "last_name"),
        ("Mail address", "email"),
        ("Telephone", "telephone"),
    ):
        when_typing(page, label, CONTACT[name])
    page.keyboard.press("Enter")
    heading_is(page, "Look it over, then send it")
    when_tabbing_to(page, "Send the registration")
    page.keyboard.press("Enter")
    heading_is(page, "Your registration was received")


def test_back_in_the_browser_after_sending_leads_to_what_was_sent(digest: str, page: Page) -> None:
    assert digest
    going.when_registering(
        page, kind="Hospital", person="Delegated administrator", facts=dict(registering.PLACE)
    )
    heading_is(page, "Your registration was received")
    page.go_back()
    heading_is(page, "Your registration was sent")


def test_what_differs_is_corrected_once_and_opens_the_account(digest: str, new_page: NewPage) -> None:
    wrong = {**FACTS, "licence_number": "A998877"}
    transaction_id = registering.id_on(registering.registered(Client(), digest, facts=wrong))
    page = new_page()
    page.goto("/register/status/")
    page.get_by_label("Transaction ID").fill(transaction_id)
    steps.when_they_press(page, "Look it up")
    page.locator("#id_licence_number").fill(registering.LICENCE)
    steps.when_they_press(page, "Keep these")
    steps.when_they_press(page, "That is all: send it")
    when_opening_the_account(page)
    heading_is(page, "You are in")


def test_one_code_and_a_second_step_open_patients_in_the_same_sitting(digest: str, page: Page) -> None:
    assert digest
    going.when_registering(page, **SOLO)
    when_opening_the_account(page)
    page.get_by_role("link", name="Show who I am").click()
    page.get_by_role("link", name=re.compile("Choose this.*A code to a contact")).click()
    page.get_by_role("main").get_by_text("Mail to").first.click()
    steps.when_they_press(page, "Send the code")
    [*_, (to, facts)] = waiting.mails("identity_code")
    assert to == registering.ON_FILE
    page.get_by_role("textbox", name="Code").fill(str(facts["secret"]))
    steps.when_they_press(page, "Verify")
    page.goto("/register/next/")
    expect(page.get_by_role("region", name="Show who you are")).to_contain_text("Done")
    expect(page.get_by_role("region", name="Set up a second step")).to_contain_text("To be done")


def test_a_biller_and_a_member_are_led_elsewhere(digest: str, page: Page) -> None:
    assert digest
    page.goto("/register/")
    expect(page.get_by_role("main")).to_contain_text("This portal is for providers.")
    page.get_by_role("link", name="What to ask them").click()
    heading_is(page, "Your administrator invites you")


def test_the_transaction_id_is_copied_by_a_button(digest: str, new_page: NewPage) -> None:
    assert digest
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    going.when_registering(
        page, kind="Hospital", person="Delegated administrator", facts=dict(registering.PLACE)
    )
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#number").inner_text()
