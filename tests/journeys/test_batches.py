"""A biller sends a file, checks its rows, has them asked and reads the answers, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import places, steps
from tests.support import files_of_patients as files
from tests.support.browser import NewPage
from tests.support.world import World


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def biller(request: pytest.FixtureRequest, world: World, new_page: NewPage) -> Page:
    """The front desk's browser, signed in."""
    page = new_page(java_script_enabled=request.param)
    return steps.given_signed_in_by_hand(page, world["front_desk"])


def test_a_file_is_sent_checked_asked_and_read(biller: Page) -> None:
    places.when_sending(biller, files.ZEPHYRINE, files.NOBODY, files.UNREADABLE)
    expect(biller.locator(".pt-verdict__headline")).to_have_text("2 of 3 rows can be asked")
    steps.when_they_press(biller, "Ask for 2 rows")
    expect(steps.panel(biller, "Being asked")).to_contain_text("0 of 2 rows are done")
    files.work()
    biller.reload()
    row = biller.get_by_role("row").filter(has_text="Zephyrine Quillfeather")
    expect(row).to_contain_text("Active")
    steps.then_address_and_title_hold_nobody(biller)
    biller.get_by_role("link", name="No answer 1").click()
    expect(biller.get_by_role("row").filter(has_text="Nobody")).to_contain_text("No member was found")


def test_the_page_tells_by_itself_when_all_is_done(world: World, new_page: NewPage) -> None:
    page = steps.given_signed_in(new_page(), world["front_desk"])
    places.when_sending(page, files.ZEPHYRINE)
    steps.when_they_press(page, "Ask for 1 row")
    expect(steps.panel(page, "Being asked")).to_be_visible()
    files.work()
    expect(page.get_by_role("row").filter(has_text="Zephyrine Quillfeather")).to_contain_text("Active")
    expect(steps.panel(page, "Being asked")).to_have_count(0)
