"""Everything works in a browser that runs no scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.support import patients
from tests.support.browser import NewPage
from tests.support.world import World


@pytest.fixture
def plain(world: World, new_page: NewPage) -> Page:
    """The front desk's browser, signed in without scripts."""
    return steps.given_signed_in_by_hand(new_page(java_script_enabled=False), world["front_desk"])


def test_a_member_is_found_and_another_day_asked(plain: Page) -> None:
    steps.when_searching(
        plain, "Social Security number", Social_Security_number="900456789", Birth_date="5/6/1984"
    )
    steps.then_zephyrine_is_shown(plain)
    steps.when_asking_for_another_day(plain, "02/01/2026")
    steps.then_the_verdict_is(plain, "Active on February 1, 2026; the PCP is in your office")


def test_one_of_a_family_is_chosen_and_the_answer_kept(plain: Page) -> None:
    steps.when_searching_by_member_id(plain, patients.SUBSCRIBER)
    plain.get_by_role("button", name="Barnabas Wintergreen").click()
    steps.then_the_verdict_is(plain, "Active on March 12, 2026")
    steps.when_they_press(plain, "Get an eligibility receipt")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Eligibility receipt")


def test_benefits_fold_open(plain: Page) -> None:
    steps.given_the_page_of(plain, patients.ZEPHYRINE)
    therapy = plain.get_by_role("row").filter(has_text="Physical therapy")
    expect(therapy).not_to_be_visible()
    plain.get_by_role("heading", name="Rehabilitation and home care").click()
    expect(therapy).to_be_visible()


def test_a_wrong_form_says_so(plain: Page) -> None:
    steps.when_searching(plain, "Social Security number")
    expect(plain.get_by_role("group", name="Please check this form")).to_contain_text("Enter the birth date")


def test_the_appearance_can_be_chosen(plain: Page) -> None:
    plain.get_by_role("button", name="Dark").click()
    expect(plain.locator("html")).to_have_attribute("data-theme", "dark")
