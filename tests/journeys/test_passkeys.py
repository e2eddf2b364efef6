"""Second steps in a browser: a passkey set up and used, recovery codes, a browser that is remembered.

The passkeys are those of Chromium's virtual authenticator: it keeps them, and verifies its person unasked.
"""

from typing import Any

import pytest
import time_machine
from playwright.sync_api import CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys import steps
from tests.journeys.places import half_way
from tests.support import accessibility, cast, patients
from tests.support.browser import NewPage
from tests.support.world import World

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _site(settings: Any, live_server: LiveServer) -> None:
    """Passkeys belong to the site the browser is on."""
    settings.SITE = live_server.url


class Device:
    """A virtual authenticator in a page's browser."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        made = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        self.id = made["authenticatorId"]

    def verifies(self, is_so: bool) -> None:
        """Does it recognise its person from now on?"""
        told = {"authenticatorId": self.id, "isUserVerified": is_so}
        self.session.send("WebAuthn.setUserVerified", told)

    def keys(self) -> list[Any]:
        """What it holds."""
        found: list[Any] = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})[
            "credentials"
        ]
        return found


@pytest.fixture
def owner(world: World, new_page: NewPage) -> tuple[Page, Device]:
    """The front desk's browser with a device, and a passkey that was set up in the account."""
    page = new_page()
    device = Device(page)
    steps.given_signed_in(page, world["front_desk"])
    page.goto("/account/factors/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Desk telephone")
    steps.when_they_press(page, "Add a passkey")
    expect(steps.panel(page, "Passkeys")).to_contain_text("Desk telephone")
    expect(page.locator("#messages")).to_contain_text("Your passkey is set up.")
    return page, device


def when_signing_out(page: Page) -> None:
    """They sign out and stand at the sign-in page."""
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("link", name="Sign in again").click()


def then_they_are_in(page: Page) -> None:
    """They are on the home page, and patient data opens."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")
    steps.given_the_page_of(page, patients.ZEPHYRINE)


def test_a_passkey_alone_signs_in(owner: tuple[Page, Device]) -> None:
    page, device = owner
    [key] = device.keys()
    assert key["isResidentCredential"]
    when_signing_out(page)
    steps.when_they_press(page, "Use a passkey")
    then_they_are_in(page)


def test_a_passkey_is_the_second_step_after_the_password(world: World, owner: tuple[Page, Device]) -> None:
    page, _ = owner
    when_signing_out(page)
    half_way(page, world["front_desk"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Use your passkey")
    steps.when_they_press(page, "Use your passkey")
    then_they_are_in(page)


def test_a_device_that_does_not_know_its_person_signs_nobody_in(owner: tuple[Page, Device]) -> None:
    page, device = owner
    when_signing_out(page)
    device.verifies(False)
    steps.when_they_press(page, "Use a passkey")
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used.")
    assert accessibility.findings(page) == []
    device.verifies(True)
    steps.when_they_press(page, "Use a passkey")
    then_they_are_in(page)


def test_a_device_is_set_up_once(owner: tuple[Page, Device]) -> None:
    page, device = owner
    page.get_by_role("link", name="Add a passkey").click()
    steps.when_they_press(page, "Add a passkey")
    expect(page.get_by_role("alert")).to_have_text("This device or key is set up for your account already.")
    assert len(device.keys()) == 1


def test_a_removed_passkey_signs_nobody_in(owner: tuple[Page, Device]) -> None:
    page, _ = owner
    page.get_by_role("link", name="Desk telephone").click()
    steps.when_they_press(page, "Remove this passkey")
    expect(page.locator("#messages")).to_contain_text("The passkey is removed.")
    when_signing_out(page)
    steps.when_they_press(page, "Use a passkey")
    expect(page.get_by_role("group", name="Please check this form")).to_contain_text(
        "This passkey did not sign you in."
    )


def test_recovery_codes_are_made_kept_and_used(world: World, front_desk: Page) -> None:
    page = front_desk
    page.goto("/account/factors/")
    page.get_by_role("link", name="Make recovery codes").click()
    steps.when_they_press(page, "Make ten codes")
    codes = page.locator("#codes code").all_inner_texts()
    assert len(codes) == 10
    with page.expect_download() as download:
        steps.when_they_press(page, "Keep them as a file")
    assert all(code in download.value.path().read_text() for code in codes)
    when_signing_out(page)
    half_way(page, world["front_desk"])
    page.get_by_role("link", name="Enter a recovery code").click()
    page.get_by_label("Recovery code").fill(codes[0].lower())
    steps.when_they_press(page, "Continue")
    then_they_are_in(page)
    page.goto("/account/factors/")
    expect(steps.panel(page, "Recovery codes")).to_contain_text("9 of 10 are left")


def test_a_remembered_browser_asks_for_the_password_alone(
    world: World, page: Page, clock: time_machine.Traveller
) -> None:
    half_way(page, world["front_desk"])
    page.get_by_label("Code from your authenticator").fill(steps.code_now())
    page.get_by_text("Remember this browser for 30 days").click()
    steps.when_they_press(page, "Continue")
    then_they_are_in(page)
    when_signing_out(page)
    half_way(page, world["front_desk"])
    then_they_are_in(page)
    page.goto("/account/factors/passkeys/new/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm that it is you")


def test_without_scripts_the_other_ways_are_open(world: World, new_page: NewPage) -> None:
    plain = new_page(java_script_enabled=False)
    plain.goto("/sign-in/")
    expect(plain.get_by_role("button", name="Use a passkey")).to_be_hidden()
    steps.given_signed_in_by_hand(plain, world["front_desk"])
    plain.goto("/account/factors/passkeys/new/")
    expect(plain.get_by_role("main")).to_contain_text("This browser cannot use passkeys here")
    expect(plain.get_by_role("link", name="an authenticator")).to_be_visible()
    assert cast.PASSWORD not in plain.content()
