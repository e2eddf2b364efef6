"""An encounter desk sends a file, mends what was rejected and sends it again; without scripts too."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.support import accessibility, encounters, working
from tests.support.browser import NewPage
from tests.support.encounters import NPI, a_claim, a_file, wrong_npi
from tests.support.world import World


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def desk(request: pytest.FixtureRequest, world: World, new_page: NewPage) -> Page:
    """The front desk's browser, signed in; the clinic is on the plan's provider file."""
    encounters.a_provider()
    page = new_page(java_script_enabled=request.param)
    return steps.given_signed_in_by_hand(page, world["front_desk"])


def when_sending(page: Page, content: bytes) -> None:
    """A file, chosen and sent."""
    page.goto("/encounters/send/")
    file = {"name": "february.837", "mimeType": "application/edi-x12", "buffer": content}
    page.get_by_label("File of encounters").set_input_files(file)  # type: ignore[arg-type]
    steps.when_they_press(page, "Send the file")


def test_a_file_with_an_error_is_mended_and_sent_again(desk: Page) -> None:
    when_sending(desk, a_file([a_claim(3), wrong_npi(4)]))
    expect(steps.panel(desk, "Being read")).to_contain_text("0 encounters read so far")
    working.work()
    desk.reload()
    expect(desk.locator(".pt-verdict__headline")).to_have_text("1 of 2 accepted, 1 to be mended")
    row = desk.get_by_role("row").filter(has_text="PCN4")
    expect(row.locator("mark")).to_contain_text(encounters.WRONG_NPI)
    steps.then_address_and_title_hold_nobody(desk)
    row.get_by_role("link", name="PCN4").click()
    desk.get_by_label("Rendering provider's NPI").fill(NPI)
    steps.when_they_press(desk, "Send again")
    expect(desk.get_by_role("main")).to_contain_text("The encounter is accepted.")
    steps.then_address_and_title_hold_nobody(desk)
    desk.get_by_role("link", name="an earlier one").click()
    expect(desk.get_by_role("main")).to_contain_text("Another one took its place")


def test_what_is_still_wrong_is_said_beside_its_field(world: World, new_page: NewPage) -> None:
    encounters.a_provider()
    page = steps.given_signed_in(new_page(), world["front_desk"])
    when_sending(page, a_file([wrong_npi(4)]))
    working.work()
    page.get_by_role("link", name="PCN4").click()
    steps.when_they_press(page, "Send again")
    expect(page.get_by_role("main")).to_contain_text("An NPI is wrong: its digits do not check.")
    assert not accessibility.findings(page)
