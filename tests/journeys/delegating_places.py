"""The pages on which an administrator makes users and says what each may do."""

from typing import Final

from playwright.sync_api import FilePayload, Page

from tests.journeys import steps
from tests.journeys.going import Going, Place, at
from tests.support import delegating, patients
from tests.support.world import World

SHEET: Final = "first_name,last_name,email\nAnn,Lee,ann.lee@example.org\n"


def _wrong(page: Page, world: World) -> None:
    """Sent with nothing filled in."""
    del world
    page.goto(delegating.END_USER)
    steps.when_they_press(page, "Create the user and mail the invitation")


def _picking(page: Page, world: World) -> None:
    """One provider chosen of those found."""
    del world
    page.goto(delegating.END_USER)
    page.get_by_text("Individual providers").click()
    page.get_by_label("Name or NPI").fill(patients.NPI)
    page.get_by_label("Name or NPI").press("Enter")
    page.locator(f"label[for=take_{patients.NPI}]").click()
    steps.when_they_press(page, "Add the ticked ones")


def _of_persona(act: str = "", *, key: str = "front_desk") -> Going:
    """What somebody's persona may do, or an act below it."""

    def go(page: Page, world: World) -> None:
        page.goto(delegating.persona(world[key], act))

    return go


def _sheet(page: Page, world: World) -> None:
    """A sheet with one person who can be made."""
    del world
    page.goto(delegating.SHEET)
    file: FilePayload = {"name": "people.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    page.get_by_label("CSV file").set_input_files(file)
    steps.when_they_press(page, "See what each row comes to")


def _changed(page: Page, world: World) -> None:
    """The history, after something was taken away."""
    page.goto(delegating.persona(world["front_desk"]))
    page.locator("#functions").get_by_text("Reports", exact=True).click()
    steps.when_they_press(page, "Save the access")
    page.goto(delegating.persona(world["front_desk"], "history/"))


def _suspended(page: Page, world: World) -> None:
    page.goto(delegating.persona(world["medi_cal_only"], "suspend/"))
    steps.when_they_press(page, "Suspend")


PLACES = (
    Place("new", at(f"{delegating.PEOPLE}new/"), "A delegated administrator"),
    Place("new_end_user", at(delegating.END_USER), "Begin with a role"),
    Place("new_administrator", at(delegating.ADMINISTRATOR), "What they may hand out"),
    Place("new_wrong", _wrong, "Please check this form"),
    Place("picker", _picking, "1 added. 1 provider chosen."),
    Place("access", _of_persona(), "What you save is in force"),
    Place("history_empty", _of_persona("history/"), "No change is kept"),
    Place("history", _changed, "Taken away"),
    Place("suspend", _of_persona("suspend/"), "Suspend Front Tester as an end user?"),
    Place("suspended", _suspended, "is suspended."),
    Place("own_access", _of_persona(key="administrator"), "Nothing was changed."),
    Place("sheet", at(delegating.SHEET), "The columns"),
    Place("sheet_rows", _sheet, "1 person can be made"),
    Place("matrix", at(f"{delegating.PEOPLE}matrix/"), "All on one page"),
    Place("waiting", at(f"{delegating.PEOPLE}waiting/"), "Nothing waits"),
)
