"""The pages that search the library, and the words that mean the same, and how one gets there."""

from playwright.sync_api import Page

from portico.domains.library.search.tests import shelving
from tests.journeys import steps
from tests.journeys.going import Going, Place, at
from tests.support import cast
from tests.support.world import World

HERE, SYNONYMS_PAGE = "/library/", "/staff/library/synonyms/"


def _shelf(world: World) -> None:
    """Enough for two pages, some of it for another line."""
    if "searched" in world.asked_for:
        return
    world.asked_for["searched"] = True
    for number in range(24):
        shelving.document(
            f"claims-{number:02}", f"Claims, part {number}", "Claims come in 180 days.", kind="update"
        )
    shelving.document("share-claims", "Share of cost in claims", number="26-301m", lines=[cast.MEDI_CAL])


def _searched(text: str, front: str = "") -> Going:
    def go(page: Page, world: World) -> None:
        _shelf(world)
        page.goto(f"{front}{HERE}")
        page.locator("#id_q").fill(text)
        page.locator("#finder").get_by_role("button", name="Search", exact=True).click()

    return go


def _typed(page: Page, world: World) -> None:
    """While it is typed, with nothing pressed."""
    _shelf(world)
    page.goto(HERE)
    page.locator("#id_q").press_sequentially("share of co")


def _one_word(page: Page, world: World) -> None:
    del world
    page.goto(SYNONYMS_PAGE)
    page.locator("#id_words").fill("precert")
    page.get_by_role("button", name="Add", exact=True).click()


def _usual(page: Page, world: World) -> None:
    del world
    page.goto(SYNONYMS_PAGE)
    steps.when_they_press(page, "Add the usual ones")


SEARCHING = (
    Place("library_search", _searched("claims"), "Page 1 of 2"),
    Place("library_search_typed", _typed, "Share of cost in claims"),
    Place("library_search_near", _searched("26-302m"), "Did you mean one of these?"),
    Place("library_search_elsewhere", _searched("claims", f"/in/{cast.HMO}"), "1 in Medi-Cal: switch"),
    Place("library_search_number_elsewhere", _searched("26-301m", f"/in/{cast.HMO}"), "Switch to Medi-Cal"),
    Place("library_search_nothing", _searched("zebra"), "Nothing is found"),
)
SYNONYMS = (
    Place("library_synonyms_none", at(SYNONYMS_PAGE), "There are no rows yet"),
    Place("library_synonyms_wrong", _one_word, "with a comma between them."),
    Place("library_synonyms", _usual, "rows are added"),
)
