"""The pages of registering an office, and how one gets there: most go on from the page before."""

import re
from typing import Any

from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.going import Going, Place, at
from tests.support import registering
from tests.support.world import World


def given_terms(world: World) -> str:
    """A plan with terms, regions and a physician in its provider file; answers the digest of the terms."""
    if "registering" not in world.asked_for:
        world.asked_for["registering"] = registering.prepare()
        cache.clear()
    return str(world.asked_for["registering"])


def given_a_plan(page: Page, world: World) -> None:
    """They stand before the first page of a plan where one can register."""
    given_terms(world)
    page.goto("/register/")


def when_choosing(page: Page, *names: str) -> None:
    """They choose what is named so, and go on."""
    for name in names:
        page.locator("label").filter(has_text=re.compile(rf"^\s*{name}")).click()
    steps.when_they_press(page, "Continue")


def when_entering(page: Page, form: dict[str, Any]) -> None:
    """They fill in the form, field by field by the names of these, and go on."""
    for name, text in form.items():
        field = page.locator(f"#id_{name}")
        if name in ("licence_state", "state_code"):
            field.select_option(text)
        else:
            field.fill(text)
    steps.when_they_press(page, "Continue")


def when_beginning(page: Page) -> None:
    """They begin, and agree to the terms."""
    page.goto("/register/terms/")
    page.get_by_text("I Agree to these terms").click()
    steps.when_they_press(page, "Continue")


def when_filling_in(page: Page, *, kind: str, person: str, facts: dict[str, Any]) -> None:
    """They fill in everything up to the review."""
    when_beginning(page)
    when_choosing(page, "North Valley")
    when_choosing(page, kind)
    when_choosing(page, person)
    steps.when_they_press(page, "I have these: continue")
    when_entering(page, facts)
    when_entering(page, dict(registering.CONTACT))
    expect(page.get_by_role("heading", level=1)).to_have_text("Look it over, then send it")


def when_registering(page: Page, **told: Any) -> None:
    """They fill in everything and send it."""
    when_filling_in(page, **told)
    steps.when_they_press(page, "Send the registration")


def press(button: str) -> Going:
    """The way on by a button of the page."""
    return lambda page, world: steps.when_they_press(page, button)


def choose(*names: str) -> Going:
    """The way on by a choice."""
    return lambda page, world: when_choosing(page, *names)


def enter(form: dict[str, Any]) -> Going:
    """The way on by what is entered."""
    return lambda page, world: when_entering(page, form)


def _region(page: Page, world: World) -> None:
    del world
    when_beginning(page)


def _checked(page: Page, world: World) -> None:
    del world
    page.locator("#id_npi").fill("1234567890")
    page.locator("#id_licence_state").select_option("CA")
    page.locator("#id_licence_number").fill("9")
    expect(page.locator("#check_npi")).to_contain_text("One of the digits")
    expect(page.locator("#check_licence_number")).to_contain_text("usually look otherwise")


def _account_opened(page: Page, world: World) -> None:
    del world
    page.get_by_role("textbox", name="Username").fill(registering.USERNAME)
    page.locator("#id_password").fill(registering.PASSWORD)
    steps.when_they_press(page, "Open my account")


def _hospital(page: Page, world: World) -> None:
    given_a_plan(page, world)
    page.context.clear_cookies()
    when_registering(page, kind="Hospital", person="Delegated administrator", facts=dict(registering.PLACE))


def _office_here(page: Page, world: World) -> None:
    given_a_plan(page, world)
    page.context.clear_cookies()
    facts = dict(registering.OF_OFFICE)
    when_registering(page, kind="Physician", person="Solo practitioner", facts=facts)


def _code_sent(page: Page, world: World) -> None:
    del world
    page.locator("label").filter(has_text="hillcrest").click()
    steps.when_they_press(page, "Send the code")


def _looked_up(page: Page, world: World) -> None:
    answer = _differing(world)
    page.goto("/register/status/")
    page.get_by_label("Transaction ID").fill(registering.id_on(answer))
    steps.when_they_press(page, "Look it up")


def _differing(world: World) -> Any:
    digest = world.asked_for["registering"]
    facts = {**registering.FACTS, "licence_number": "A999999", "npi": registering.OTHER_NPI}
    return registering.registered(Client(), digest, facts=facts)


REGISTERING = (
    Place("register", given_a_plan, "Is this the right door for you?"),
    Place("register_staff", at("/register/staff/"), "What to ask them for"),
    Place("register_terms", at("/register/terms/"), "Your agreement"),
    Place("register_terms_wrong", press("Continue"), "Please check this form"),
    Place("register_region", _region, "Where do you see members?"),
    Place("register_region_wrong", press("Continue"), "Please check this form"),
    Place("register_account", choose("North Valley", "South Coast"), "What do you register?"),
    Place("register_person", choose("Physician"), "Who are you?"),
    Place("register_at_hand", choose("Solo practitioner"), "Have these at hand"),
    Place("register_facts", press("I have these: continue"), "Tax IDs you bill this plan under"),
    Place("register_facts_checked", _checked, "One of the digits"),
    Place("register_facts_two", press("Add another tax ID"), "number 2"),
    Place("register_facts_wrong", press("Continue"), "Please check this form"),
    Place("register_facts_one", press("Remove: Tax ID, number 2"), "Numbers and office"),
    Place("register_contact", enter(dict(registering.FACTS)), "How the plan reaches you"),
    Place("register_contact_wrong", press("Continue"), "Please check this form"),
    Place("register_review", enter(dict(registering.CONTACT)), "Look it over, then send it"),
    Place("register_begun", at("/register/"), "Go on where you were"),
    Place("register_again", at("/register/review/"), "Look it over"),
    Place("register_opening", press("Send the registration"), "Everything agrees"),
    Place("register_opening_wrong", press("Open my account"), "Please check this form"),
    Place("register_next", _account_opened, "Two things open patients"),
    Place("register_signed_in", at("/register/"), "You are signed in"),
    Place("register_link_signed_in", at("/register/complete/?t=x"), "You are signed in already"),
    Place("register_link_dead", press("Sign out and use the link"), "This link does not work"),
    Place("register_received", _hospital, "Your transaction ID"),
    Place("register_sent", at("/register/received/"), "Show the confirmation"),
    Place("register_status", at("/register/status/"), "Where is my registration?"),
    Place("register_status_wrong", press("Look it up"), "Please check this form"),
    Place("register_status_of", _looked_up, "Hand in a copy"),
    Place("register_status_empty", press("Keep these"), "Enter what is to be corrected"),
    Place("register_recognised", _office_here, "Your office has an account"),
    Place("register_office", press("See where a code can go"), "Who can let you in"),
    Place("register_office_sent", _code_sent, "Enter the code"),
    Place("register_office_wrong", press("Show who it is"), "Please check this form"),
)
