"""Away from the desk: warned before the session ends, back where one was, what was typed still there."""

import re

import time_machine
from playwright.sync_api import Locator, Page, expect

from tests.journeys import places, steps
from tests.support import accessibility, cast, files_of_patients
from tests.support.browser import NewPage
from tests.support.world import Signer, World

NEW_PARTNER = "/staff/machines/new/trading-partner/lakeside/"
MINUTE = 60


def given_at(page: Page, signer: Signer, address: str) -> Page:
    """Somebody signed in, on a page whose clock can be moved on."""
    page.clock.install()
    steps.given_signed_in(page, signer)
    page.goto(address)
    return page


def when_time_passes(clock: time_machine.Traveller, seconds: float, *pages: Page) -> None:
    """So much time goes by, for the server and in every page."""
    clock.shift(seconds)
    for page in pages:
        page.clock.fast_forward(int(seconds * 1000))


def when_typing(page: Page, clock: time_machine.Traveller, label: str, text: str) -> None:
    """They type into a field, and pause, so that it is kept."""
    page.get_by_label(label).fill(text)
    with page.expect_response("**/account/drafts/**") as kept:
        when_time_passes(clock, 6, page)
    assert kept.value.status == 204


def warning(page: Page) -> Locator:
    """The dialog that warns."""
    return page.get_by_role("dialog", name="Are you still there?")


def signs_in_here(page: Page, signer: Signer) -> None:
    """They sign in on the page they were brought to."""
    page.get_by_label("Username").fill(signer.person.username)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code from your authenticator").fill(steps.code_now())
    page.get_by_role("main").get_by_role("button", name="Continue").click()


def test_two_minutes_before_the_end_people_are_warned_and_stay(
    world: World, new_page: NewPage, clock: time_machine.Traveller
) -> None:
    page = given_at(new_page(), world["front_desk"], "/receipts/")
    when_time_passes(clock, 12 * MINUTE, page)
    expect(warning(page)).not_to_be_visible()
    when_time_passes(clock, 2 * MINUTE, page)
    expect(warning(page)).to_contain_text("You are signed out in")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    assert list(accessibility.findings(page)) == []
    page.get_by_role("button", name="Stay signed in").click()
    expect(warning(page)).not_to_be_visible()
    when_time_passes(clock, 12 * MINUTE, page)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Eligibility receipts")


def test_escape_says_that_somebody_is_there(
    world: World, new_page: NewPage, clock: time_machine.Traveller
) -> None:
    page = given_at(new_page(), world["front_desk"], "/receipts/")
    when_time_passes(clock, 14 * MINUTE, page)
    expect(warning(page)).to_be_visible()
    with page.expect_response("**/session/keep/"):
        page.keyboard.press("Escape")
    expect(warning(page)).not_to_be_visible()


def test_whoever_is_away_finds_the_sign_in_and_then_the_page(
    world: World, new_page: NewPage, clock: time_machine.Traveller
) -> None:
    page = given_at(new_page(), world["front_desk"], "/receipts/?after=")
    when_time_passes(clock, 14 * MINUTE, page)
    expect(warning(page)).to_be_visible()
    when_time_passes(clock, 2 * MINUTE, page)
    expect(page).to_have_url(re.compile(r"/sign-in/\?next=%2Freceipts%2F$"))
    signs_in_here(page, world["front_desk"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Eligibility receipts")


def test_signing_out_from_the_warning(world: World, new_page: NewPage, clock: time_machine.Traveller) -> None:
    page = given_at(new_page(), world["front_desk"], "/receipts/")
    when_time_passes(clock, 14 * MINUTE, page)
    warning(page).get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")


def test_work_in_another_tab_keeps_this_one(
    world: World, new_page: NewPage, clock: time_machine.Traveller
) -> None:
    page = given_at(new_page(), world["front_desk"], "/receipts/")
    when_time_passes(clock, 10 * MINUTE, page)
    beside = page.context.new_page()
    beside.goto("/notices/")
    when_time_passes(clock, 4 * MINUTE, page)
    page.wait_for_timeout(1_500)
    expect(warning(page)).not_to_be_visible()
    when_time_passes(clock, 10 * MINUTE, page)
    expect(warning(page)).to_be_visible()


def test_a_page_of_somebody_else_is_left_when_another_person_signs_in_beside_it(
    world: World, new_page: NewPage, clock: time_machine.Traveller
) -> None:
    page = given_at(new_page(), world["front_desk"], "/receipts/")
    expect(page.get_by_role("main")).to_contain_text("Zephyrine")
    clock.shift(30)
    beside = page.context.new_page()
    steps.given_signed_in(beside, world["administrator"])
    expect(page.get_by_role("heading", level=1)).to_have_text("This is not open to you")
    expect(page.get_by_role("main")).not_to_contain_text("Zephyrine")


def test_a_browser_signed_out_elsewhere_asks_for_the_sign_in(
    world: World, new_page: NewPage, clock: time_machine.Traveller
) -> None:
    at_work = steps.given_signed_in(new_page(), world["front_desk"])
    clock.shift(30)
    at_home = steps.given_signed_in(new_page(), world["front_desk"])
    at_home.goto("/account/sessions/")
    at_home.get_by_role("button", name="Sign out everywhere else").click()
    expect(at_home.get_by_role("main")).to_contain_text("Every other browser is signed out.")
    at_work.goto("/receipts/")
    expect(at_work.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_what_was_typed_comes_back_after_an_idle_end(
    world: World, new_page: NewPage, clock: time_machine.Traveller
) -> None:
    page = given_at(new_page(), world["operations"], NEW_PARTNER)
    when_typing(page, clock, "Name", "Lakeside clearinghouse")
    page.get_by_text("Medi-Cal", exact=True).click()
    page.get_by_role("group", name="For the tax IDs").get_by_text("17-1234567").click()
    when_typing(page, clock, "Sender ID", "LAKE77")
    when_time_passes(clock, 16 * MINUTE, page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    signs_in_here(page, world["operations"])
    page.get_by_role("link", name="Restore it").click()
    expect(page.get_by_label("Name")).to_have_value("Lakeside clearinghouse")
    expect(page.get_by_label("Sender ID")).to_have_value("LAKE77")
    expect(page.get_by_label("Medi-Cal")).to_be_checked()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    steps.when_they_press(page, "Connect it")
    expect(page.get_by_role("main")).to_contain_text("The password is shown this once")
    page.goto(NEW_PARTNER)
    expect(page.get_by_role("link", name="Restore it")).to_have_count(0)


def test_another_person_at_that_desk_is_offered_nothing(
    world: World, new_page: NewPage, clock: time_machine.Traveller
) -> None:
    page = given_at(new_page(), world["operations"], NEW_PARTNER)
    when_typing(page, clock, "Name", "Lakeside clearinghouse")
    when_time_passes(clock, 16 * MINUTE, page)
    signs_in_here(page, world["operations_too"])
    expect(page.get_by_role("heading", level=1)).to_have_text("New trading partner")
    expect(page.get_by_label("Name")).to_have_value("")
    expect(page.get_by_role("group", name="Draft")).to_have_count(0)


def test_a_sensitive_form_goes_on_after_the_confirmation(
    world: World, new_page: NewPage, clock: time_machine.Traveller
) -> None:
    page = steps.given_signed_in(new_page(), world["operations"])
    places.system("password")(page, world)
    clock.shift(11 * MINUTE)
    steps.when_they_press(page, "Make it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm that it is you")
    expect(page.get_by_role("main")).to_contain_text("What you sent is kept")
    page.get_by_label("Code from your authenticator").fill(steps.code_now())
    steps.when_they_press(page, "Confirm")
    expect(page.get_by_role("button", name="Send it now")).to_be_focused()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("main")).to_contain_text("The password is shown this once")


def test_without_scripts_a_file_is_taken_home_after_the_confirmation(
    world: World, new_page: NewPage, clock: time_machine.Traveller
) -> None:
    page = steps.given_signed_in(
        new_page(java_script_enabled=False, accept_downloads=True), world["front_desk"]
    )
    places.when_sending(page, files_of_patients.ZEPHYRINE)
    steps.when_they_press(page, "Ask for 1 row")
    files_of_patients.work()
    page.reload()
    clock.shift(11 * MINUTE)
    page.get_by_role("link", name="Results for any program").click()
    page.get_by_label("Code from your authenticator").fill(steps.code_now())
    steps.when_they_press(page, "Confirm")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take the file home").click()
    assert taken.value.suggested_filename.endswith(".csv")
