"""The pages of registrations at the plan's desk, and of the catalogue of what may be registered."""

from dataclasses import replace

from django.apps import apps
from playwright.sync_api import Page

from portico.domains.registration.tests import registering
from tests.journeys import steps
from tests.journeys.going import Going, Place, at
from tests.support import deciding
from tests.support.world import World


def case(act: str = "") -> Going:
    """The way to a registration that waits, or to an act below it."""
    return lambda page, world: page.goto(f"/staff/registrations/{deciding.case_of(world)}/{act}")


def press(button: str) -> Going:
    """On by a button of the page one is on."""
    return lambda page, world: steps.when_they_press(page, button)


def _several(page: Page, world: World) -> None:
    """Late ones, one that was approved, and one that lies with the applicant."""
    number = deciding.number_of(deciding.waiting(replace(registering.HOSPITAL, office_name="Hillside")))
    rows = apps.get_model("registration", "Application").objects
    rows.filter(pk=number).update(due_at=registering.NOW)
    deciding.approved_of(world)
    page.goto("/staff/registrations/?show=overdue")


def _found(page: Page, world: World) -> None:
    del world
    page.goto("/staff/registrations/")
    page.get_by_label("Transaction ID, NPI").fill(registering.HOSPITAL.last_name)
    steps.when_they_press(page, "Find")


def _noted(page: Page, world: World) -> None:
    case()(page, world)
    page.get_by_role("textbox", name="Note").fill("Called the number on file; nobody answered.")
    steps.when_they_press(page, "Keep the note")


def _checked(page: Page, world: World) -> None:
    case("check/name/")(page, world)
    page.get_by_text("Yes, it is right all the same").click()
    page.get_by_text("A call to a number on file").click()
    steps.when_they_press(page, "Keep it")


def _reissued(page: Page, world: World) -> None:
    case("new-id/")(page, world)
    page.get_by_label("How the caller showed who they are").fill("Called the number on file.")
    steps.when_they_press(page, "Make a new one")


def _returned(page: Page, world: World) -> None:
    case("return/")(page, world)
    page.get_by_text("Something is missing", exact=True).click()
    page.get_by_text("Hand in a letter of the office").click()
    steps.when_they_press(page, "Send it back")


def _two_rows_wrong(page: Page, world: World) -> None:
    del world
    page.goto("/staff/registration-rules/")
    steps.when_they_press(page, "Add a row")
    steps.when_they_press(page, "Save the catalogue")


def _rules_changed(page: Page, world: World) -> None:
    del world
    page.goto("/staff/registration-rules/")
    page.get_by_text("Two people of the plan have to say yes").first.click()
    steps.when_they_press(page, "Save the catalogue")
    page.goto("/staff/registration-rules/versions/")


DECIDING = (
    Place("registrations_none", at("/staff/registrations/"), "Nothing waits here"),
    Place("registrations_none_late", at("/staff/registrations/?show=overdue"), "Nothing is late"),
    Place("registrations_find_wrong", press("Find"), "Please check this form"),
    Place("registration", case(), "Claimed and on file"),
    Place("registration_noted", _noted, "nobody answered"),
    Place("registration_check", case("check/name/"), "How did you make sure?"),
    Place("registration_check_wrong", press("Keep it"), "Please check this form"),
    Place("registration_checked", _checked, "Your word is kept"),
    Place("registration_approve", case("approve/"), "Approve it"),
    Place("registration_deny", case("deny/"), "Why not"),
    Place("registration_deny_wrong", press("Deny it"), "Please check this form"),
    Place("registration_withdraw", case("withdraw/"), "Why it is taken back"),
    Place("registration_withdraw_wrong", press("Take it back"), "Please check this form"),
    Place("registration_reissue", case("new-id/"), "How the caller showed who they are"),
    Place("registration_reissued", _reissued, "It is shown this once"),
    Place("registration_return", case("return/"), "What you ask for"),
    Place("registration_returned", _returned, "The clock stands still"),
    Place("registrations_late", _several, "Late"),
    Place("registrations_found", _found, "registrations found"),
    Place("registration_rules", at("/staff/registration-rules/"), "Who may register"),
    Place("registration_rules_wrong", _two_rows_wrong, "Please check this form"),
    Place("registration_rules_versions", _rules_changed, "Version 1"),
)
