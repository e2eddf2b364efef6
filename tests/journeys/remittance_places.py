"""The pages of remittances."""

from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.going import Going, Place
from tests.support import remittances
from tests.support.cast import OWN
from tests.support.world import World


def at(address: str) -> Going:
    """The way to a page, once payments are there."""

    def go(page: Page, world: World) -> None:
        remittances.of_world(world)
        page.goto(address)

    return go


def of_payment(below: str = "") -> Going:
    """The way to the own payment, or below it."""

    def go(page: Page, world: World) -> None:
        page.goto(f"/remittances/{remittances.of_world(world)[OWN].public_id}/{below}")

    return go


def searched(**typed: str) -> Going:
    """The way to what a search finds."""

    def go(page: Page, world: World) -> None:
        remittances.of_world(world)
        page.goto("/remittances/")
        for label, text in typed.items():
            page.get_by_label(label.replace("_", " ")).fill(text)
        steps.when_they_press(page, "Search")

    return go


def _with_deposits(address: str) -> Going:
    def go(page: Page, world: World) -> None:
        remittances.deposit_of(world, OWN)
        page.goto(address)

    return go


def _wrong_deposit(page: Page, world: World) -> None:
    remittances.of_world(world)
    page.goto("/remittances/deposits/")
    steps.when_they_press(page, "Note it")


REMITTANCES = (
    Place("no_payments", lambda page, world: page.goto("/remittances/"), "No payments yet"),
    Place("no_trends", lambda page, world: page.goto("/remittances/trends/"), "Nothing was paid"),
    Place("payments", at("/remittances/"), "Latest payments"),
    Place("payments_found", searched(Member_ID_or_subscriber_ID="NLQX7731"), "Payments found"),
    Place("no_payment_found", searched(Payment_number="none"), "No payment was found"),
    Place("payments_wrong", searched(Paid_from="x"), "Please check this form"),
    Place("payment", of_payment(), "All 2 claims of the payment"),
    Place("paid_claim", of_payment("claims/0/"), "What the codes mean"),
    Place("denied_claim", of_payment("claims/1/"), "What the codes mean"),
    Place("no_deposits", at("/remittances/deposits/"), "No deposits noted yet"),
    Place("wrong_deposit", _wrong_deposit, "Please check this form"),
    Place("nothing_missing", at("/remittances/missing/"), "Nothing is missing"),
    Place("deposits", _with_deposits("/remittances/deposits/"), "Noted deposits"),
    Place("missing_remittances", _with_deposits("/remittances/missing/"), "Money without its remittance"),
    Place("trends", at("/remittances/trends/"), "Month by month"),
)
OF_A_PART = (Place("part_of_a_payment", of_payment(), "You see a part of this payment"),)
