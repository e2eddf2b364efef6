"""Proving who one is by signing in with a provider: the plan links the two first, nobody proves another."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from portico.domains.accounts.elsewhere import linking, outside
from tests.single_sign_on import making
from tests.single_sign_on.making import Way
from tests.support import visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.openid_provider import Provider
from tests.support.world import World

SLUG, BEGIN = "state-id", "/account/identity/openid_connect/"


@pytest.fixture
def proving(openid: Provider) -> Provider:
    """A provider that proves who people are, and signs nobody in."""
    making.openid(openid.issuer, SLUG, for_sign_in=False, proves_identity=True)
    return openid


def went(browser: Client, there: Provider, **claims: Any) -> Any:
    """The answer to somebody who is signed in here and has signed in there."""
    way = left(browser)
    there.says(way.asked["nonce"], at=NOW, **claims)
    return way.finish(code="x", state=way.asked["state"])


def left(browser: Client) -> Way:
    """Their browser on its way there."""
    answer = browser.post(BEGIN, {"choice": SLUG})
    return making.on_its_way(answer, browser, SLUG)


def opens(browser: Client) -> bool:
    """Does patient data open?"""
    return browser.get("/patients/").status_code == 200


def test_who_is_linked_there_proves_it_and_patient_data_opens(world: World, proving: Provider) -> None:
    browser = visiting.sign_in(world["unverified"])
    assert not opens(browser)
    answer = went(browser, proving)
    assert (answer.status_code, opens(browser)) == (403, False)
    [waiting] = linking.waiting(actor=worlds.system(), slug=SLUG).rows
    told = outside.waiting_reference(waiting.id)
    assert (waiting.asked_by, told in answer.content.decode()) == ("unverified", True)
    making.link(SLUG, world["unverified"])
    assert went(browser, proving).headers["Location"].startswith("/account/identity/")
    assert making.last_conclusion() == "identity_proven"
    assert opens(browser)
    assert making.is_in(browser)


def test_another_persons_account_there_proves_nothing(world: World, proving: Provider) -> None:
    browser = visiting.sign_in(world["unverified"])
    went(browser, proving)
    making.link(SLUG, world["front_desk"])
    answer = went(browser, proving)
    assert (answer.status_code, making.last_conclusion()) == (422, "elsewhere_not_own")
    assert not opens(browser)


def test_a_way_that_somebody_else_began_is_not_ended_in_this_session(world: World, proving: Provider) -> None:
    browser = visiting.sign_in(world["unverified"])
    way = left(browser)
    browser.post("/sign-out/")
    visiting.sign_in(world["front_desk"], browser)
    proving.says(way.asked["nonce"], at=NOW)
    assert way.finish(code="x", state=way.asked["state"]).status_code == 422
    assert making.last_conclusion() == "elsewhere_not_begun"


def test_one_that_only_proves_signs_nobody_in(world: World, proving: Provider) -> None:
    browser = visiting.sign_in(world["unverified"])
    went(browser, proving)
    making.link(SLUG, world["unverified"])
    assert Client().post(f"/sign-in/with/{SLUG}/").headers["Location"] == "/sign-in/"


def test_a_provider_that_proves_no_more_proves_nothing(world: World, proving: Provider) -> None:
    browser = visiting.sign_in(world["unverified"])
    went(browser, proving)
    making.link(SLUG, world["unverified"])
    way = left(browser)
    proving.says(way.asked["nonce"], at=NOW)
    apps.get_model("accounts", "IdentityProvider").objects.update(proves_identity=False)
    assert way.finish(code="x", state=way.asked["state"]).status_code == 422
    assert making.last_conclusion() == "elsewhere_proves_nothing"
    assert not opens(browser)
