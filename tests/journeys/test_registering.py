"""Registering in a browser where everything agrees, or does once it was corrected: in at once."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys import registering_places as pages
from tests.journeys import registering_steps as told
from tests.journeys import steps
from tests.support import patients, registering
from tests.support.browser import NewPage
from tests.support.world import World


@pytest.fixture(autouse=True)
def _site(settings: Any, live_server: LiveServer) -> None:
    """Mailed links belong to the site the browser is on."""
    settings.SITE = live_server.url


@pytest.fixture
def page(world: World, new_page: NewPage) -> Page:
    """Somebody before the first page of registering."""
    opened = new_page()
    pages.given_a_plan(opened, world)
    return opened


def then_patients_open(page: Page) -> None:
    """They find a member."""
    steps.when_searching_by_member_id(page, patients.ZEPHYRINE)
    expect(steps.panel(page, "Member")).to_contain_text(patients.ZEPHYRINE)


def test_a_physician_whose_facts_agree_comes_to_patients_in_one_sitting(page: Page) -> None:
    pages.when_registering(page, **told.PHYSICIAN)
    told.then_it_says(page, "Choose your username and password")
    told.when_opening_the_account(page)
    told.when_proving_by_mail(page)
    told.when_setting_up_an_authenticator(page)
    then_patients_open(page)


def test_without_a_proof_patients_stay_closed_and_the_rest_is_open(page: Page) -> None:
    pages.when_registering(page, **told.PHYSICIAN)
    told.when_opening_the_account(page)
    told.when_setting_up_an_authenticator(page)
    page.goto("/patients/")
    told.then_they_read(page, "Your identity has not been verified yet.")
    page.goto("/schedules/")
    told.then_it_says(page, "Schedules of Benefits")


def test_a_mistyped_tax_id_is_corrected_and_goes_through_at_once(page: Page) -> None:
    pages.when_registering(page, **told.physician(tax_id_0="612345610"))
    told.then_they_read(page, "A tax ID is not one the plan has on file for you")
    steps.when_they_press(page, "Correct it, or hand in a copy")
    page.get_by_label("Tax IDs").fill(registering.TAX_ID)
    steps.when_they_press(page, "Keep these")
    steps.when_they_press(page, "That is all: send it")
    told.then_it_says(page, "Choose your username and password")
    told.when_opening_the_account(page)


def test_it_all_works_in_a_browser_without_scripts(world: World, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    pages.given_a_plan(page, world)
    pages.when_registering(page, **told.PHYSICIAN)
    told.when_opening_the_account(page)
