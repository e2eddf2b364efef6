"""In a browser, through a certified OpenID Connect provider and a SAML one on another site.

The ways there and back hold in a real browser: with our content security policy, with cookies that do not
cross sites, and without scripts too.
"""

from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from portico.edges.web import asking
from tests.journeys import steps
from tests.single_sign_on import making
from tests.single_sign_on.making import OFFICE, OFFICE_SAML, STAFF
from tests.support import cast, openid_provider, saml_provider
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.browser import NewPage
from tests.support.saml_provider import Provider
from tests.support.world import World

pytestmark = pytest.mark.filterwarnings(
    "ignore:datetime.datetime.utcnow:DeprecationWarning"
)  # the library's own clock, from Python 3.12 on


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The instant it is; it runs on."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def world(live_server: LiveServer, clock: time_machine.Traveller, settings: Settings) -> World:
    """The rows the live server shows."""
    del clock
    settings.SITE = live_server.url
    return worlds.build()


@pytest.fixture
def issuer(live_server: LiveServer, world: World, settings: Settings) -> Iterator[str]:
    """The issuer of the certified provider, which knows the ways back here, and which the operator trusts."""
    del world
    port = openid_provider.free_port()
    settings.IDENTITY_LOCAL = [f"localhost:{port}"]
    backs = [f"{live_server.url}/sign-in/with/{slug}/back/" for slug in (STAFF, OFFICE)]
    with openid_provider.certified(port, redirects=backs, now=asking.now()) as issuer:
        yield issuer


@pytest.fixture
def elsewhere(world: World, settings: Settings) -> Iterator[Provider]:
    """The SAML provider, on another site, trusted by the operator."""
    del world
    with saml_provider.running(asking.now) as there:
        settings.IDENTITY_LOCAL = [there.host]
        yield there


def when_signing_in_with(page: Page, slug: str, account: str, *, factor: bool = False) -> None:
    """They press the provider's button and sign in there."""
    page.goto("/sign-in/")
    page.get_by_role("button", name=f"Sign in with Account of {slug}").click()
    page.get_by_label("Account").fill(account)
    if factor:
        page.get_by_label("Second factor passed").check()
    page.get_by_role("button", name="Sign in here").click()


def when_leaving_and_coming_back_by_hand(page: Page, slug: str, account: str) -> None:
    """The same where no script runs: each page has its own link or button."""
    page.goto("/sign-in/")
    page.get_by_role("button", name=f"Sign in with Account of {slug}").click()
    page.get_by_label("Account").fill(account)
    page.get_by_role("button", name="Sign in here").click()
    if slug == OFFICE_SAML:
        page.get_by_role("button", name="Back to the portal").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Back from")
    page.get_by_role("button", name="Continue").click()


def then_they_wait(page: Page) -> None:
    """Nobody has linked them yet."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account is not linked yet")


def then_it_failed(page: Page) -> None:
    """The one page of every failure."""
    expect(page.get_by_role("heading", level=1)).to_have_text("That sign-in did not work")


def then_hello(page: Page, name: str) -> None:
    """They are in."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Hello, {name}")


def test_the_plans_staff_wait_are_linked_at_the_desk_and_get_in(
    world: World, issuer: str, new_page: NewPage
) -> None:
    making.openid(issuer)
    beside = [issuer.removeprefix("http://")]
    newcomer = new_page(beside=beside)
    when_signing_in_with(newcomer, STAFF, "mara")
    then_they_wait(newcomer)
    reference = newcomer.get_by_role("main").locator("code").inner_text()

    desk = steps.given_signed_in(new_page(), world["operations"])
    menu = desk.get_by_role("navigation", name="Primary")
    menu.get_by_text("Rules", exact=True).click()
    menu.get_by_role("link", name="Sign-in").click()
    desk.get_by_role("link", name="Single sign-on", exact=True).click()
    desk.get_by_role("link", name=f"Account of {STAFF}").click()
    expect(steps.panel(desk, "Waiting to be linked")).to_contain_text(reference[:4])
    desk.get_by_role("link", name=f"Link {reference[:4]}").click()
    desk.get_by_label("Reference").fill(reference.lower())
    desk.get_by_label("Username").fill(world["member_services"].person.username)
    desk.get_by_role("button", name="Link the two").click()
    expect(steps.panel(desk, "Linked")).to_contain_text(world["member_services"].person.username)

    again = new_page(beside=beside)
    when_signing_in_with(again, STAFF, "mara")
    again.get_by_label("Code from your authenticator").fill(steps.code_now())
    again.get_by_role("button", name="Continue").click()
    then_hello(again, "Member")


def test_a_factor_that_was_passed_there_is_taken_where_the_plan_takes_it(
    world: World, issuer: str, new_page: NewPage
) -> None:
    making.openid(issuer, vouches_for_factor=True)
    page = new_page(beside=[issuer.removeprefix("http://")])
    when_signing_in_with(page, STAFF, "nora", factor=True)
    then_they_wait(page)
    making.link(STAFF, world["operations"])
    when_signing_in_again = new_page(beside=[issuer.removeprefix("http://")])
    when_signing_in_with(when_signing_in_again, STAFF, "nora", factor=True)
    then_hello(when_signing_in_again, "Operations")
    without = new_page(beside=[issuer.removeprefix("http://")])
    when_signing_in_with(without, STAFF, "nora")
    expect(without.get_by_label("Code from your authenticator")).to_be_visible()


def test_an_offices_provider_cannot_sign_in_the_plans_staff(
    world: World, issuer: str, new_page: NewPage
) -> None:
    making.openid(issuer, OFFICE, office_id=world.offices[cast.LAKESIDE], vouches_for_factor=True)
    page = new_page(beside=[issuer.removeprefix("http://")])
    when_signing_in_with(page, OFFICE, "ossi", factor=True)
    then_they_wait(page)
    reference = page.get_by_role("main").locator("code").inner_text()
    desk = steps.given_signed_in(new_page(), world["support"])
    desk.goto("/staff/identity-providers/")
    expect(desk.get_by_role("heading", level=1)).to_have_text("This is not open to you")
    desk = steps.given_signed_in(new_page(), world["operations"])
    desk.goto(f"/staff/identity-providers/of/{OFFICE}/")
    desk.get_by_role("link", name="Link").first.click()
    desk.get_by_label("Reference").fill(reference)
    desk.get_by_label("Username").fill(world["member_services"].person.username)
    desk.get_by_role("button", name="Link the two").click()
    expect(desk.get_by_role("main")).to_contain_text("this user acts for others than this office")


def test_saml_from_another_site_and_its_first_page_sent_twice(
    world: World, elsewhere: Provider, new_page: NewPage
) -> None:
    making.saml(elsewhere.sign_in_url, office_id=world.offices[cast.LAKESIDE], vouches_for_factor=True)
    page = new_page(beside=[elsewhere.host])
    when_signing_in_with(page, OFFICE_SAML, "otto", factor=True)
    page.get_by_role("button", name="Back to the portal").click()
    then_they_wait(page)
    making.link(OFFICE_SAML, world["front_desk"])
    again = new_page(beside=[elsewhere.host])
    when_signing_in_with(again, OFFICE_SAML, "otto", factor=True)
    again.get_by_role("button", name="Back to the portal").click()
    then_hello(again, "Front")


def test_every_step_has_a_link_or_a_button_where_no_script_runs(
    world: World, issuer: str, elsewhere: Provider, new_page: NewPage, settings: Settings
) -> None:
    host = issuer.removeprefix("http://")
    settings.IDENTITY_LOCAL = [host, elsewhere.host]
    making.openid(issuer)
    making.saml(elsewhere.sign_in_url, office_id=world.offices[cast.LAKESIDE])
    page = new_page(beside=[host, elsewhere.host], java_script_enabled=False)
    when_leaving_and_coming_back_by_hand(page, STAFF, "paula")
    then_they_wait(page)
    when_leaving_and_coming_back_by_hand(page, OFFICE_SAML, "paul")
    then_they_wait(page)


def test_a_way_that_took_too_long_is_told_and_can_be_begun_again(
    issuer: str, clock: time_machine.Traveller, new_page: NewPage
) -> None:
    making.openid(issuer)
    page = new_page(beside=[issuer.removeprefix("http://")], java_script_enabled=False)
    page.goto("/sign-in/")
    page.get_by_role("button", name=f"Sign in with Account of {STAFF}").click()
    page.get_by_label("Account").fill("quinn")
    page.get_by_role("button", name="Sign in here").click()
    clock.shift(301)
    page.get_by_role("button", name="Continue").click()
    then_it_failed(page)
    page.get_by_role("link", name="Start again from the sign-in page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
