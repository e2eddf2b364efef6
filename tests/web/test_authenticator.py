"""Setting up an authenticator: the secret is shown, its code proves it, and patient data opens."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portico.domains.accounts import factors
from tests.support import visiting
from tests.support.actors import NOW
from tests.support.world import World

PAGE = "/account/authenticator/"


@pytest.fixture
def without(world: World) -> Client:
    """The browser of somebody who has no second factor yet."""
    return visiting.sign_in(world["no_factor"])


def secret_on(browser: Client) -> str:
    """The key the page shows."""
    found = re.search(r"Or type this key: ([A-Z2-7 ]+?) 2\.", visiting.seen(browser.get(PAGE)))
    assert found
    return found[1].replace(" ", "")


def test_patient_data_is_closed_until_the_second_factor_and_says_where_to_go(without: Client) -> None:
    answer = without.get(reverse("patient_search"))
    assert answer.status_code == 403
    assert "a code from an authenticator" in visiting.seen(answer)
    assert f'href="{PAGE}"' in answer.content.decode()


def test_the_right_code_keeps_the_authenticator_and_opens_patient_data(without: Client) -> None:
    before = without.cookies["portico"].value
    answer = without.post(PAGE, {"code": factors.code_at(secret_on(without), NOW)})
    assert answer.headers["Location"] == reverse("home")
    assert "Your authenticator is set up" in visiting.seen(without.get("/"))
    assert without.get(reverse("patient_search")).status_code == 200
    assert without.cookies["portico"].value != before


def test_the_key_stays_the_same_until_it_is_kept(without: Client) -> None:
    assert secret_on(without) == secret_on(without)


def test_the_key_waits_in_the_session_sealed(without: Client) -> None:
    secret = secret_on(without)
    kept = json.dumps(dict(without.session))
    assert "authenticator_proposal" in kept
    assert secret not in kept


@pytest.mark.parametrize("code", ["000000", "", "12345", "abcdef", "１２３４５６"])
def test_a_wrong_code_keeps_nothing(without: Client, code: str) -> None:
    secret_on(without)
    assert without.post(PAGE, {"code": code}).status_code == 422
    assert without.get(reverse("patient_search")).status_code == 403


def test_the_code_of_a_key_that_was_never_shown_keeps_nothing(without: Client) -> None:
    secret_on(without)
    assert without.post(PAGE, {"code": factors.code_at(factors.new_secret(), NOW)}).status_code == 422


def test_the_proving_code_is_used_up(world: World, without: Client, clock: time_machine.Traveller) -> None:
    secret = secret_on(without)
    without.post(PAGE, {"code": factors.code_at(secret, NOW)})
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
    without.post(PAGE, {"code": factors.code_at(secret_on(without), NOW)})
    clock.shift(30)
    said = visiting.seen(other.get(PAGE))
    assert "this session began without it" in said
    assert "Or type this key" not in said
    assert other.get(reverse("patient_search")).status_code == 403


def test_a_visitor_is_asked_to_sign_in(world: World) -> None:
    assert Client().get(PAGE).headers["Location"].startswith(reverse("sign_in"))
