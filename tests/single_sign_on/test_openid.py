"""OpenID Connect, from the button to the home page: who gets in, who waits, and what is asked of whom."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from portico.domains.accounts.elsewhere import linking, outside, providers
from tests.single_sign_on import making
from tests.single_sign_on.making import OFFICE, STAFF, Visit
from tests.support import cast, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.openid_provider import Provider
from tests.support.world import World


def test_whom_nobody_linked_waits_under_a_reference_and_gets_nothing(
    world: World, openid: Provider, visit: Visit
) -> None:
    making.openid(openid.issuer)
    answer, browser = visit()
    [waiting] = linking.waiting(actor=worlds.system(), slug=STAFF).rows
    assert answer.status_code == 403
    assert outside.waiting_reference(waiting.id) in answer.content.decode()
    assert "not linked yet" in visiting.seen(answer)
    assert not making.is_in(browser)
    assert (waiting.name, waiting.email) == ("Olive Outside", "olive@elsewhere.example.org")
    assert apps.get_model("accounts", "User").objects.count() == len(world.signers)


def test_whoever_leaves_from_a_part_of_the_plan_is_sent_back_where_the_provider_knows_us(
    openid: Provider,
) -> None:
    making.openid(openid.issuer)
    browser = Client()
    answer = browser.post(f"/in/{cast.MEDI_CAL}/sign-in/with/{STAFF}/")
    there = making.on_its_way(answer, browser, STAFF)
    assert there.asked["redirect_uri"] == making.leave().asked["redirect_uri"]
    assert there.asked["redirect_uri"].endswith(f"testserver/sign-in/with/{STAFF}/back/")


def test_whom_the_plan_linked_gets_in_after_our_own_second_factor(
    world: World, openid: Provider, visit: Visit
) -> None:
    making.openid(openid.issuer)
    visit()
    making.link(STAFF, world["operations"])
    answer, browser = visit(to="/support/")
    assert answer.headers["Location"] == "/sign-in/code/"
    assert not making.is_in(browser)
    assert visiting.give_code(browser).headers["Location"] == "/support/"
    assert "Hello, Operations" in visiting.seen(browser.get("/"))


@pytest.mark.parametrize(
    ("claims", "is_taken"),
    [
        pytest.param({"amr": ["pwd", "mfa"]}, True, id="amr says so"),
        pytest.param({"acr": "mfa"}, True, id="acr says so"),
        pytest.param({"amr": ["pwd"]}, False, id="a password alone"),
        pytest.param({"amr": "mfa"}, False, id="no list"),
        pytest.param({}, False, id="nothing said"),
    ],
)
def test_a_word_for_the_factor_is_taken_where_the_plan_takes_it(
    world: World, openid: Provider, visit: Visit, claims: dict[str, Any], is_taken: bool
) -> None:
    making.openid(openid.issuer, vouches_for_factor=True)
    visit()
    making.link(STAFF, world["operations"])
    answer, browser = visit(**claims)
    assert answer.headers["Location"] == ("/" if is_taken else "/sign-in/code/")
    assert making.is_in(browser) is is_taken
    assert browser.get("/staff/audit/").status_code == (200 if is_taken else 302)


def test_a_word_for_the_factor_is_not_taken_unasked(world: World, openid: Provider, visit: Visit) -> None:
    making.openid(openid.issuer)
    visit()
    making.link(STAFF, world["operations"])
    assert visit(amr=["mfa"])[0].headers["Location"] == "/sign-in/code/"


def test_an_offices_provider_signs_in_its_own_people_alone(
    world: World, openid: Provider, visit: Visit
) -> None:
    making.openid(openid.issuer, OFFICE, office_id=world.offices[cast.LAKESIDE])
    for number, key in enumerate(("operations", "outsider")):
        visit(OFFICE, subject=f"outside-{number}")
        with pytest.raises(linking.CannotLink, match="acts for others"):
            making.link(OFFICE, world[key])
        apps.get_model("accounts", "OutsideIdentity").objects.update(user_id=world[key].user_id)
        answer, browser = visit(OFFICE, subject=f"outside-{number}")
        assert answer.status_code == 422
        assert not making.is_in(browser)
        assert making.last_conclusion() == "elsewhere_not_theirs"
        apps.get_model("accounts", "OutsideIdentity").objects.all().delete()


def test_the_plans_provider_signs_in_no_office(world: World, openid: Provider, visit: Visit) -> None:
    making.openid(openid.issuer)
    visit()
    with pytest.raises(linking.CannotLink, match="the plan's staff"):
        making.link(STAFF, world["front_desk"])
    apps.get_model("accounts", "OutsideIdentity").objects.update(user_id=world["front_desk"].user_id)
    assert visit()[0].status_code == 422
    assert making.last_conclusion() == "elsewhere_not_theirs"


def test_a_disabled_user_stays_out(world: World, openid: Provider, visit: Visit) -> None:
    making.openid(openid.issuer, vouches_for_factor=True)
    visit()
    making.link(STAFF, world["operations"])
    worlds.disable(world["operations"])
    answer, browser = visit(amr=["mfa"])
    assert answer.status_code == 422
    assert not making.is_in(browser)
    assert making.last_conclusion() == "elsewhere_not_active"


def test_who_has_not_done_the_first_sign_in_is_told_that_it_comes_first(
    world: World, openid: Provider, visit: Visit
) -> None:
    making.openid(openid.issuer, vouches_for_factor=True)
    visit()
    making.link(STAFF, world["operations"])
    apps.get_model("accounts", "User").objects.filter(pk=world["operations"].user_id).update(
        activated_at=None
    )
    answer, browser = visit(amr=["mfa"])
    assert answer.status_code == 403
    assert "Your first sign-in comes first" in visiting.seen(answer)
    assert not making.is_in(browser)


def test_taking_the_link_away_ends_the_session_that_was_begun_by_it(
    world: World, openid: Provider, visit: Visit
) -> None:
    making.openid(openid.issuer, vouches_for_factor=True)
    visit()
    making.link(STAFF, world["operations"])
    _, browser = visit(amr=["mfa"])
    assert making.is_in(browser)
    [linked] = linking.linked(actor=worlds.system(), slug=STAFF).rows
    linking.unlink(actor=worlds.system(), identity_id=linked.id)
    assert not making.is_in(browser)
    assert visit(amr=["mfa"])[0].status_code == 403


def test_closing_the_provider_ends_the_sessions_of_its_people(
    world: World, openid: Provider, visit: Visit
) -> None:
    making.openid(openid.issuer, vouches_for_factor=True)
    visit()
    making.link(STAFF, world["operations"])
    _, browser = visit(amr=["mfa"])
    late = making.leave()
    providers.close(actor=worlds.system(), slug=STAFF)
    assert not making.is_in(browser)
    answer = late.browser.post(f"/sign-in/with/{STAFF}/finish/", {"code": "x", "state": late.asked["state"]})
    assert answer.headers["Location"] == "/sign-in/"
    assert "Account of" not in visiting.seen(Client().get("/sign-in/"))


@pytest.mark.parametrize(
    ("claims", "is_lately"),
    [
        pytest.param({"auth_time": NOW.timestamp() - 60}, True, id="a minute ago"),
        pytest.param({"auth_time": NOW.timestamp() - 3_600}, False, id="an hour ago"),
        pytest.param({}, False, id="not said"),
    ],
)
def test_an_old_session_elsewhere_is_no_recent_proof_of_who_one_is(
    world: World, openid: Provider, visit: Visit, claims: dict[str, Any], is_lately: bool
) -> None:
    making.openid(openid.issuer, vouches_for_factor=True)
    visit()
    making.link(STAFF, world["operations"])
    _, browser = visit(amr=["mfa"], **claims)
    answer = browser.get("/staff/identity-providers/new/openid-connect/")
    assert (answer.status_code == 200) is is_lately


@pytest.mark.parametrize(
    "verified",
    [
        pytest.param(None, id="not said"),
        pytest.param(False, id="not verified"),
        pytest.param("true", id="a word"),
        pytest.param(1, id="a number"),
    ],
)
@pytest.mark.usefixtures("world")
def test_a_mail_address_that_the_provider_has_not_verified_is_told_to_nobody(
    openid: Provider, verified: object
) -> None:
    making.openid(openid.issuer)
    way = making.leave()
    openid.says(way.asked["nonce"], at=NOW, email_verified=verified)
    way.finish(code="x", state=way.asked["state"])
    [waiting] = linking.waiting(actor=worlds.system(), slug=STAFF).rows
    assert (waiting.name, waiting.email) == ("Olive Outside", "")
