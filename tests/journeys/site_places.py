"""The pages of the public site and of the desk that answers it, and how one gets there."""

from django.core.cache import cache
from playwright.sync_api import Page

from portico.domains.authorizations.tests import a_year
from portico.domains.plan import entrances
from portico.domains.plan.entrances import Audience, Entrance
from portico.domains.support.tests import asking
from tests.journeys import steps
from tests.journeys.going import Going, Place, at
from tests.support import world as worlds
from tests.support.world import World

MEMBERS = Entrance("members", Audience.MEMBER, "Members", url="https://members.example.org/")


def _of_members(page: Page, world: World) -> None:
    del world
    entrances.replace(actor=worlds.system(), entrances=[entrances.EVERY_LINE, MEMBERS])
    page.goto("/enter/members/")


def _asked(button: str, **typed: str) -> Going:
    def go(page: Page, world: World) -> None:
        del world
        page.goto("/contact/call-back/")
        page.get_by_label("What it is about").select_option("other")
        page.get_by_role("textbox", name="Telephone").fill("(530) 555-0193")
        for name, text in typed.items():
            page.get_by_role("textbox", name=name.replace("_", " ")).fill(text)
        steps.when_they_press(page, button)

    return go


def _figures(page: Page, world: World) -> None:
    """A year of decisions in several lines, told to anybody."""
    del world
    a_year.send(a_year.drawn(60, seed=3))
    cache.clear()
    page.goto(f"/authorization-metrics/{a_year.YEAR}/")


def _enquiry(page: Page, world: World) -> None:
    del world
    asking.ask(address="")
    page.goto("/staff/enquiries/")
    page.get_by_role("link", name="Call back").first.click()


SITE = (
    Place("look_alikes", at("/look-alikes/"), "How to know our site"),
    Place("service_status", at("/status/"), "How the service is"),
    Place("no_metrics", at("/authorization-metrics/"), "Nothing was decided"),
    Place("metrics", _figures, "Average time to decide"),
    Place("contact", at("/contact/"), "When we work"),
    Place("question", at("/contact/question/"), "Your question"),
    Place("call_back_empty", _asked("Ask for a call"), "Please check this form"),
    Place(
        "call_back_refused",
        _asked("Ask for a call", Your_name="Robin", In_a_few_words="123-45-6789"),
        "looks like a Social Security number",
    ),
    Place("call_back_received", _asked("Ask for a call", Your_name="Robin Tester"), "Your reference"),
    Place("entrances", at("/entrances/"), "These addresses stay as they are"),
    Place("no_entrance", at("/enter/nowhere/"), "There is no such entrance"),
    Place("entrance_of_members", _of_members, "You sign in on another site"),
    Place("welcome_with_others", at("/"), "Not a provider?"),
)
ENQUIRIES = (
    Place("no_enquiries", at("/staff/enquiries/"), "Nobody waits"),
    Place("enquiry", _enquiry, "What they write"),
    Place("enquiries", at("/staff/enquiries/"), "Registering an office"),
)
