"""The pages of offices outside the network and of the desk that answers them, and how one gets there."""

from playwright.sync_api import Page

from portico.domains.registration import network_review
from portico.domains.registration.network_rules import Decline
from portico.domains.registration.tests import wishing
from tests.journeys import steps
from tests.journeys.going import Place, at
from tests.support import cast, joining_network
from tests.support import world as worlds
from tests.support.world import World


def _sent(page: Page, world: World) -> None:
    del world
    page.goto(joining_network.ASK)
    page.locator("label").filter(has_text="Medical group").click()
    page.locator("label").filter(has_text="Medi-Cal").first.click()
    for name in ("office_name", "npi", "tax_id", "specialty", "contact_name", "telephone", "email"):
        page.locator(f"#id_{name}").fill(joining_network.SENT[name])
    steps.when_they_press(page, "Send the request")


def _empty(page: Page, world: World) -> None:
    del world
    page.goto(joining_network.ASK)
    steps.when_they_press(page, "Send the request")


def _wrong_number(page: Page, world: World) -> None:
    del world
    page.goto(joining_network.STATUS)
    page.get_by_role("textbox", name="Tracking number").fill("1")
    steps.when_they_press(page, "Look it up")


def _declined(page: Page, world: World) -> None:
    number = wishing.ask(address="", regions=(), lines=(cast.HMO,)).tracking_number
    request = joining_network.requests().last().pk
    actor = worlds.actor(world["operations"])
    network_review.decline(actor=actor, number=request, reason=Decline.TAKES_PART)
    page.goto(joining_network.STATUS)
    page.get_by_role("textbox", name="Tracking number").fill(number)
    steps.when_they_press(page, "Look it up")


def _request(page: Page, world: World) -> None:
    del world
    for _ in range(2):
        wishing.ask(address="", regions=(), lines=(cast.HMO,))
    page.goto(joining_network.DESK)
    page.get_by_role("link", name="Riverbend Pediatrics").first.click()


def _noted(page: Page, world: World) -> None:
    _request(page, world)
    steps.when_they_press(page, "Take it")
    page.get_by_role("textbox", name="Note").fill("They open in May.")
    steps.when_they_press(page, "Keep the note")


def _no_reason(page: Page, world: World) -> None:
    del world
    steps.when_they_press(page, "Decline")


def _invited(page: Page, world: World) -> None:
    del world
    steps.when_they_press(page, "Invite")


JOINING = (
    Place("join_network", at("/join-network/"), "What taking part means"),
    Place("join_network_empty", _empty, "Please check this form"),
    Place("join_network_received", _sent, "Your tracking number"),
    Place("join_network_status", at(joining_network.STATUS), "Where is my request?"),
    Place("join_network_wrong", _wrong_number, "A tracking number has"),
    Place("join_network_declined", _declined, "The plan does not invite you now"),
)
REQUESTS = (
    Place("no_network_requests", at(joining_network.DESK), "Nobody waits"),
    Place("network_request", _request, "The same numbers asked before or since"),
    Place("network_requests", at(joining_network.DESK), "What waits, the soonest due first"),
    Place("network_request_noted", _noted, "They open"),
    Place("network_request_wrong", _no_reason, "Choose why."),
    Place("network_request_invited", _invited, "The office is told."),
)
