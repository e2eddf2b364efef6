"""The pages of billing companies, of their clients, and of whom somebody works for."""

from playwright.sync_api import Page

from tests.journeys.going import Going, Place, at
from tests.support import billing, cast
from tests.support.world import World


def _given(address: str) -> Going:
    """A billing company works for Lakeside."""

    def go(page: Page, world: World) -> None:
        billing.given_under(world, cast.OWN)
        page.goto(address)

    return go


def _terms(page: Page, world: World) -> None:
    """The company is named, and the form says what it may be given."""
    billing.number_of(world)
    page.goto("/office/billing-companies/")
    page.get_by_label("The billing company's tax ID").fill(billing.TALLYS)
    page.get_by_role("button", name="Find it").click()


GIVING = (
    Place("no_billing_company", at("/office/billing-companies/"), "No billing company works for you"),
    Place("billing_companies", _given("/office/billing-companies/"), "Take back"),
    Place("billing_company_find", at("/office/billing-companies/give/"), "The billing company's tax ID"),
    Place("billing_company_terms", _terms, "Under which of your tax IDs"),
    Place("clients", at("/office/clients/"), "No office lets yours work for it"),
)
SIDES = (Place("no_sides", at("/side/"), "You work for your own office alone"),)
