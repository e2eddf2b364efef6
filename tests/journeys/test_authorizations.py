"""Journeys of following requests: found, read, noted, given to a colleague, and seen on the desk."""

from playwright.sync_api import Page, expect

from tests.journeys import authorization_places, steps
from tests.support import authorizations, cast, patients
from tests.support.browser import NewPage
from tests.support.world import World


def test_a_clerk_finds_a_request_and_reads_what_holds(world: World, page: Page) -> None:
    row = authorizations.partly()
    steps.given_signed_in(page, world["front_desk"])
    authorization_places.when_searching(page, "number", Authorization_number=row.number.lower())
    page.get_by_role("link", name=row.number).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Approved in part on")
    expect(main).to_contain_text("8 visits")
    expect(main).to_contain_text(authorizations.REASON)
    steps.then_address_and_title_hold_nobody(page)
    page.get_by_role("link", name="Back to the list").click()
    expect(page.get_by_role("link", name=row.number)).to_be_visible()


def test_a_request_goes_to_a_colleague_with_a_note_and_stands_on_her_list(
    world: World, new_page: NewPage
) -> None:
    row, colleague = authorizations.pended(), world["two_tax_ids"]
    page, hers = new_page(), new_page(java_script_enabled=False)
    steps.given_signed_in(page, world["front_desk"])
    page.goto(f"/authorizations/{row.public_id}/")
    page.get_by_label("New note").fill("The therapist is back on Monday.")
    steps.when_they_press(page, "Keep the note")
    expect(page.get_by_role("main")).to_contain_text("The therapist is back on Monday.")
    page.get_by_label("Assigned to").select_option(str(colleague.persona_id))
    steps.when_they_press(page, "Assign")
    expect(page.get_by_role("main")).to_contain_text("Who follows the request is changed.")
    steps.given_signed_in(hers, colleague)
    hers.goto("/authorizations/desk/?whose=me")
    hers.get_by_role("link", name=row.number).click()
    expect(hers.get_by_role("main")).to_contain_text("The therapist is back on Monday.")
    expect(hers.get_by_role("main")).to_contain_text(authorizations.ASKED)


def test_another_office_of_the_request_reads_it_and_none_of_the_notes(
    world: World, new_page: NewPage
) -> None:
    parties = {
        "requesting": (cast.OWN, patients.NPI),
        "servicing": (cast.FOREIGN, patients.NPI_ELSEWHERE),
    }
    row = authorizations.in_review(parties=parties)
    ours, theirs = new_page(), new_page()
    steps.given_signed_in(ours, world["front_desk"])
    ours.goto(f"/authorizations/{row.public_id}/")
    ours.get_by_label("New note").fill("Ours alone.")
    steps.when_they_press(ours, "Keep the note")
    steps.given_signed_in(theirs, world["outsider"])
    theirs.goto(f"/authorizations/{row.public_id}/")
    expect(theirs.get_by_role("main")).to_contain_text(row.number)
    expect(theirs.get_by_role("main")).not_to_contain_text("Ours alone.")
