"""The pages of the question whether authorization is required, of the list, and of the desk's drafts."""

from playwright.sync_api import Page

from portico.edges.loaders.requirements import Layout
from tests.journeys import steps
from tests.journeys.going import Going, Place, at
from tests.support import requirements as saying
from tests.support.world import World

QUESTION, LISTS = "/authorization-required/", "/staff/authorizations/lists/"
_RULE = {
    "version": "2030-1",
    "effective_on": "2030-01-01",
    "key": "MRI",
    "system": "procedure",
    "first_code": "70540",
    "last_code": "70559",
    "answer": "required",
    "text": "Imaging of the head needs an authorization.",
    "citation": "List 2030-1",
    "first_on": "2015-01-01",
}


def _asked(code: str) -> Going:
    def go(page: Page, world: World) -> None:
        if "rules" not in world.asked_for:
            vendor = {"decided_by": "vendor", "decider": "Clearview Imaging Review"}
            saying.say("70551", system="procedure", **vendor)
            saying.say("J1745", system="procedure", places=["22"])
            world.asked_for["rules"] = True
        page.goto(QUESTION)
        page.locator("#id_code").fill(code)
        page.locator("#id_line").select_option("employer-hmo")
        steps.when_they_press(page, "Ask")

    return go


def _held(page: Page, world: World) -> None:
    _asked("70551")(page, world)
    page.goto(f"{QUESTION}answers/")


def _handed_in(**says: str) -> Going:
    def go(page: Page, world: World) -> None:
        del world
        cells = _RULE | says
        row = ",".join(cells.get(name, "") for name in Layout.columns)
        content = f"{','.join(Layout.columns)}\n{row}\n".encode()
        page.goto(LISTS)
        file = {"name": "list.csv", "mimeType": "text/csv", "buffer": content}
        page.get_by_label("File of the list").set_input_files(file)  # type: ignore[arg-type]
        steps.when_they_press(page, "Keep it as a draft")

    return go


ASKING = (
    Place("requirement", at(QUESTION), "Is authorization required?"),
    Place("requirement_yes", _asked("70551"), "Yes, an authorization is required"),
    Place("requirement_no", _asked("99213"), "No authorization is required"),
    Place("requirement_place", _asked("J1745"), "the answer depends on the place"),
    Place("requirement_answers", _held, "Answers you hold"),
    Place("requirement_no_answers", at(f"{QUESTION}answers/"), "Answers you hold"),
)
PUBLIC = (
    Place("requirement_list", at("/authorization-list/"), "The list that counts today"),
    Place("requirement_list_nothing", at("/authorization-list/?code=99999"), "No rule speaks of it"),
)
DESK = (
    Place("requirement_lists", at(LISTS), "Lists of what needs an authorization"),
    Place("requirement_draft", _handed_in(), "What it changes"),
    Place("requirement_wrong_file", _handed_in(first_code="705"), "What is wrong"),
)
