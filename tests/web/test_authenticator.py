"""Setting up an authenticator: the secret is shown, its code proves it, and patient data opens."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portico.domains.accounts.second_factors import factors
from portico.edges.web import asking
from tests.support import cast, visiting
from tests.support.actors import NOW
from tests.support.world import World

PAGE = "/account/authenticator/"
REPLACE = "/account/factors/authenticator/"


@pytest.fixture
def without(world: World) -> Client:
    """The browser of somebody who has no second factor yet."""
    return visiting.sign_in(world["no_factor"])


def secret_in(answer: Any) -> str:
    """The key a page shows."""
    found = re.search(r"Or type this key: ([A-Z2-7 ]+?) 2\.", visiting.seen(answer))
    assert found
    return found[1].replace(" ", "")


def proposal_in(answer: Any) -> str:
    """The same key as it waits on the page."""
    found = re.search(r'name="proposal" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def set_up(browser: Client, *, code: str | None = None, page: str = PAGE) -> tuple[str, Any]:
    """The key that was shown, and the answer to its code, or to another."""
    shown = browser.get(page)
    secret = secret_in(shown)
    typed = factors.code_at(secret, asking.now()) if code is None else code
    return secret, browser.post(page, {"code": typed, "proposal": proposal_in(shown)})


def test_patient_data_is_closed_until_the_second_factor_and_says_where_to_go(without: Client) -> None:
    answer = without.get(reverse("patient_search"))
    assert answer.status_code == 403
    assert "a code from an authenticator" in visiting.seen(answer)
    assert f'href="{reverse("factors")}"' in answer.content.decode()


def test_the_right_code_keeps_the_authenticator_and_opens_patient_data(without: Client) -> None:
    before = without.cookies["portico"].value
    _, answer = set_up(without)
    assert answer.headers["Location"] == reverse("home")
    assert "Your authenticator is set up" in visiting.seen(without.get("/"))
    assert without.get(reverse("patient_search")).status_code == 200
    assert without.cookies["portico"].value != before


def test_the_key_stays_the_same_after_a_wrong_code(without: Client) -> None:
    secret, answer = set_up(without, code="000000")
    assert secret_in(answer) == secret
    again = {"code": factors.code_at(secret, NOW), "proposal": proposal_in(answer)}
    assert without.post(PAGE, again).status_code == 302


def test_the_key_waits_sealed_for_its_own_user(world: World, without: Client) -> None:
    shown = without.get(PAGE)
    assert secret_in(shown) not in proposal_in(shown)
    other = visiting.sign_in(world["administrator"])
    sent = {"code": factors.code_at(secret_in(shown), NOW), "proposal": proposal_in(shown)}
    answer = other.post(REPLACE, sent)
    assert answer.status_code == 422
    assert secret_in(answer) != secret_in(shown)


@pytest.mark.parametrize("proposal", ["", "x", "é", "AAAA"], ids=["none", "odd", "no ASCII", "short"])
def test_a_broken_proposal_begins_anew(without: Client, proposal: str) -> None:
    answer = without.post(PAGE, {"code": "123456", "proposal": proposal})
    assert answer.status_code == 422
    assert secret_in(answer)


@pytest.mark.parametrize("code", ["000000", "", "12345", "abcdef", "１２３４５６"])
def test_a_wrong_code_keeps_nothing(without: Client, code: str) -> None:
    assert set_up(without, code=code)[1].status_code == 422
    assert without.get(reverse("patient_search")).status_code == 403


def test_the_code_of_a_key_that_was_never_shown_keeps_nothing(without: Client) -> None:
    assert set_up(without, code=factors.code_at(factors.new_secret(), NOW))[1].status_code == 422


def test_the_proving_code_is_used_up(world: World, without: Client, clock: time_machine.Traveller) -> None:
    secret, _ = set_up(without)
    again = Client()
    visiting.give_password(again, world["no_factor"])
    assert visiting.give_code(again, factors.code_at(secret, NOW)).status_code == 422
    clock.shift(timedelta(seconds=30))
    later = factors.code_at(secret, NOW + timedelta(seconds=30))
    assert visiting.give_code(again, later).status_code == 302


def test_a_session_that_began_without_it_cannot_replace_it(
    world: World, without: Client, clock: time_machine.Traveller
) -> None:
    other = visiting.sign_in(world["no_factor"])
    set_up(without)
    clock.shift(30)
    said = visiting.seen(other.get(PAGE))
    assert "this session began without it" in said
    assert other.get(REPLACE).headers["Location"] == reverse("factors")
    assert "Or type this key" not in said
    assert other.get(reverse("patient_search")).status_code == 403


def test_a_visitor_is_asked_to_sign_in(world: World) -> None:
    assert Client().get(PAGE).headers["Location"].startswith(reverse("sign_in"))


def test_another_takes_its_place_and_signs_everybody_else_out(
    world: World, front_desk: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(30)
    other = visiting.sign_in(world["front_desk"])
    secret, answer = set_up(front_desk, page=REPLACE)
    assert answer.headers["Location"] == reverse("factors")
    assert front_desk.get(reverse("patient_search")).status_code == 200
    assert other.get(reverse("patient_search")).headers["Location"].startswith(reverse("sign_in"))
    clock.shift(60)
    again = Client()
    visiting.give_password(again, world["front_desk"])
    assert visiting.give_code(again, factors.code_at(cast.TOTP_SECRET, asking.now())).status_code == 422
    assert visiting.give_code(again, factors.code_at(secret, asking.now())).status_code == 302


def test_the_only_second_step_stays(front_desk: Client) -> None:
    front_desk.post("/account/factors/authenticator/remove/")
    said = visiting.seen(front_desk.get(reverse("factors")))
    assert "This is your only second step, so it stays." in said
    assert "Replace it" in said
