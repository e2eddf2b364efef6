"""What a hostile browser or provider may try with SAML: one page for all of it, and one audit row each."""

import base64
import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from portico.edges.web import asking
from tests.single_sign_on import making
from tests.single_sign_on.hostile_assertions import HOSTILE, VICTIM, Doctor
from tests.single_sign_on.making import OFFICE_SAML, Way
from tests.support import cast, saml_provider, visiting
from tests.support.actors import NOW
from tests.support.saml_provider import Provider, whole
from tests.support.world import World

pytestmark = pytest.mark.filterwarnings(
    "ignore:datetime.datetime.utcnow:DeprecationWarning"
)  # the library's own clock, from Python 3.12 on


@pytest.fixture
def linked(world: World, saml: Provider) -> Provider:
    """A provider whose word is taken for the second factor too, and that knows the front desk."""
    office = world.offices[cast.LAKESIDE]
    making.saml(saml.sign_in_url, office_id=office, vouches_for_factor=True)
    answered(lambda says: whole(replace(says, id="first")))
    making.link(OFFICE_SAML, world["front_desk"])
    return saml


def answered(doctor: Doctor) -> tuple[Any, Client]:
    """The answer to a response that would let somebody in, were it not doctored."""
    way = making.leave(OFFICE_SAML)
    asked = saml_provider.read(way.leads_to)
    says = replace(saml_provider.answering(asked, asking.now()), context=saml_provider.MFA)
    response = saml_provider.encoded(doctor(says))
    return way.finish(SAMLResponse=response, RelayState=asked.relay), way.browser


@pytest.mark.usefixtures("linked")
def test_a_doctored_response_opens_nothing_and_all_are_told_on_one_page(
    caplog: pytest.LogCaptureFixture, subtests: pytest.Subtests
) -> None:
    caplog.set_level(logging.INFO)
    pages = set()
    for hostile in HOSTILE:
        doctor, code = hostile.values
        with subtests.test(hostile.id):
            caplog.clear()
            answer, browser = answered(doctor)
            pages.add(visiting.as_said(answer))
            assert making.last_conclusion() == f"elsewhere_{code}"
            assert answer.status_code == 422
            assert code not in answer.content.decode()
            assert not making.is_in(browser)
            assert code in caplog.text
            assert VICTIM not in caplog.text
    assert len(pages) == 1


@pytest.mark.usefixtures("linked")
def test_the_undoctored_one_opens_the_door() -> None:
    answer, browser = answered(whole)
    assert answer.headers["Location"] == "/"
    assert making.is_in(browser)


@pytest.mark.usefixtures("linked")
def test_an_assertion_counts_once() -> None:
    way = making.leave(OFFICE_SAML)
    asked = saml_provider.read(way.leads_to)
    says = replace(saml_provider.answering(asked, NOW), context=saml_provider.MFA)
    brought = {"SAMLResponse": saml_provider.encoded(whole(says)), "RelayState": asked.relay}
    kept = {name: value for name, value in way.browser.session.items() if name == "elsewhere"}
    assert way.finish(**brought).status_code == 302
    way.browser.post("/sign-out/")
    assert way.finish(**brought).status_code == 422
    assert making.last_conclusion() == "elsewhere_not_begun"
    browser = Client()
    session = browser.session
    session.update(kept)
    session.save()
    assert Way(browser, OFFICE_SAML, "").finish(**brought).status_code == 422
    assert making.last_conclusion() == "elsewhere_replayed"


@pytest.mark.usefixtures("linked")
def test_another_browsers_response_opens_nothing() -> None:
    way, other = making.leave(OFFICE_SAML), making.leave(OFFICE_SAML)
    asked = saml_provider.read(way.leads_to)
    response = saml_provider.encoded(whole(saml_provider.answering(asked, NOW)))
    assert other.finish(SAMLResponse=response, RelayState=asked.relay).status_code == 422
    assert making.last_conclusion() == "elsewhere_wrong_state"
    other = making.leave(OFFICE_SAML)
    relay = saml_provider.read(other.leads_to).relay
    assert other.finish(SAMLResponse=response, RelayState=relay).status_code == 422
    assert making.last_conclusion() == "elsewhere_wrong_request"


def test_a_response_for_another_provider_of_ours_opens_nothing(linked: Provider) -> None:
    making.saml(linked.sign_in_url, "another")
    way = making.leave("another")
    asked = saml_provider.read(way.leads_to)
    response = saml_provider.encoded(whole(saml_provider.answering(asked, NOW)))
    mixed = Way(way.browser, OFFICE_SAML, way.leads_to)
    assert mixed.finish(SAMLResponse=response, RelayState=asked.relay).status_code == 422
    assert making.last_conclusion() == "elsewhere_other_provider"


def test_the_addresses_are_the_plans_own_whatever_host_a_request_names(
    linked: Provider, settings: Settings
) -> None:
    del linked
    settings.ALLOWED_HOSTS = ["testserver", "alias.example.org"]
    way = making.leave(OFFICE_SAML, Client(headers={"host": "alias.example.org"}))
    assert saml_provider.read(way.leads_to).back.startswith("http://testserver/")


def test_after_five_minutes_it_is_too_late(linked: Provider, clock: time_machine.Traveller) -> None:
    del linked
    way = making.leave(OFFICE_SAML)
    asked = saml_provider.read(way.leads_to)
    clock.shift(timedelta(seconds=301))
    response = saml_provider.encoded(whole(saml_provider.answering(asked, asking.now())))
    assert way.finish(SAMLResponse=response, RelayState=asked.relay).status_code == 422
    assert making.last_conclusion() in ("elsewhere_too_late", "elsewhere_not_begun")


@pytest.mark.parametrize(
    "response",
    [
        pytest.param("", id="nothing"),
        pytest.param("%%%", id="no base 64"),
        pytest.param(base64.b64encode(b"<" * 262_145).decode(), id="too large"),
        pytest.param(base64.b64encode(b"<a>" * 80_000).decode(), id="too deep"),
    ],
)
@pytest.mark.usefixtures("linked")
def test_what_is_no_response_is_refused_alike(response: str) -> None:
    way = making.leave(OFFICE_SAML)
    relay = saml_provider.read(way.leads_to).relay
    address = f"/sign-in/with/{OFFICE_SAML}/finish/"
    answer = way.browser.post(address, {"SAMLResponse": response, "RelayState": relay})
    assert (answer.status_code, making.last_conclusion()) == (422, "elsewhere_malformed")


@pytest.mark.usefixtures("linked")
def test_a_response_by_a_link_is_not_looked_at() -> None:
    assert Client().get(f"/sign-in/with/{OFFICE_SAML}/back/", {"SAMLResponse": "x"}).status_code == 405
