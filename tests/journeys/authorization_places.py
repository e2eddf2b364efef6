"""The pages of authorizations, as an office sees them."""

from collections.abc import Callable
from decimal import Decimal

from playwright.sync_api import Page

from portico.domains.authorizations.models import Authorization, Usage
from tests.journeys import steps
from tests.journeys.going import Going, Place, at
from tests.support import authorizations, documents_of_requests, patients
from tests.support.actors import NOW
from tests.support.world import World

_LONG = "The Lakeside Center for Sports Medicine, Rehabilitation and the Care of Hands, Shoulders and Knees"


def given_requests(world: World) -> dict[str, Authorization]:
    """One of every state; the partial one with a claim, a document and a note of what happened."""
    if "every request" not in world.asked_for:
        made = {
            "in_review": authorizations.in_review(),
            "pended": authorizations.pended(),
            "approved": authorizations.approved(),
            "partly": authorizations.partly(),
            "denied": authorizations.denied(),
            "cancelled": authorizations.cancelled(),
            "not_needed": authorizations.not_needed(),
            "expedited": authorizations.expedited(),
            "referral": authorizations.referral(),
            "admission": authorizations.admission(),
        }
        _fill(made["partly"])
        world.asked_for["every request"] = made
    held: dict[str, Authorization] = world.asked_for["every request"]
    return held


def _fill(row: Authorization) -> None:
    service = row.services.get(position=1)
    Usage.objects.create(service=service, claim_number="C1", quantity=Decimal(3), on=service.first_on)
    authorizations.letter(row)
    documents_of_requests.document(row)
    documents_of_requests.document(row, name="a-very-long-name-" * 6 + ".pdf", scan="waiting")
    authorizations.party(row, "servicing", "181234567", patients.NPI_ELSEWHERE, name=_LONG, in_network=False)
    authorizations.event(row, "document", "office", at=NOW)


def when_searching(page: Page, way: str, **typed: str) -> None:
    """They search for requests by one way, with what is typed into these fields."""
    page.goto(f"/authorizations/?by={way}")
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(text)
    steps.when_they_press(page, "Search")


def searched(way: str, **typed: str) -> Going:
    """The way to what a search answers."""

    def go(page: Page, world: World) -> None:
        given_requests(world)
        when_searching(page, way, **typed)

    return go


def one(state: str) -> Going:
    """The way to the page of a request that stands so."""
    return lambda page, world: page.goto(f"/authorizations/{given_requests(world)[state].public_id}/")


def _desk(query: str) -> Callable[[Page, World], None]:
    def go(page: Page, world: World) -> None:
        given_requests(world)
        page.goto(f"/authorizations/desk/?{query}")

    return go


def _unsaid(page: Page, world: World) -> None:
    one("pended")(page, world)
    steps.when_they_press(page, "Keep the note")


_NOBODY = {"Member_ID_or_subscriber_ID": "NOSUCH12"}
_BY_ID = {"Member_ID_or_subscriber_ID": patients.ZEPHYRINE}
AUTHORIZATIONS = (
    *(
        Place(f"authorizations_by_{way}", at(f"/authorizations/?by={way}"), "Check Authorization Status")
        for way in ("member_id", "number", "name", "ssn", "days")
    ),
    Place("authorizations_incomplete", searched("name"), "Please check this form"),
    Place("authorizations_found", searched("member_id", **_BY_ID), "Requests, the latest received first"),
    Place("authorizations_none", searched("member_id", **_NOBODY), "No request found"),
    Place("authorizations_desk", _desk("list=waiting_on_plan"), "Your desk for requests"),
    Place("authorizations_desk_empty", at("/authorizations/desk/?whose=me"), "Nothing on this list"),
    Place("authorization_note_wrong", _unsaid, "Please check this form"),
    *(
        Place(f"authorization_{state}", one(state), "About this request")
        for state in (
            "in_review",
            "pended",
            "approved",
            "partly",
            "denied",
            "cancelled",
            "not_needed",
            "expedited",
            "referral",
            "admission",
        )
    ),
)
