"""The pages of the plan's desk for authorizations."""

from playwright.sync_api import Page

from tests.journeys import authorization_places, steps
from tests.journeys.going import Going, Place, at
from tests.support.world import World

DESK, RULES_PAGE = "/staff/authorizations/", "/staff/authorizations/rules/approval/"


def _at(address: str = "") -> Going:
    def go(page: Page, world: World) -> None:
        authorization_places.given_requests(world)
        page.goto(f"{DESK}{address}")

    return go


def _one(state: str, more: str = "") -> Going:
    def go(page: Page, world: World) -> None:
        row = authorization_places.given_requests(world)[state]
        page.goto(f"{DESK}requests/{row.public_id}/{more}")

    return go


def _bare_denial(page: Page, world: World) -> None:
    _one("in_review", "decide/")(page, world)
    page.get_by_role("group", name="Decision on service 1").get_by_text("Deny", exact=True).click()
    page.get_by_role("group", name="Decision on service 2").get_by_text("Approve", exact=True).click()
    steps.when_they_press(page, "Decide")


def _nothing_asked(page: Page, world: World) -> None:
    _one("in_review", "ask/")(page, world)
    steps.when_they_press(page, "Ask the office")


def _tried(page: Page, world: World) -> None:
    authorization_places.given_requests(world)
    page.goto(RULES_PAGE)
    page.locator("#try_conditions").fill("codes all_in 97110-97140, 73721")
    steps.when_they_press(page, "Try it out")


DECIDING = (
    Place("authorization_queue_none", at(DESK), "Nothing waits for a decision"),
    Place("authorization_queue", _at(), "The soonest due first"),
    Place("authorization_queue_with_office", _at("?which=with_office"), "The office answers by"),
    Place("authorization_case_pended", _one("pended"), "What the plan asked for"),
    Place("authorization_case_partly", _one("partly"), "Decisions"),
    Place("authorization_case_admission", _one("admission"), "Admission date"),
    Place("authorization_decide", _one("in_review", "decide/"), "Every service is decided at once"),
    Place("authorization_denial_without_why", _bare_denial, "Choose the reason."),
    Place("authorization_ask_more", _one("in_review", "ask/"), "Ask for everything at once"),
    Place("authorization_nothing_asked", _nothing_asked, "Write at least one question."),
)
RULES = (
    Place("authorization_rules", at("/staff/authorizations/rules/"), "Rules of authorizations"),
    Place("approval_rules_none", at(RULES_PAGE), "No rules yet"),
    Place("approval_rule_tried", _tried, "It would have held for"),
)
