"""The way to an OpenID Connect provider and back: what is asked, kept, fetched again, and never done."""

import base64
import hashlib
from datetime import timedelta
from urllib.parse import quote_plus

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from portico.edges.web import asking
from tests.single_sign_on import making
from tests.single_sign_on.making import STAFF, Visit
from tests.support import openid_provider, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.openid_provider import Provider
from tests.support.world import World


def test_the_provider_is_asked_with_pkce_and_a_secret(world: World, openid: Provider, visit: Visit) -> None:
    del world
    making.openid(openid.issuer)
    way = making.leave()
    asked = way.asked
    assert way.leads_to.startswith(f"{openid.issuer}/authorize?")
    assert asked["redirect_uri"] == f"http://testserver/sign-in/with/{STAFF}/back/"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    openid.says(asked["nonce"], at=NOW)
    way.finish(code="the code", state=asked["state"])
    [(_, form, headers)] = [each for each in openid.asked if each[0] == "/token"]
    digest = hashlib.sha256(form["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"]
    assert (form["code"], form["grant_type"]) == ("the code", "authorization_code")
    told = base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
    assert told == f"portico:{quote_plus(openid_provider.SECRET)}"


def test_a_client_without_a_secret_names_itself(world: World, openid: Provider, visit: Visit) -> None:
    del world
    making.openid(openid.issuer, secret="")
    visit()
    [(_, form, headers)] = [each for each in openid.asked if each[0] == "/token"]
    assert form["client_id"] == openid_provider.CLIENT_ID
    assert "Authorization" not in headers


def test_a_new_key_of_the_provider_is_fetched_once_a_minute_at_most(
    world: World, openid: Provider, visit: Visit, clock: time_machine.Traveller
) -> None:
    making.openid(openid.issuer)
    visit()
    making.link(STAFF, world["operations"])
    openid.keys = [openid_provider.public(openid_provider.rsa_key("next"), "two")]

    def with_new_key() -> int:
        way = making.leave()
        openid.says(way.asked["nonce"], at=asking.now())
        openid.token = openid.signed(openid_provider.rsa_key("next"), kid="two")
        return int(way.finish(code="x", state=way.asked["state"]).status_code)

    assert [with_new_key(), openid.count("/keys")] == [422, 1]
    assert making.last_conclusion() == "elsewhere_unknown_key"
    clock.shift(timedelta(seconds=61))
    assert [with_new_key(), openid.count("/keys")] == [302, 2]
    assert openid.count("/.well-known/openid-configuration") == 1


def test_a_provider_that_is_down_is_told_on_one_page_and_asked_again_after_a_while(
    world: World, openid: Provider, clock: time_machine.Traveller
) -> None:
    del world
    making.openid(openid.issuer)
    openid.is_down = True
    for _ in range(3):
        answer = Client().post(f"/sign-in/with/{STAFF}/")
        assert (answer.status_code, making.last_conclusion()) == (422, "elsewhere_unreachable")
    assert openid.count("/.well-known/openid-configuration") == 1
    openid.is_down = False
    clock.shift(timedelta(seconds=31))
    making.leave()


def test_the_sign_in_page_names_the_providers_and_keeps_where_one_was_going(
    world: World, openid: Provider
) -> None:
    del world
    making.openid(openid.issuer)
    making.openid(openid.issuer, "id-proof", for_sign_in=False, proves_identity=True)
    answer = Client().get("/sign-in/?next=/notices/")
    assert f"Sign in with Account of {STAFF}" in visiting.seen(answer)
    assert "id-proof" not in answer.content.decode()
    assert '<input type="hidden" name="next" value="/notices/">' in answer.content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site_afterwards(
    world: World, openid: Provider, visit: Visit, target: str
) -> None:
    making.openid(openid.issuer, vouches_for_factor=True)
    visit()
    making.link(STAFF, world["operations"])
    assert visit(to=target, amr=["mfa"])[0].headers["Location"] == "/"


def test_the_way_back_changes_nothing(world: World, openid: Provider) -> None:
    del world
    making.openid(openid.issuer)
    way = making.leave()
    before, asked = worlds.last_use(), len(openid.asked)
    way.back(code="x", state=way.asked["state"])
    assert (worlds.last_use(), len(openid.asked)) == (before, asked)
    answer = way.browser.get(f"/sign-in/with/{STAFF}/back/", {"code": "x", "state": "y"})
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_finishing_needs_the_forms_own_token(world: World, openid: Provider) -> None:
    del world
    making.openid(openid.issuer)
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(f"/sign-in/with/{STAFF}/").status_code == 403
    assert browser.post(f"/sign-in/with/{STAFF}/finish/", {"code": "x"}).status_code == 403


def test_a_new_session_begins_under_a_new_name(world: World, openid: Provider, visit: Visit) -> None:
    making.openid(openid.issuer, vouches_for_factor=True)
    visit()
    making.link(STAFF, world["operations"])
    way = making.leave()
    before = way.browser.cookies["portico"].value
    openid.says(way.asked["nonce"], at=NOW, amr=["mfa"])
    way.finish(code="x", state=way.asked["state"])
    assert way.browser.cookies["portico"].value != before
    assert not apps.get_model("accounts", "Session").objects.filter(pk=before).exists()


def test_a_visitors_session_lives_as_long_as_the_way_may_take(world: World, openid: Provider) -> None:
    del world
    making.openid(openid.issuer)
    making.leave()
    session = apps.get_model("accounts", "Session").objects.get(user=None)
    assert session.expire_date == NOW + timedelta(minutes=5)
