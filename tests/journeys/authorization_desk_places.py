"""The pages of the plan's desk for authorizations."""

import json
from typing import Any

from playwright.sync_api import Page

from tests.journeys import authorization_places, steps
from tests.journeys.going import Going, Place, at
from tests.support.world import World

DESK, RULES_PAGE = "/staff/authorizations/", "/staff/authorizations/rules/approval/"
QUESTIONNAIRES = f"{DESK}rules/questionnaires/"
_QUESTIONS = {
    "key": "a-very-long-key-of-a-set-of-questions-01",
    "title": "What comes before imaging of the knee, the hip or the lower back, and of the spine as a whole",
    "questions": [
        {
            "id": "tried",
            "kind": "several",
            "text": "What was tried before?",
            "hint": "All that apply.",
            "options": [["drugs", "Medicines"], ["exercise", "Exercise at home"], ["none", "Nothing"]],
        },
        {
            "id": "weeks",
            "kind": "number",
            "text": "For how many weeks?",
            "least": 1,
            "most": 520,
            "required": False,
            "when": [{"question": "tried", "is": ["drugs", "exercise"]}],
        },
    ],
}


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


def _handed_in(**more: Any) -> Going:
    def go(page: Page, world: World) -> None:
        del world
        page.goto(QUESTIONNAIRES)
        content = json.dumps(_QUESTIONS | more).encode()
        file = {"name": "knee.json", "mimeType": "application/json", "buffer": content}
        page.get_by_label("File of the questionnaire").set_input_files(file)  # type: ignore[arg-type]
        steps.when_they_press(page, "Keep it as a draft")

    return go


def _published(page: Page, world: World) -> None:
    _handed_in()(page, world)
    steps.when_they_press(page, "Publish this version")


def _versions(page: Page, world: World) -> None:
    _published(page, world)
    _handed_in()(page, world)
    page.goto(QUESTIONNAIRES)


def _passed_over(page: Page, world: World) -> None:
    _handed_in()(page, world)
    address = page.url
    _published(page, world)
    page.goto(address)


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
    Place("questionnaires_none", at(QUESTIONNAIRES), "No questionnaire yet"),
    Place("questionnaires", _versions, "Asked now"),
    Place("questionnaire_wrong_file", _handed_in(key="a key", extra=1), "What is wrong"),
    Place("questionnaire", _handed_in(), "Publish this version"),
    Place("questionnaire_published", _published, "It is published and asked from now on."),
    Place("questionnaire_passed_over", _passed_over, "This version was passed over"),
)
