"""The pages on which an office acts on a request it sent."""

from playwright.sync_api import Page

from tests.journeys import authorization_places, steps
from tests.journeys.going import Going, Place
from tests.support.world import World


def to(state: str, below: str, press: str = "") -> Going:
    """The way to an act on the request that stands so; `press`: what is pressed there."""

    def go(page: Page, world: World) -> None:
        row = authorization_places.given_requests(world)[state]
        page.goto(f"/authorizations/{row.public_id}/{below}")
        if press:
            steps.when_they_press(page, press)

    return go


ACTING = (
    Place("authorization_answer", to("pended", "answer/"), "Send the answer"),
    Place("authorization_answer_none", to("pended", "answer/", "Send the answer"), "Please check this form"),
    Place("authorization_again", to("denied", "again/appeal/"), "Appeal the decision"),
    Place("authorization_add", to("in_review", "documents/"), "Add a document"),
    Place("authorization_change", to("in_review", "change/"), "Change the request"),
    Place("authorization_more", to("approved", "more/"), "Ask for more"),
    Place("authorization_cancel", to("in_review", "cancel/"), "Give the request up"),
    Place("authorization_discharge", to("admission", "discharge/"), "Report the discharge"),
)
