"""Who registers nothing here, and where they are led: an office that has an account, a biller, a member, a
provider outside the network.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from portico.demo import audiences
from portico.domains.access import granting
from portico.domains.accounts import users
from portico.domains.accounts.joining import terms
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.plan import entrances
from tests.journeys import registering_places as pages
from tests.journeys import registering_steps as told
from tests.journeys import steps
from tests.support import cast, registering
from tests.support import world as worlds
from tests.support.browser import NewPage
from tests.support.world import World

WISH = {
    "office_name": "Okada Family Medicine",
    "npi": registering.NPI,
    "tax_id": registering.TAX_ID,
    "contact_name": "Sol Okada",
    "telephone": registering.CONTACT["telephone"],
    "email": registering.EMAIL,
}
MEMBERS_SITE = "https://members.northlake.example.org/"


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


def given_an_administrator_of_hillcrest() -> None:
    """Somebody there may let others in."""
    held = granting.NewGrant(Function.MANAGE_USERS, tax_ids=(cast.FOREIGN,), first_on=worlds.LAST_YEAR)
    granting.add_person(
        actor=worlds.system(),
        user=users.NewUser("odile.marchetti", cast.PASSWORD, "Odile", "Marchetti", "odile@example.org"),
        personas=[granting.NewPersona(PersonaKind.ADMINISTRATOR, office=cast.HILLCREST, grants=[held])],
    )


def test_an_office_with_an_account_names_its_administrators_after_a_code(page: Page) -> None:
    given_an_administrator_of_hillcrest()
    pages.when_registering(page, **{**told.PHYSICIAN, "facts": dict(registering.OF_OFFICE)})
    told.then_it_says(page, "Your office has an account")
    steps.when_they_press(page, "See where a code can go")
    page.locator("label").filter(has_text="hillcrest").click()
    steps.when_they_press(page, "Send the code")
    page.get_by_role("textbox", name="Code").fill(told.code_to("office@hillcrest.example.org"))
    steps.when_they_press(page, "Show who it is")
    told.then_they_read(page, "Ask one of these")
    told.then_they_read(page, "Odile Marchetti")


def test_a_biller_learns_who_invites_them_and_what_to_ask_for(page: Page) -> None:
    pages.when_beginning(page)
    pages.when_choosing(page, "North Valley")
    pages.when_choosing(page, "Physician")
    pages.when_choosing(page, "Front desk, billing or other staff")
    told.then_it_says(page, "Your administrator invites you")
    told.then_they_read(page, "An account in your own name.")


def test_who_takes_no_part_asks_to_join_the_network_and_follows_it(page: Page, desk: Page) -> None:
    registering.take_part_in_nothing()
    pages.when_registering(page, **told.PHYSICIAN)
    told.then_they_read(page, "You do not take part in the plan's network")
    page.get_by_role("link", name="Ask to join the network").click()
    page.get_by_role("link", name="Ask to join the network").click()
    when_wishing(page)
    told.then_it_says(page, "Your request has arrived")
    tracking_number = told.number_shown(page)
    desk.goto("/staff/network/")
    desk.get_by_role("link", name=re.compile("Okada")).click()
    told.then_they_read(desk, "Okada Family Medicine")
    page.goto("/join-network/status/")
    page.get_by_label("Tracking number").fill(tracking_number)
    page.get_by_role("main").get_by_role("button").first.click()
    told.then_they_read(page, "Received")


def when_wishing(page: Page) -> None:
    """They say who they are, and where they would like to take part."""
    for chosen in ("Physician", "North Valley", "HMO"):
        page.locator("label").filter(has_text=re.compile(rf"^\s*{chosen}")).first.click()
    for name, text in WISH.items():
        page.locator(f"#id_{name}").fill(text)
    steps.when_they_press(page, "Send the request")


def test_a_member_at_the_providers_door_is_led_to_the_members_site(
    page: Page, settings: Any, world: World
) -> None:
    settings.AUDIENCE_DIRECTORY = "portico.demo.audiences.Directory"
    members = entrances.Entrance("members", entrances.Audience.MEMBER, "Members", url=MEMBERS_SITE)
    entrances.replace(actor=worlds.system(), entrances=[members])
    username, password = next(iter(audiences.MEMBERS.items()))
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(username)
    page.locator("#id_password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    told.then_it_says(page, "This is the account of")
    link = page.get_by_role("link", name="Members")
    expect(link).to_have_attribute("href", MEMBERS_SITE)
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
