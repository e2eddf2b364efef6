"""The pages of claims."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page

from portico.domains.claims.models import Claim, CodePolicy, DeadlineRule
from portico.domains.library.search.tests import shelving
from tests.journeys import steps
from tests.journeys.going import Going, Place, at
from tests.support import claims, patients, working
from tests.support.world import World

SUBSCRIBER = f"S{patients.ZEPHYRINE}"
_RULES = (
    ("timely_filing", 180, "calendar", "Provider manual, chapter 9"),
    ("dispute", 365, "calendar", "28 CCR 1300.71.38"),
    ("prompt_pay", 30, "business", "California Health and Safety Code 1371"),
)


def given_claims(world: World) -> dict[str, Claim]:
    """One of every status, paid and denied in one payment, under the plan's deadlines."""
    if "every claim" not in world.asked_for:
        for kind, days, unit, citation in _RULES:
            DeadlineRule.objects.create(
                kind=kind, days=days, unit=unit, citation=citation, first_on=date(2020, 1, 1)
            )
        made = {
            "received": claims.received(),
            "pended": claims.pended(),
            "paid": claims.decided(),
            "denied": claims.denied(),
            "reversed": claims.reversed_claim(),
            "adjusted": claims.adjusted(),
        }
        claims.payment([made["paid"], made["denied"]])
        world.asked_for["every claim"] = made
    held: dict[str, Claim] = world.asked_for["every claim"]
    return held


def when_searching(page: Page, **typed: str) -> None:
    """They search for claims with what is typed into these fields."""
    page.goto("/claims/")
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(text)
    steps.when_they_press(page, "Search")


def searched(**typed: str) -> Going:
    """The way to what a search answers."""

    def go(page: Page, world: World) -> None:
        given_claims(world)
        when_searching(page, **typed)

    return go


def one(status: str) -> Going:
    """The way to the page of a claim that stands so."""

    def go(page: Page, world: World) -> None:
        page.goto(f"/claims/{given_claims(world)[status].public_id}/")

    return go


def _narrowed(query: str) -> Callable[[Page, World], None]:
    def go(page: Page, world: World) -> None:
        searched(Subscriber_ID_or_member_ID=SUBSCRIBER)(page, world)
        page.goto(f"{page.url}?{query}")

    return go


def _saved(page: Page, world: World) -> None:
    searched(Subscriber_ID_or_member_ID=SUBSCRIBER)(page, world)
    page.get_by_label("Name of the filter").fill("Zephyrine's claims of this year, whatever became of them")
    steps.when_they_press(page, "Save")


def _unnamed(page: Page, world: World) -> None:
    searched(Subscriber_ID_or_member_ID=SUBSCRIBER)(page, world)
    steps.when_they_press(page, "Save")


def _exporting(page: Page, world: World) -> None:
    searched(Subscriber_ID_or_member_ID=SUBSCRIBER)(page, world)
    steps.when_they_press(page, "Export as CSV")


def _exported(page: Page, world: World) -> None:
    _exporting(page, world)
    working.work()
    page.goto("/claims/exports/")


def _wrong_policy(page: Page, world: World) -> None:
    del world
    page.goto("/staff/claim-rules/")
    steps.when_they_press(page, "Add the policy")


def _ruled(page: Page, world: World) -> None:
    given_claims(world)
    shelving.document("appeals", "How to dispute a decision", "Write to us.")
    CodePolicy.objects.create(kind="carc", code="197", document="appeals")
    page.goto("/staff/claim-rules/")


RULES = (
    Place("claim_rules_none", at("/staff/claim-rules/"), "No deadlines yet"),
    Place("claim_rules", _ruled, "28 CCR 1300.71.38"),
    Place("claim_rules_wrong", _wrong_policy, "Please check this form"),
)
CLAIMS = (
    Place("claims", at("/claims/"), "Check Claim Status"),
    Place("claims_incomplete", searched(), "Please check this form"),
    Place(
        "claims_found", searched(Subscriber_ID_or_member_ID=SUBSCRIBER), "Claims, the latest service first"
    ),
    Place("claims_none", searched(Subscriber_ID_or_member_ID="NOSUCH12"), "No claim was found"),
    Place("claims_elsewhere", _narrowed("lines=individual"), "No claim here, but there are others"),
    Place("claims_no_filters", at("/claims/filters/"), "No filters yet"),
    Place("claims_no_exports", at("/claims/exports/"), "No exports yet"),
    Place("claims_unnamed", _unnamed, "Please check this form"),
    Place("claims_filters", _saved, "Zephyrine's claims of this year"),
    Place("claims_exporting", _exporting, "Being written"),
    Place("claims_exports", _exported, "Ready"),
    *(
        Place(f"claim_{status}", one(status), "About this claim")
        for status in ("received", "pended", "paid", "denied", "reversed", "adjusted")
    ),
)
