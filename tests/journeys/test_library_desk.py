"""The library's desk in a browser: the preview follows what is typed, and two people publish."""

from playwright.sync_api import expect

from tests.journeys import steps
from tests.support import accessibility, shelves
from tests.support.browser import NewPage
from tests.support.world import World

EDIT = f"/staff/library/documents/{shelves.KEY}/edit/"


def test_an_editor_writes_with_a_live_preview_and_a_colleague_publishes(
    world: World, new_page: NewPage
) -> None:
    shelves.draft(world)
    editor = steps.given_signed_in(new_page(), world["communications"])
    editor.goto(EDIT)
    editor.get_by_role("textbox", name="Text").fill("## Fresh words\n\n[moon](library:moon)")

    preview = steps.panel(editor, "As people will read it")
    expect(preview.get_by_role("heading", name="Fresh words")).to_be_visible()
    expect(preview.get_by_role("status")).to_have_text("1 thing to mend before it is sent.")
    assert accessibility.findings(editor) == []

    editor.get_by_role("textbox", name="Text").fill("## Fresh words\n\nBefore the visit.")
    expect(preview.get_by_role("status")).to_have_text("Nothing to mend.")
    steps.when_they_press(editor, "Save and send it to be looked at")
    expect(editor.get_by_role("main")).to_contain_text("Sent. Somebody else looks at it")

    reviewer = steps.given_signed_in(new_page(), world["operations"])
    reviewer.goto("/staff/library/?which=in_review")
    reviewer.get_by_role("link", name="Prior authorization").click()
    reviewer.get_by_role("link", name="1: Prior authorization").click()
    expect(reviewer.get_by_role("heading", name="Fresh words")).to_be_visible()
    steps.when_they_press(reviewer, "Approve")
    expect(reviewer.get_by_role("main")).to_contain_text("Published.")
    expect(reviewer.get_by_role("main")).to_contain_text("In force")
