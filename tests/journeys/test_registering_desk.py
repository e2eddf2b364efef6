"""Registering by way of the plan's desk: sent back, approved, denied, and the mail that comes of it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from portico.domains.accounts.joining import terms
from portico.domains.registration.deciding_rules import Denial
from portico.edges.web.register import decision_words
from tests.journeys import registering_places as pages
from tests.journeys import registering_steps as told
from tests.journeys import steps
from tests.support import registering
from tests.support import world as worlds
from tests.support.browser import NewPage
from tests.support.world import World

COPY = decision_words.missing("licence")
DENIAL = decision_words.denial(Denial.NOT_AUTHORIZED)
NAME = f"{registering.FIRST_NAME} {registering.LAST_NAME}"


@pytest.fixture(autouse=True)
def _site(settings: Any, live_server: LiveServer) -> None:
    """Mailed links belong to the site the browser is on."""
    settings.SITE = live_server.url


@pytest.fixture
def page(world: World, new_page: NewPage) -> Page:
    """Somebody before the first page of registering."""
    opened = new_page()
    pages.given_a_plan(opened, world)
    return opened


@pytest.fixture
def desk(page: Page, world: World, new_page: NewPage) -> Page:
    """The browser of the plan's desk, signed in; they have agreed to the terms."""
    del page
    signer = world["operations"]
    terms.accept(actor=worlds.actor(signer), digest=world.asked_for["registering"])
    return steps.given_signed_in(new_page(), signer)


def test_a_licence_that_differs_is_sent_back_proven_once_and_approved(page: Page, desk: Page) -> None:
    pages.when_registering(page, **told.physician(licence_number="A778899"))
    told.then_they_read(page, "The licence is not the one the plan has on file")
    transaction_id = told.number_shown(page)
    told.when_the_desk_opens(desk, NAME)
    told.when_the_desk_does(
        desk,
        "Send back",
        "Something is missing",
        COPY,
        button="Send it back",
    )
    told.when_looking_it_up(page, transaction_id)
    told.then_they_read(page, "It is your turn")
    told.then_they_read(page, COPY)
    told.when_handing_in(page, "Professional licence")
    steps.when_they_press(page, "That is all: send it")
    told.when_looking_it_up(page, transaction_id)
    told.then_they_read(page, "The plan is looking at it")
    expect(page.get_by_role("button", name="Add the file")).to_have_count(0)
    told.when_the_desk_opens(desk, NAME)
    told.when_the_desk_gives_its_word(desk, "Licence", "A document that was handed in")
    told.when_the_desk_approves(desk)
    told.when_looking_it_up(page, transaction_id)
    told.then_they_read(page, "The link we mailed")
    told.when_opening_the_link(page, transaction_id)
    told.then_they_read(page, "The plan knows that it is you.")
    told.when_signing_in(page)
    told.then_it_says(page, "Hello, Sol")


def test_a_hospital_comes_in_through_the_queue_and_the_mail(page: Page, desk: Page) -> None:
    registering.hospital_in_the_file()
    pages.when_registering(page, **told.HOSPITAL)
    told.then_they_read(page, "The plan looks at every request of this kind")
    transaction_id = told.number_shown(page)
    told.when_the_desk_opens(desk, NAME)
    told.then_they_read(desk, "Nothing. Every field agrees")
    told.when_the_desk_approves(desk)
    told.when_opening_the_link(page, transaction_id)
    told.when_setting_up_an_authenticator(page)
    page.goto("/office/people/")
    told.then_it_says(page, "People")


def test_a_denial_says_why_and_how_to_appeal(page: Page, desk: Page) -> None:
    registering.hospital_in_the_file()
    pages.when_registering(page, **told.HOSPITAL)
    transaction_id = told.number_shown(page)
    told.when_the_desk_opens(desk, NAME)
    told.when_the_desk_does(desk, "Deny", DENIAL.headline, button="Deny it")
    body = str(told.letter_to(registering.EMAIL).body)
    assert registering.LAST_NAME not in body
    assert registering.PLACE["office_name"] not in body
    told.when_looking_it_up(page, transaction_id)
    told.then_they_read(page, DENIAL.headline)
    told.then_they_read(page, DENIAL.todo)


def test_a_link_without_its_number_opens_nothing_and_ends_after_five(page: Page, desk: Page) -> None:
    registering.hospital_in_the_file()
    pages.when_registering(page, **told.HOSPITAL)
    told.when_the_desk_opens(desk, NAME)
    told.when_the_desk_approves(desk)
    page.goto(told.link_to(registering.EMAIL))
    for _ in range(5):
        page.get_by_label("Transaction ID").fill("00000000000000000")
        page.get_by_role("textbox", name="Username").fill(registering.USERNAME)
        page.locator("#id_password").fill(registering.PASSWORD)
        steps.when_they_press(page, "Open my account")
    told.then_it_says(page, "This link does not work")
