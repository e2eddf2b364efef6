"""The pages of Today: of an office, its administrator, and the plan."""

from playwright.sync_api import Page

from tests.journeys.going import Going, Place, at
from tests.support import authorizations, claims, missing_access
from tests.support.world import World

EMPTY = "Nothing waits here"


def _with_tasks(address: str) -> Going:
    def go(page: Page, world: World) -> None:
        given_tasks(world)
        page.goto(address)

    return go


def given_tasks(world: World) -> None:
    """A claim that waits for records, requests on both sides, and a colleague who misses something."""
    if "tasks" not in world.asked_for:
        world.asked_for["tasks"] = claims.pended("26015T0001")
        authorizations.pended()
        authorizations.expedited()
    missing_access.asked(world, "eligibility_only")


OFFICE = (
    Place("today_none", at("/today/?show=theirs"), EMPTY),
    Place("home_with_tasks", _with_tasks("/"), "Claim 26015T0001"),
    Place("today", _with_tasks("/today/"), "Send the medical records of the service."),
    Place("today_of_a_kind", _with_tasks("/today/?show=ours&kind=claim"), "Claim 26015T0001"),
)
ADMINISTRATOR = (Place("today_to_decide", _with_tasks("/today/"), "Access request of"),)
PLAN = (Place("today_of_the_plan", at("/today/"), "Work item"),)
