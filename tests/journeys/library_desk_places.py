"""The pages of the library's desk, and how one gets there."""

from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.going import Place, at
from tests.support import shelves
from tests.support.world import World

DESK = "/staff/library/"
KEY = shelves.KEY


def _listed(page: Page, world: World) -> None:
    shelves.published(world)
    shelves.scheduled(world, "paying", title="Paying")
    page.goto(DESK)


def _document(page: Page, world: World) -> None:
    del world
    page.goto(f"{DESK}documents/{KEY}/")


def _wrong(page: Page, world: World) -> None:
    del world
    page.goto(f"{DESK}new/")
    page.locator("#id_key").fill("fresh")
    page.locator("#id_kind").select_option("update")
    page.locator("label").filter(has_text="Every line").click()
    steps.when_they_press(page, "Save the draft")


def _draft(page: Page, world: World) -> None:
    shelves.draft(world, "claims")
    page.goto(f"{DESK}documents/claims/edit/")


def _looked_at(page: Page, world: World) -> None:
    del world
    page.get_by_role("textbox", name="Text").fill("## Fresh\n\n[moon](library:moon)")
    steps.when_they_press(page, "Look at it")


def _waiting(page: Page, world: World) -> None:
    shelves.waiting(world, "referrals")
    page.goto(f"{DESK}documents/referrals/versions/1/")


def _without_answer(page: Page, world: World) -> None:
    del world
    steps.when_they_press(page, "Give it back")


def _scheduled(page: Page, world: World) -> None:
    shelves.scheduled(world, "coming")
    page.goto(f"{DESK}documents/coming/versions/1/")


def _own(page: Page, world: World) -> None:
    shelves.waiting(world, "own-words")
    page.goto(f"{DESK}documents/own-words/versions/1/")


WRITING = (
    Place("library_desk_empty", at(DESK), "No document stands here"),
    Place("library_desk", _listed, "Version 1 in force"),
    Place("library_document", _document, "Write the next version"),
    Place("library_document_wrong", _wrong, "Enter the title."),
    Place("library_draft", _draft, "As people will read it"),
    Place("library_draft_looked_at", _looked_at, "A link leads nowhere: moon"),
    Place("library_own_words", _own, "You wrote this version."),
)
LOOKING = (
    Place("library_version_waits", _waiting, "Give it back"),
    Place("library_version_wrong", _without_answer, "Write what is to be changed."),
    Place("library_version_scheduled", _scheduled, "Stop it from appearing"),
)
