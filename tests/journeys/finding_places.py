"""The pages of finding a provider."""

from playwright.sync_api import Page

from portico.domains.directory import models
from portico.domains.directory.models import Listing
from tests.journeys import steps
from tests.journeys.going import Going, Place
from tests.support import directory
from tests.support.directory import GRACE, NADIA, RIDGE
from tests.support.world import World


def _listed(world: World) -> Listing:
    if "more listed" not in world.asked_for:
        directory.affiliated(GRACE, telehealth=True)
        directory.affiliated(NADIA, directory.OTHER, accessibility=["entrance", "parking"], **RIDGE)
        world.asked_for["more listed"] = True
    return directory.of_world(world)


def _at(address: str) -> Going:
    def go(page: Page, world: World) -> None:
        _listed(world)
        page.goto(address)

    return go


def _place(page: Page, world: World) -> None:
    _listed(world)
    page.goto(f"/providers/places/{models.Place.objects.get(city='Cedar Ridge').pk}/")


def _asked(page: Page, world: World) -> None:
    _listed(world)
    page.goto(f"/providers/{GRACE}/")
    page.get_by_role("combobox", name="Network").select_option("employer-hmo")
    steps.when_they_press(page, "Get a receipt of the answer")


def _unconfirmed(page: Page, world: World) -> None:
    _listed(world)
    models.Listing.objects.filter(npi=NADIA).update(unverified_since="2026-03-01")
    page.goto(f"/providers/{NADIA}/?line=employer-ppo")


FINDING = (
    Place("find_a_provider", _at("/providers/"), "Find a provider"),
    Place("providers_found", _at("/providers/?near=90901&within=50"), "the nearest first"),
    Place("providers_unknown_zip", _at("/providers/?near=10001"), "We do not know where 10001 lies"),
    Place("providers_nobody", _at("/providers/?name=Zzyzx"), "Nobody was found"),
    Place("providers_wrong", _at("/providers/?near=x"), "Please check this form"),
    Place("provider", _at(f"/providers/{GRACE}/?line=employer-hmo"), "In the network of"),
    Place("provider_unconfirmed", _unconfirmed, "has not confirmed this entry in time"),
    Place("provider_place", _place, "Step-free entrance"),
    Place("network_receipt", _asked, "is in the network of"),
)
