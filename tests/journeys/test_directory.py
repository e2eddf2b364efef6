"""A directory that is kept true: an office changes a number and confirms the rest; the plan accepts."""

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.support import directory_keeping as keeping
from tests.support.browser import NewPage
from tests.support.world import World


def test_an_office_changes_a_number_and_everybody_reads_it_once_the_plan_accepts(
    world: World, operations: Page, new_page: NewPage
) -> None:
    keeping.entry_of(world)
    keeper = steps.given_signed_in(new_page(), world[keeping.KEEPER])
    keeper.get_by_role("link", name="Directory entries").first.click()
    keeper.get_by_role("link", name="Mei Tran").click()
    keeper.get_by_role("link", name="Change Telephone").click()
    keeper.get_by_role("textbox", name="Telephone").fill("(530) 555-0177")
    steps.when_they_press(keeper, "Send to the plan")
    expect(keeper.get_by_role("main")).to_contain_text("With the plan")
    operations.get_by_role("link", name="Directory changes").first.click()
    operations.get_by_role("link", name="Telephone: (530) 555-0177").click()
    steps.when_they_press(operations, "Accept")
    keeper.goto("/office/directory/")
    keeper.get_by_role("link", name="Mei Tran").click()
    expect(keeper.get_by_role("main")).to_contain_text("(530) 555-0177")


def test_an_office_confirms_all_of_its_entries_with_two_presses(world: World, new_page: NewPage) -> None:
    keeping.entry_of(world)
    keeper = steps.given_signed_in(new_page(), world[keeping.KEEPER])
    keeper.goto("/office/directory/")
    keeper.get_by_role("link", name="confirm the rest").click()
    steps.when_they_press(keeper, "Confirm what is ticked")
    expect(keeper.get_by_role("main")).to_contain_text("by 06/10/2026")
