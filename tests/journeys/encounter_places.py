"""The pages of encounters."""

from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.going import Going, Place
from tests.support import encounters
from tests.support.cast import OWN
from tests.support.world import World


def at(address: str) -> Going:
    """The way to a page, once a file is there."""

    def go(page: Page, world: World) -> None:
        encounters.of_world(world, OWN)
        page.goto(address)

    return go


def of_file(below: str = "") -> Going:
    """The way to the own file, or below it."""

    def go(page: Page, world: World) -> None:
        page.goto(f"/encounters/{encounters.of_world(world, OWN).submission}/{below}")

    return go


def _rejected(page: Page, world: World) -> None:
    page.goto(f"/encounters/records/{encounters.of_world(world, OWN).rejected}/")


def _still_wrong(page: Page, world: World) -> None:
    _rejected(page, world)
    steps.when_they_press(page, "Send again")


def _accepted(page: Page, world: World) -> None:
    page.goto(f"/encounters/records/{encounters.of_world(world, OWN).accepted}/")


def _nothing_sent(page: Page, world: World) -> None:
    page.goto("/encounters/send/")
    steps.when_they_press(page, "Send the file")


ENCOUNTERS = (
    Place("no_encounters", lambda page, world: page.goto("/encounters/"), "No files yet"),
    Place("no_completeness", lambda page, world: page.goto("/encounters/completeness/"), "encounters"),
    Place("encounters_send", lambda page, world: page.goto("/encounters/send/"), "What happens with it"),
    Place("encounters_send_nothing", _nothing_sent, "Please check this form"),
    Place("encounters", at("/encounters/"), "february.837"),
    Place("encounter_file", of_file(), "Control Summary"),
    Place("encounters_accepted", of_file("?show=accepted"), "Accepted encounters"),
    Place("encounter_rejected", _rejected, "Mend and send again"),
    Place("encounter_still_wrong", _still_wrong, "Please check this form"),
    Place("encounter_accepted", _accepted, "Void this encounter"),
    Place("completeness", at("/encounters/completeness/"), "February 2026"),
)
