"""The pages of access requests, from each side, and how one gets there."""

from playwright.sync_api import Page

from portico.domains.permits.functions import Function
from tests.journeys import steps
from tests.journeys.going import Going, Place, at
from tests.support import cast, missing_access
from tests.support.world import World

MINE, NEW = "/access-requests/", "/access-requests/new/"
INBOX, DESK = "/office/requests/", "/staff/access-requests/"


def _asked(page: Page, world: World) -> None:
    del world
    page.goto("/why/benefits/")
    steps.when_they_press(page, "Ask for it")


def _filled_in(page: Page, world: World) -> None:
    del world
    page.goto("/why/reports/")
    steps.when_they_press(page, "Add more, or a note")


def _nothing_chosen(page: Page, world: World) -> None:
    del world
    page.goto(NEW)
    steps.when_they_press(page, "Send the request")


def _asked_before(page: Page, world: World) -> None:
    del world
    page.goto("/why/benefits/")


def _somewhere(page: Page, world: World) -> None:
    del world
    page.goto("/why/eligibility/")
    page.goto("/why/claims_inquiry/")
    page.get_by_label("Tax ID").select_option(cast.SECOND)
    steps.when_they_press(page, "Ask about this")


def _request(page: Page, world: World) -> None:
    where = {"tax_id": cast.SECOND, "line": cast.MEDI_CAL}
    number = missing_access.asked(world, "eligibility_only", Function.BENEFITS, Function.REPORTS, **where)
    page.goto(f"{INBOX}{number}/")


def _nothing_given(page: Page, world: World) -> None:
    _request(page, world)
    page.get_by_role("main").get_by_text("Reports", exact=True).last.click()
    page.get_by_role("main").get_by_text("Benefits", exact=True).last.click()
    steps.when_they_press(page, "Give this instead")


def _no_reason(page: Page, world: World) -> None:
    _request(page, world)
    steps.when_they_press(page, "Deny")


def _denied(page: Page, world: World) -> None:
    _request(page, world)
    page.locator("label").filter(has_text="Somebody else here does this").click()
    steps.when_they_press(page, "Deny")
    _request(page, world)


def _own(page: Page, world: World) -> None:
    page.goto(f"{INBOX}{missing_access.asked(world, 'administrator', Function.PAYMENT_ENROLMENT)}/")


def _with_plan(page: Page, world: World) -> None:
    page.goto(f"{DESK}{missing_access.asked(world, 'administrator', Function.PAYMENT_ENROLMENT)}/")


def _join(*, is_proven: bool) -> Going:
    def go(page: Page, world: World) -> None:
        row = missing_access.join(world)
        type(row).objects.filter(pk=row.pk).update(proven_at=row.made_at if is_proven else None)
        page.goto(f"{INBOX}joining/{row.pk}/")

    return go


def _let_in_with_nothing(page: Page, world: World) -> None:
    del world
    page.get_by_role("main").get_by_text("Eligibility", exact=True).first.click()
    steps.when_they_press(page, "Let them in")


ASKING = (
    Place("no_requests", at(MINE), "You have asked for nothing"),
    Place("why", at("/why/benefits/"), "Ask for it"),
    Place("why_somewhere", _somewhere, "Tax ID"),
    Place("ask_filled_in", _filled_in, "What you miss"),
    Place("ask_wrong", _nothing_chosen, "Please check this form"),
    Place("request", _asked, "Your request is on its way."),
    Place("requests", at(MINE), "With Administrator Tester"),
    Place("why_asked_before", _asked_before, "See your request"),
)
DECIDING = (
    Place("nobody_asks", at(INBOX), "Nobody waits"),
    Place("request", _request, "asks for access"),
    Place("adjust_wrong", _nothing_given, "Please check this form"),
    Place("deny_wrong", _no_reason, "Please check this form"),
    Place("own", _own, "nobody gives oneself anything"),
    Place("join", _join(is_proven=False), "They have proven nothing"),
    Place("join_proven", _join(is_proven=True), "They read mail that goes to your office"),
    Place("join_wrong", _let_in_with_nothing, "Please check this form"),
    Place("inbox", at(INBOX), "Who would like to join your office"),
    Place("denied", _denied, "Somebody else here does this"),
    Place("inbox_all", at(f"{INBOX}?which=all"), "Denied"),
)
OF_THE_PLAN = (
    Place("nobody_asks", at(DESK), "Nobody waits"),
    Place("request", _with_plan, "asks for access"),
    Place("inbox", at(DESK), "Administrator Tester"),
)
