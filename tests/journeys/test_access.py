"""Doors that are closed: why, who can open them, and that closing one counts at the next click."""

import time_machine
from playwright.sync_api import Page, expect

from portico.domains.permits.functions import Function
from tests.journeys import steps
from tests.support import patients
from tests.support import world as worlds
from tests.support.browser import NewPage
from tests.support.world import World


def test_an_administrator_is_told_why_and_asks_for_an_end_user_persona(
    world: World, new_page: NewPage
) -> None:
    page = steps.given_signed_in(new_page(), world["administrator"])
    page.get_by_role("navigation", name="Primary").get_by_role("link", name="Patient Info").click()
    expect(page.locator(".pt-verdict__headline")).to_contain_text("administrators see no patient data")
    expect(steps.panel(page, "What was checked, in this order")).to_contain_text("You are signed in")
    steps.when_they_press(page, "Ask for it")
    expect(page.get_by_role("heading", level=1)).to_have_text("An end-user persona with Eligibility")
    expect(page.get_by_role("main")).to_contain_text("With the plan")


def test_a_closed_address_answers_as_the_menu_does(world: World, new_page: NewPage) -> None:
    page = steps.given_signed_in(new_page(), world["administrator"])
    page.goto("/patients/")
    expect(page.locator(".pt-verdict__headline")).to_contain_text("administrators see no patient data")
    expect(steps.panel(page, "Who can change this")).to_contain_text("an end-user persona beside this one")


def test_what_somebody_misses_is_asked_for_approved_and_open_at_the_next_click(
    world: World, new_page: NewPage, clock: time_machine.Traveller
) -> None:
    biller = steps.given_signed_in(new_page(), world["without_function"])
    biller.get_by_role("navigation", name="Primary").get_by_role("link", name="Patient Info").click()
    expect(biller.locator(".pt-verdict__headline")).to_have_text(
        "Your account has not been given Eligibility."
    )
    steps.when_they_press(biller, "Ask for it")
    expect(biller.locator(".pt-verdict__headline")).to_have_text("With Administrator Tester")

    clock.shift(30)
    administrator = steps.given_signed_in(new_page(), world["administrator"])
    administrator.get_by_role("navigation", name="Primary").get_by_role(
        "link", name="Access requests"
    ).click()
    administrator.get_by_role("link", name="Your people's, open").click()
    administrator.get_by_role("link", name="Without Tester").click()
    expect(steps.panel(administrator, "Approve it")).to_contain_text("Eligibility, tax ID 17-1234567")
    steps.when_they_press(administrator, "Approve")
    expect(administrator.get_by_role("main")).to_contain_text("open at the person's next click")

    biller.reload()
    expect(biller.locator(".pt-verdict__headline")).to_have_text("Approved")
    biller.get_by_role("navigation", name="Primary").get_by_role("link", name="Patient Info").click()
    steps.when_searching_by_member_id(biller, patients.ZEPHYRINE)
    steps.then_zephyrine_is_shown(biller)


def test_a_grant_that_ends_is_gone_in_every_browser_at_the_next_click(
    world: World, new_page: NewPage, clock: time_machine.Traveller
) -> None:
    first = steps.given_signed_in(new_page(), world["front_desk"])
    clock.shift(30)
    second = steps.given_signed_in(new_page(), world["front_desk"])
    for page in (first, second):
        steps.given_the_page_of(page, patients.ZEPHYRINE)
    worlds.end_grants(world["front_desk"], Function.ELIGIBILITY)
    then_it_is_closed(first)
    then_it_is_closed(second)


def then_it_is_closed(page: Page) -> None:
    """The next click on a page that was open is refused, with the reason and who can change it."""
    steps.when_they_press(page, "Get an eligibility receipt")
    expect(page.get_by_role("heading", level=1)).to_have_text("This is not open to you")
    expect(steps.panel(page, "Who can change this")).to_contain_text("Administrator Tester")
    expect(page.get_by_role("main")).not_to_contain_text("Quillfeather")


def test_signing_out_closes_the_page_that_was_open(front_desk: Page) -> None:
    steps.given_the_page_of(front_desk, patients.ZEPHYRINE)
    address = front_desk.url
    front_desk.get_by_role("button", name="Sign out").click()
    expect(front_desk.get_by_role("heading", level=1)).to_have_text("You are signed out")
    front_desk.goto(address)
    expect(front_desk.get_by_role("heading", level=1)).to_have_text("Sign in")
