"""A billing company registers by the pages: what it is asked and told, and what the plan's desk sees."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.registration.tests.registering import COMPANY
from tests.support import deciding, registering, visiting
from tests.support.registering import BILLING_COMPANY, OFFICE_TAX_ID, TAX_ID, fill_in
from tests.support.world import World

OWN = "612345609"


@pytest.fixture
def digest(world: World) -> str:
    """The terms in force."""
    del world
    return registering.prepare()


def facts(tax_id: str, **more: str) -> dict[str, Any]:
    """What it sends at each step."""
    return {**BILLING_COMPANY, "facts": {**BILLING_COMPANY["facts"], "tax_id_0": tax_id, **more}}


def test_it_is_asked_for_no_npi_and_told_what_to_have_at_hand(digest: str) -> None:
    browser = Client()
    fill_in(browser, digest, until="at_hand", **BILLING_COMPANY)
    assert "The company's W-9" in visiting.seen(browser.get(reverse("register_at_hand")))
    fill_in(browser, digest, until="facts", **BILLING_COMPANY)
    page = browser.get(reverse("register_facts"))
    said = visiting.seen(page)
    assert "As it stands on the company's W-9." in said
    assert 'name="npi"' not in page.content.decode()
    assert 'name="licence_number"' not in page.content.decode()


def test_among_the_types_stands_what_it_is(digest: str) -> None:
    browser = Client()
    fill_in(browser, digest, until="account")
    said = visiting.seen(browser.get(reverse("register_account")))
    assert "Billing company A company that bills for offices which let it" in said
    assert "a company that bills for them" in visiting.seen(browser.get(reverse("register")))


def told(digest: str, tax_id: str, name: str) -> str:
    """What the page says to one who registers with that tax ID, without the number it is given."""
    answer = registering.registered(Client(), digest, **facts(tax_id, office_name=name))
    assert answer.status_code == 200
    return re.sub(r"[0-9A-Z]{4}(?:-[0-9A-Z]{1,4}){4}", "", visiting.seen(answer))


def test_whatever_tax_id_it_names_the_answer_is_the_same(digest: str) -> None:
    answers = {told(digest, tax_id, "Tally House") for tax_id in (OWN, TAX_ID, OFFICE_TAX_ID)}
    assert len(answers) == 1
    assert answers == {told(digest, OFFICE_TAX_ID, "Hillcrest Family Practice")}


def test_the_desk_reads_whose_tax_id_it_is_and_cannot_let_it_in_there(operations: Client) -> None:
    number = deciding.number_of(deciding.waiting(replace(COMPANY, tax_ids=(OFFICE_TAX_ID,))))
    page = operations.get(reverse("registration", args=[number]))
    said = visiting.seen(page)
    assert "Billing company" in said
    assert f"Tax ID {OFFICE_TAX_ID} {OFFICE_TAX_ID} Hillcrest Family Practice" in said
    assert "Nobody comes into an office of the other kind" in said
    for act in ("registration_approve", "registration_recognise"):
        assert reverse(act, args=[number]) not in page.content.decode()
