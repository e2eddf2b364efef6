"""What a hostile browser or provider may try with OpenID Connect: one page for all, one audit row each."""

import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from portico.edges.web import asking
from tests.single_sign_on import making
from tests.single_sign_on.hostile_tokens import HOSTILE, Doctor, claims, signed
from tests.single_sign_on.making import STAFF, Way
from tests.support import visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.openid_provider import Provider, ec_key, public, rsa_key
from tests.support.world import World


@pytest.fixture
def linked(world: World, openid: Provider) -> Provider:
    """A provider whose word is taken for the second factor too, and that knows one of the plan's staff."""
    making.openid(openid.issuer, vouches_for_factor=True)
    way = making.leave()
    openid.says(way.asked["nonce"], at=NOW)
    way.finish(code="x", state=way.asked["state"])
    making.link(STAFF, world["operations"])
    return openid


def answered(provider: Provider, doctor: Doctor) -> tuple[Any, Client]:
    """The answer to a token that would let somebody in, were it not doctored."""
    way = making.leave()
    provider.says(way.asked["nonce"], at=asking.now(), amr=["mfa"])
    doctor(provider, way)
    return way.finish(code="x", state=way.asked["state"]), way.browser


def test_a_doctored_token_opens_nothing_and_all_are_told_on_one_page(
    linked: Provider, caplog: pytest.LogCaptureFixture, subtests: pytest.Subtests
) -> None:
    caplog.set_level(logging.INFO)
    pages = set()
    for hostile in HOSTILE:
        doctor, code = hostile.values
        with subtests.test(hostile.id):
            caplog.clear()
            answer, browser = answered(linked, doctor)
            pages.add(visiting.as_said(answer))
            assert making.last_conclusion() == f"elsewhere_{code}"
            assert answer.status_code == 422
            assert code not in answer.content.decode()
            assert not making.is_in(browser)
            assert code in caplog.text
            assert not [part for part in linked.token.split(".") if len(part) > 20 and part in caplog.text]
    assert len(pages) == 1


def test_the_undoctored_one_opens_the_door(linked: Provider) -> None:
    answer, browser = answered(linked, lambda provider, way: None)
    assert answer.headers["Location"] == "/"
    assert making.is_in(browser)


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        pytest.param(rsa_key, "RS256", id="RS256"),
        pytest.param(rsa_key, "PS256", id="PS256"),
        pytest.param(ec_key, "ES256", id="ES256"),
    ],
)
def test_each_listed_algorithm_is_taken(linked: Provider, key: Any, algorithm: str) -> None:
    linked.keys = [public(key(), "new")]
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        answer, _ = answered(linked, signed(key=key, algorithm=algorithm, kid="new"))
    assert answer.headers["Location"] == "/"


def test_another_browsers_way_back_opens_nothing(linked: Provider) -> None:
    way = making.leave()
    linked.says(way.asked["nonce"], at=NOW, amr=["mfa"])
    other = making.leave()
    stolen = Way(other.browser, STAFF, other.leads_to)
    answer = stolen.finish(code="x", state=way.asked["state"])
    assert (answer.status_code, making.last_conclusion()) == (422, "elsewhere_wrong_state")
    assert Way(Client(), STAFF, "").finish(code="x", state=way.asked["state"]).status_code == 422
    assert making.last_conclusion() == "elsewhere_not_begun"


def test_a_page_that_is_sent_twice_opens_once(linked: Provider) -> None:
    way = making.leave()
    linked.says(way.asked["nonce"], at=NOW, amr=["mfa"])
    fields = way.back(code="x", state=way.asked["state"])
    address = f"/sign-in/with/{STAFF}/finish/"
    assert way.browser.post(address, fields).status_code == 302
    way.browser.post("/sign-out/")
    assert way.browser.post(address, fields).status_code == 422
    assert making.last_conclusion() == "elsewhere_not_begun"


def test_a_token_that_was_used_opens_nothing_even_in_the_same_session(linked: Provider) -> None:
    way = making.leave()
    kept = dict(way.browser.session.items())
    linked.says(way.asked["nonce"], at=NOW, amr=["mfa"])
    assert way.finish(code="x", state=way.asked["state"]).status_code == 302
    browser = Client()
    session = browser.session
    session.update(kept)
    session.save()
    answer = Way(browser, STAFF, way.leads_to).finish(code="x", state=way.asked["state"])
    assert (answer.status_code, making.last_conclusion()) == (422, "elsewhere_replayed")


def test_after_five_minutes_it_is_too_late(linked: Provider, clock: time_machine.Traveller) -> None:
    way = making.leave()
    linked.says(way.asked["nonce"], at=NOW, amr=["mfa"])
    clock.shift(timedelta(seconds=301))
    way.finish(code="x", state=way.asked["state"])
    assert making.last_conclusion() in ("elsewhere_too_late", "elsewhere_not_begun")


def test_one_providers_answer_is_not_taken_for_anothers(
    linked: Provider, other_openid: Provider, world: World
) -> None:
    del world
    making.openid(other_openid.issuer, "attacker")
    way = making.leave("attacker")
    mixed = Way(way.browser, STAFF, way.leads_to)
    linked.says(way.asked["nonce"], at=NOW, amr=["mfa"])
    answer = mixed.finish(code="x", state=way.asked["state"])
    assert (answer.status_code, making.last_conclusion()) == (422, "elsewhere_other_provider")


def test_another_providers_token_opens_nothing(linked: Provider, other_openid: Provider) -> None:
    def doctor(provider: Provider, way: Way) -> None:
        other_openid.says(way.asked["nonce"], at=NOW, amr=["mfa"])
        provider.token = other_openid.token

    answer, _ = answered(linked, doctor)
    assert (answer.status_code, making.last_conclusion()) == (422, "elsewhere_wrong_issuer")


@pytest.mark.parametrize(
    ("names_itself", "iss", "is_taken"),
    [
        pytest.param(True, "own", True, id="as promised"),
        pytest.param(True, "", False, id="promised, and left out"),
        pytest.param(True, "https://evil.example.org", False, id="another"),
        pytest.param(False, "https://evil.example.org", False, id="not promised, and another"),
        pytest.param(False, "own", True, id="not promised, and right"),
        pytest.param(False, "", True, id="not promised, and left out"),
    ],
)
def test_a_provider_that_names_itself_is_the_one_that_was_asked(
    linked: Provider, clock: time_machine.Traveller, names_itself: bool, iss: str, is_taken: bool
) -> None:
    linked.configured = {"authorization_response_iss_parameter_supported": names_itself}
    clock.shift(timedelta(minutes=11))
    way = making.leave()
    linked.says(way.asked["nonce"], at=asking.now(), amr=["mfa"])
    named = {"iss": linked.issuer if iss == "own" else iss} if iss else {}
    answer = way.finish(code="x", state=way.asked["state"], **named)
    assert answer.status_code == (302 if is_taken else 422)
    assert is_taken or making.last_conclusion() == "elsewhere_wrong_issuer"


@pytest.mark.parametrize(
    "brought", [{"error": "access_denied"}, {"error": "<script>alert(1)</script>"}, {}], ids=str
)
def test_a_provider_that_says_no_is_told_on_the_same_page(linked: Provider, brought: dict[str, str]) -> None:
    asked = linked.count("/token")
    way = making.leave()
    answer = way.finish(state=way.asked["state"], **brought)
    assert (answer.status_code, making.last_conclusion()) == (422, "elsewhere_provider_refused")
    assert "alert(1)" not in answer.content.decode()
    assert linked.count("/token") == asked


def test_what_is_too_long_is_not_carried_on(linked: Provider) -> None:
    del linked
    answer = Client().get(f"/sign-in/with/{STAFF}/back/", {"code": "x" * 4_097, "state": "y"})
    assert (answer.status_code, making.last_conclusion()) == (422, "elsewhere_malformed")


def test_a_provider_that_moved_its_endpoints_to_a_stranger_is_not_followed(
    linked: Provider, clock: time_machine.Traveller
) -> None:
    linked.configured = {"token_endpoint": "https://evil.example.org/token"}
    clock.shift(timedelta(minutes=11))
    answer = Client().post(f"/sign-in/with/{STAFF}/")
    assert (answer.status_code, making.last_conclusion()) == (422, "elsewhere_unreachable")


def test_a_provider_that_says_it_is_another_is_not_believed(
    linked: Provider, clock: time_machine.Traveller
) -> None:
    linked.configured = {"issuer": "https://evil.example.org"}
    clock.shift(timedelta(minutes=11))
    assert Client().post(f"/sign-in/with/{STAFF}/").status_code == 422


def test_each_failure_leaves_one_row_that_names_the_provider(linked: Provider) -> None:
    before = worlds.last_use()
    answered(linked, claims(nonce="another"))
    [row] = worlds.uses(pk__gt=before)
    assert (row.function, row.outcome, row.conclusion) == ("sign_in", "allowed", "elsewhere_wrong_nonce")
    provider = apps.get_model("accounts", "IdentityProvider").objects.get()
    kinds = apps.get_model("audit", "Subject").objects.filter(entry=row).values_list("kind", "identifier")
    assert list(kinds) == [("identity_provider", str(provider.pk))]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_nothing_begins_or_ends_by_following_a_link(linked: Provider, method: str) -> None:
    del linked
    browser = Client()
    for address in (f"/sign-in/with/{STAFF}/", f"/sign-in/with/{STAFF}/finish/"):
        assert browser.generic(method, address).status_code == 405
