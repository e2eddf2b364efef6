"""A talk between peers, from both sides: offered, booked after a denial, then cancelled."""

from playwright.sync_api import expect

from tests.journeys import steps
from tests.support import authorizations
from tests.support.browser import NewPage
from tests.support.world import World


def test_a_talk_is_offered_booked_and_cancelled_from_both_sides(world: World, new_page: NewPage) -> None:
    row = authorizations.denied("A123456782")
    desk, office = new_page(), new_page()
    # Given a reviewer who offers times
    steps.given_signed_in(desk, world["reviewer"])
    desk.goto("/staff/authorizations/talks/")
    for label, text in (("Day", "03/20/2026"), ("From", "09:00"), ("To", "10:00")):
        desk.get_by_role("textbox", name=label).fill(text)
    steps.when_they_press(desk, "Offer these times")
    expect(desk.get_by_text("3 times can be booked now.")).to_be_visible()
    # When the office whose request was denied books one
    steps.given_signed_in(office, world["front_desk"])
    office.goto(f"/authorizations/{row.public_id}/")
    office.get_by_role("link", name="Book or change a peer-to-peer talk").click()
    office.get_by_label("Clinician who talks").fill("Dr. Amina Tran")
    office.get_by_label("Telephone").fill("(530) 555-0193")
    office.locator("label").filter(has_text="9:20 to 9:40 AM PDT").click()
    steps.when_they_press(office, "Book this time")
    expect(office.get_by_text("The talk is booked.")).to_be_visible()
    # Then the reviewer sees whom to call, and takes the talk into a calendar
    desk.goto("/staff/authorizations/talks/")
    expect(desk.get_by_role("row", name="A123456782")).to_contain_text("Dr. Amina Tran")
    desk.get_by_role("link", name="request A123456782").click()
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="Put it into a calendar").click()
    assert taken.value.suggested_filename == "talk.ics"
    # And when the reviewer cannot, the office is told
    steps.when_they_press(desk, "Cancel the talk")
    expect(desk.get_by_text("The talk is cancelled.")).to_be_visible()
    office.goto("/notices/")
    expect(office.get_by_role("heading", name="A peer-to-peer talk was cancelled")).to_be_visible()
