"""The steps of a registration by the pages: in order, back and forth, and never past one that is missing."""

from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.registration import catalogue
from portico.domains.registration.catalogue_rows import Need
from portico.edges.web.register.fault_words import FAULTS
from portico.edges.web.register.words import NEEDS
from tests.support import actors, inviting, registering, visiting
from tests.support.registering import HOSPITAL, NPI, STEPS, TAX_ID, fill_in, step, typed
from tests.support.world import World

PAGES = (*STEPS, "review")
WEEK = 7 * 24 * 60 * 60
WRONG: dict[str, dict[str, Any]] = {
    "terms": {"digest": "x"},
    "region": {"regions": ["atlantis"]},
    "account": {"account_type": "zoo"},
    "person": {"user_type": "keeper"},
    "facts": {**registering.FACTS, "npi": "1234567890"},
    "contact": {**registering.CONTACT, "email": "nobody"},
}


@pytest.fixture
def digest(world: World) -> str:
    """The terms in force."""
    del world
    return registering.prepare()


def leads(answer: Any) -> str:
    """The page of registering that an answer leads to."""
    assert answer.status_code == 302, answer.content.decode()
    path = answer.headers["Location"].partition("#")[0]
    names = (*PAGES, "received", "staff", "status", "opening", "next")
    found = {reverse(f"register_{name}"): name for name in names} | {reverse("register"): "start"}
    return found[path]


def drafts() -> int:
    """How many registrations are being filled in."""
    return apps.get_model("registration", "Draft").objects.count()


def test_each_step_leads_to_the_next_and_says_where_it_stands(digest: str) -> None:
    browser = Client()
    for place, name in enumerate(STEPS, 1):
        page = browser.get(reverse(f"register_{name}"))
        assert f"Step {place} of 8:" in visiting.seen(page)
        assert leads(step(browser, name, typed(digest)[name])) == PAGES[place]
    assert "Step 8 of 8: Review" in visiting.seen(browser.get(reverse("register_review")))


@pytest.mark.parametrize("here", STEPS)
def test_no_step_is_reached_past_one_that_is_missing(here: str, digest: str) -> None:
    browser = Client()
    fill_in(browser, digest, until=here)
    for later in PAGES[PAGES.index(here) + 1 :]:
        assert leads(browser.get(reverse(f"register_{later}"))) == here
        assert leads(step(browser, later, typed(digest).get(later, {}))) == here
    assert leads(browser.post(reverse("register_submit"))) == here


@pytest.mark.parametrize("here", PAGES)
def test_every_step_before_can_be_gone_back_to(here: str, digest: str) -> None:
    browser = Client()
    fill_in(browser, digest, until=here)
    for earlier in PAGES[: PAGES.index(here)]:
        assert browser.get(reverse(f"register_{earlier}")).status_code == 200


@pytest.mark.parametrize("here", STEPS[1:])
def test_back_leads_to_the_step_before_and_keeps_what_was_typed(here: str, digest: str) -> None:
    browser = Client()
    fill_in(browser, digest, until=here)
    sent = {**typed(digest)[here], "go": "back"}
    assert leads(step(browser, here, sent)) == STEPS[STEPS.index(here) - 1]
    if here == "facts":
        assert TAX_ID in browser.get(reverse("register_facts")).content.decode()


@pytest.mark.parametrize("here", WRONG)
def test_what_is_wrong_stays_on_its_step(here: str, digest: str) -> None:
    browser = Client()
    fill_in(browser, digest, until=here)
    answer = step(browser, here, WRONG[here])
    assert answer.status_code == 422
    assert "Please check this form" in visiting.seen(answer)
    assert leads(browser.get(reverse("register_review"))) == here


def test_what_is_wrong_is_said_beside_its_field_and_kept_as_it_was_typed(digest: str) -> None:
    browser = Client()
    fill_in(browser, digest, until="facts")
    answer = step(browser, "facts", WRONG["facts"])
    assert FAULTS["npi_check_digit"] in visiting.seen(answer)
    assert 'aria-describedby="id_npi_helptext id_npi_error"' in answer.content.decode()
    assert "1234567890" in browser.get(reverse("register_facts")).content.decode()


def test_a_change_from_the_review_leads_back_to_it(digest: str) -> None:
    browser = Client()
    fill_in(browser, digest)
    assert leads(step(browser, "region", {"regions": ["north", "south"]})) == "review"
    assert "North Valley, South Coast" in visiting.seen(browser.get(reverse("register_review")))


def test_another_account_type_asks_again_for_what_depends_on_it(digest: str) -> None:
    browser = Client()
    fill_in(browser, digest)
    assert leads(step(browser, "account", {"account_type": "hospital"})) == "person"
    assert leads(step(browser, "person", {"user_type": "delegated_administrator"})) == "at_hand"
    assert leads(step(browser, "at_hand", {})) == "facts"


def test_the_review_shows_everything_with_a_way_back_to_each_part(digest: str) -> None:
    browser = Client()
    fill_in(browser, digest)
    page = browser.get(reverse("register_review"))
    told = visiting.seen(page)
    for said in ("2026-1", "North Valley", "Physician", "Solo practitioner", "A112233", "California"):
        assert said in told
    for said in (NPI, "61-2345601", "Okada Family Medicine", "Sol", "Okada", "sol@okada", "(530) 555-0193"):
        assert said in told
    for name in STEPS:
        assert name == "at_hand" or f'href="{reverse(f"register_{name}")}"' in page.content.decode()


@pytest.mark.parametrize("need", list(Need))
def test_what_to_have_at_hand_is_what_the_type_needs(need: Need, digest: str) -> None:
    solo, hospital = Client(), Client()
    fill_in(solo, digest, until="at_hand")
    fill_in(hospital, digest, until="at_hand", **HOSPITAL)
    for browser, kind, code in (
        (solo, "physician", "solo_practitioner"),
        (hospital, "hospital", "delegated_administrator"),
    ):
        offer = catalogue.offer(kind, code)
        assert offer is not None
        told = visiting.seen(browser.get(reverse("register_at_hand")))
        assert (NEEDS[need][0] in told) is (need in offer.needs)


@pytest.mark.parametrize("kind", ["physician", "medical_group", "hospital", "ancillary", "billing_company"])
def test_staff_of_any_office_are_told_who_invites_them(kind: str, digest: str) -> None:
    browser = Client()
    fill_in(browser, digest, until="person", account={"account_type": kind})
    assert leads(step(browser, "person", {"user_type": "staff"})) == "staff"
    assert leads(browser.get(reverse("register_review"))) == "person"
    assert "Your administrator invites you" in visiting.seen(browser.get(reverse("register_staff")))


def test_a_tax_id_is_added_and_removed_without_a_script(digest: str) -> None:
    browser, facts = Client(), dict(registering.FACTS)
    fill_in(browser, digest, until="facts")
    answer = step(browser, "facts", {**facts, "go": "add"})
    assert answer.headers["Location"].endswith("#id_tax_id_1")
    two = {**facts, "tax_id_1": registering.OTHER_TAX_ID}
    assert leads(step(browser, "facts", {**two, "go": "remove_0"})) == "facts"
    page = browser.get(reverse("register_facts")).content.decode()
    assert registering.OTHER_TAX_ID in page
    assert f'value="{TAX_ID}"' not in page
    assert "tax_id_1" not in page


def test_a_tax_id_that_stands_there_twice_is_refused(digest: str) -> None:
    browser = Client()
    fill_in(browser, digest, until="facts")
    answer = step(browser, "facts", {**registering.FACTS, "tax_id_1": "61-2345601"})
    assert answer.status_code == 422
    assert FAULTS["tax_id_twice"] in visiting.seen(answer)


def test_several_tax_ids_stand_in_the_review(digest: str) -> None:
    browser = Client()
    facts = {**registering.FACTS, "tax_id_1": registering.OTHER_TAX_ID}
    fill_in(browser, digest, facts=facts)
    assert "61-2345601, 61-2345602" in visiting.seen(browser.get(reverse("register_review")))


def test_terms_published_meanwhile_are_asked_for_again(digest: str) -> None:
    browser = Client()
    fill_in(browser, digest)
    inviting.publish_terms("2026-2", "# Terms\n\nBe more careful.")
    assert leads(browser.get(reverse("register_review"))) == "terms"
    assert leads(step(browser, "terms", {"digest": digest, "agree": "on"})) == "terms"
    assert "published the version that stands here now" in visiting.seen(
        browser.get(reverse("register_terms"))
    )


def test_a_user_type_the_plan_no_longer_offers_is_asked_for_again(digest: str) -> None:
    browser = Client()
    fill_in(browser, digest)
    offers = [each for each in catalogue.current().offers if each.code != "solo_practitioner"]
    catalogue.replace(actor=actors.plan_staff(), offers=offers, was=0)
    assert leads(browser.get(reverse("register_review"))) == "person"


def test_a_plan_without_terms_and_regions_asks_for_neither(world: World) -> None:
    del world
    browser = Client()
    assert leads(browser.get(reverse("register_terms"))) == "account"
    assert "Step 1 of 6:" in visiting.seen(browser.get(reverse("register_account")))


def test_nothing_is_kept_before_something_is_sent(digest: str) -> None:
    browser = Client()
    browser.get(reverse("register"))
    browser.get(reverse("register_terms"))
    assert (drafts(), browser.cookies.get("portico_register")) == (0, None)
    step(browser, "terms", typed(digest)["terms"])
    assert drafts() == 1


def test_the_mark_is_a_cookie_that_scripts_do_not_see(digest: str) -> None:
    browser = Client()
    step(browser, "terms", typed(digest)["terms"])
    cookie = browser.cookies["portico_register"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", WEEK)


def test_a_mark_that_was_altered_finds_nothing(digest: str) -> None:
    browser = Client()
    fill_in(browser, digest)
    browser.cookies["portico_register"] = browser.cookies["portico_register"].value + "x"
    assert leads(browser.get(reverse("register_review"))) == "terms"


def test_another_browser_sees_nothing_of_it(digest: str) -> None:
    fill_in(Client(), digest)
    assert leads(Client().get(reverse("register_review"))) == "terms"


def test_it_goes_on_where_it_was_for_a_week(digest: str, clock: time_machine.Traveller) -> None:
    browser = Client()
    fill_in(browser, digest, until="facts")
    assert "Go on where you were" in visiting.seen(browser.get(reverse("register")))
    clock.shift(WEEK - 60)
    assert browser.get(reverse("register_facts")).status_code == 200
    clock.shift(120)
    assert leads(browser.get(reverse("register_facts"))) == "terms"


def test_what_was_filled_in_can_be_thrown_away(digest: str) -> None:
    browser = Client()
    fill_in(browser, digest)
    assert leads(browser.post(reverse("register_start_over"))) == "start"
    assert (drafts(), browser.cookies["portico_register"].value) == (0, "")
    assert "Begin the registration" in visiting.seen(browser.get(reverse("register")))


def test_whoever_is_signed_in_registers_nobody(digest: str, front_desk: Client) -> None:
    assert leads(front_desk.get(reverse("register_terms"))) == "start"
    assert leads(step(front_desk, "terms", typed(digest)["terms"])) == "start"
    assert leads(front_desk.post(reverse("register_submit"))) == "start"
    assert "You are signed in" in visiting.seen(front_desk.get(reverse("register")))


def test_no_page_of_it_is_kept_by_a_cache_and_no_address_holds_what_was_typed(digest: str) -> None:
    browser = Client()
    fill_in(browser, digest)
    for name in PAGES:
        page = browser.get(reverse(f"register_{name}"))
        assert page.headers["Cache-Control"] == "no-store"
        assert "?" not in page.request["PATH_INFO"]
