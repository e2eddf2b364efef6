"""The pages of talks between peers."""

from datetime import timedelta

from playwright.sync_api import Page

from portico.domains.authorizations.models import Slot
from tests.journeys import steps
from tests.journeys.going import Place, at
from tests.support import authorizations, talks
from tests.support.actors import NOW
from tests.support.world import World

_LONG = "Dr. Maria-Magdalena Constantinopoulos-Featherstonehaugh of the Lakeside Center for Sports Medicine"


def _request(world: World) -> str:
    """The address of the talks of a denied request, and a talk of it that was missed."""
    if "talked about" not in world.asked_for:
        row = authorizations.denied()
        missed = talks.booked(row, into=talks.slot(-30), clinician=_LONG)
        missed.state = "missed"
        missed.save()
        world.asked_for["talked about"] = row
    return f"/authorizations/{world.asked_for['talked about'].public_id}/talk/"


def _no_times(page: Page, world: World) -> None:
    page.goto(_request(world))


def _times(page: Page, world: World) -> None:
    for hours in (24, 25, 49):
        if not Slot.objects.filter(starts_at=NOW + timedelta(hours=hours)).exists():
            talks.slot(hours)
    page.goto(_request(world))


def _empty(page: Page, world: World) -> None:
    _times(page, world)
    steps.when_they_press(page, "Book this time")


def _booked(page: Page, world: World) -> None:
    _times(page, world)
    page.get_by_label("Clinician who talks").fill("Dr. Amina Tran")
    page.get_by_label("Telephone").fill("(530) 555-0193")
    page.locator("label").filter(has_text="with Rae Viewer").first.click()
    steps.when_they_press(page, "Book this time")


def _too_late(page: Page, world: World) -> None:
    page.goto(f"/authorizations/{authorizations.approved().public_id}/talk/")


def _full_desk(page: Page, world: World) -> None:
    signer = world["reviewer"]
    own = talks.slot(2, persona_id=signer.persona_id)
    talks.slot(3, persona_id=signer.persona_id)
    talks.booked(authorizations.denied(), into=own, clinician=_LONG)
    talks.booked(authorizations.denied(), into=talks.slot(-1))
    page.goto("/staff/authorizations/talks/")


def _offer_empty(page: Page, world: World) -> None:
    page.goto("/staff/authorizations/talks/")
    steps.when_they_press(page, "Offer these times")


def _one(page: Page, world: World) -> None:
    page.goto("/staff/authorizations/talks/")
    page.get_by_role("link", name="Say what came of it").click()


def _one_empty(page: Page, world: World) -> None:
    _one(page, world)
    steps.when_they_press(page, "Keep it")


TALKS = (
    Place("talk_no_times", _no_times, "No free times just now"),
    Place("talk_times", _times, "Book a time"),
    Place("talk_empty", _empty, "Please check this form"),
    Place("talk_booked", _booked, "Put it into a calendar"),
    Place("talk_not_now", _too_late, "No talk can be booked now"),
)
DESK = (
    Place("talks_none", at("/staff/authorizations/talks/"), "No talk is booked"),
    Place("talks", _full_desk, "Your times"),
    Place("talks_offer_empty", _offer_empty, "Please check this form"),
    Place("talk_outcome", _one, "What came of it"),
    Place("talk_outcome_empty", _one_empty, "Please check this form"),
)


def _clocks(page: Page, world: World) -> None:
    authorizations.clock_rule()
    authorizations.clock_rule("expedited", line="medi-cal", pauses=["examination"], is_law=False)
    page.goto("/staff/authorizations/rules/clocks/")


def _clocks_empty(page: Page, world: World) -> None:
    page.goto("/staff/authorizations/rules/clocks/")
    steps.when_they_press(page, "Add the clock")


CLOCKS = (
    Place("clocks_of_the_law", at("/staff/authorizations/rules/clocks/"), "Counts where you set none"),
    Place("clocks", _clocks, "End or remove"),
    Place("clocks_empty", _clocks_empty, "Please check this form"),
)
