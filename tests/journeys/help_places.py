"""The pages of help: the diagnosis, support cases, onboarding, goals and the access report."""

from django.apps import apps
from playwright.sync_api import Page

from portico.domains.support import case_review
from portico.domains.support.tests import telling
from tests.journeys import steps
from tests.journeys.going import Going, Place, at
from tests.support import looking
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World


def _told(choice: str, audience: str = "") -> Going:
    def go(page: Page, world: World) -> None:
        del world
        page.goto("/diagnose/")
        if audience:
            page.get_by_text(audience).click()
        page.get_by_text(choice).click()
        steps.when_they_press(page, "Tell me which it is")

    return go


def _diagnosed(page: Page, world: World) -> None:
    del world
    page.goto("/diagnose/")
    page.get_by_label("What do you miss?").select_option("manage_users")
    steps.when_they_press(page, "Tell me which it is")


def _looked_through(page: Page, world: World) -> None:
    _diagnosed(page, world)
    steps.when_they_press(page, "See what would go with it")


def _sent(page: Page, world: World) -> None:
    _looked_through(page, world)
    page.get_by_label("What did you try").fill("I tried it twice.")
    steps.when_they_press(page, "Send it to the plan")


def _case(page: Page, world: World) -> None:
    actor = worlds.actor(world["eligibility_only"])
    reference = telling.open_case(actor, keep=telling.EVERY)
    case_review.note(actor=worlds.actor(world["support"]), reference=reference, words="Ask Operations.")
    page.goto(f"/staff/cases/{reference}/")


def _closed(page: Page, world: World) -> None:
    _case(page, world)
    page.get_by_text("Explained").click()
    steps.when_they_press(page, "Close the case")
    page.goto("/staff/cases/?show=closed")


def _diagnosis(key: str) -> Going:
    return lambda page, world: page.goto(f"/staff/people/{world[key].user_id}/diagnosis/")


def _nobody(page: Page, world: World) -> None:
    personas = apps.get_model("access", "Persona").objects.filter(user=world["colleague"].user_id)
    personas.update(suspended_at=NOW)
    page.goto(f"/staff/people/{world['colleague'].user_id}/diagnosis/")


def _onboarding(address: str) -> Going:
    def go(page: Page, world: World) -> None:
        looking.invited_of(world)
        for key in ("unverified", "proposed", "expired"):
            world[key]
        page.goto(address)

    return go


HELP_VISITORS = (
    Place("told", at("/diagnose/"), "Nobody's account is looked at"),
    Place("told_nothing", _told("I am a broker"), "Please check this form"),
    Place("told_locked", _told("The page says that the account is locked"), "The account is locked"),
    Place("told_error", _told("A page shows an error"), "The trouble is ours"),
    Place("told_member", _told("My username", "I am a member"), "You are at the wrong page"),
    Place("goals", at("/help/access/"), "What else stands in the way"),
)
HELP_OFFICE = (
    Place("no_cases", at("/cases/"), "You have no cases"),
    Place("diagnose", at("/diagnose/"), "Say what you miss"),
    Place("diagnosed", _diagnosed, "Tell support"),
    Place("case_new", _looked_through, "Look through what goes with it"),
    Place("case", _sent, "Your case is with the plan."),
    Place("cases", at("/cases/"), "Answer due"),
)
HELP_ADMINISTRATORS = (Place("onboarding", _onboarding("/office/onboarding/"), "Stuck at"),)
HELP_DESK = (
    Place("staff_cases_none", at("/staff/cases/"), "Nothing is here"),
    Place("staff_case", _case, "Among colleagues"),
    Place("staff_cases", at("/staff/cases/"), "Taken by"),
    Place("staff_cases_closed", _closed, "Closed"),
    Place("diagnosis", _diagnosis("medi_cal_only"), "How they would stand"),
    Place("diagnosis_closed", _diagnosis("unverified"), "Verification pending"),
    Place("diagnosis_of_nobody", _nobody, "They act as nobody"),
    Place("staff_onboarding", _onboarding("/staff/onboarding/"), "Ready on the same business day"),
    Place("access_report", at("/staff/access-report/"), "Failed sign-ins, by cause"),
)
