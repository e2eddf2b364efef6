"""How many passwords somebody can guess: on one name, on many, from one network, under made-up headers."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from portico.domains.accounts import rules
from portico.domains.accounts.coming_back.coming_back_rules import WRONG_FROM_A_NETWORK
from portico.domains.accounts.signing_in import sign_in
from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.permits import actors
from tests.support import cast, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

pytestmark = pytest.mark.django_db
NAME = "front.desk"
CLOSED_SAYS = "come from your network"


@pytest.fixture
def world(db: None) -> World:
    """The rows."""
    del db
    return worlds.build()


def guess(at: datetime, username: str = NAME, *, address: str = "203.0.113.9") -> Outcome:
    visitor = actors.visitor(asked_at=at, today=at.date())
    return sign_in.with_password(
        actor=visitor, username=username, password="a guess", address=address
    ).outcome


@pytest.mark.parametrize("name", [NAME, "nobody.at.all"])
def test_a_patient_guesser_has_a_hundred_guesses_at_a_name_and_no_more(world: World, name: str) -> None:
    """He comes back the moment each lock ends, from another network each time, for two months."""
    world[NAME.replace(".", "_")]
    tried, at = 0, NOW
    while at < NOW + timedelta(days=60):
        visitor = actors.visitor(asked_at=at, today=at.date())
        attempt = sign_in.with_password(
            actor=visitor, username=name, password="a guess", address=f"203.0.{tried}.9"
        )
        tried += 1
        if attempt.outcome is Outcome.LOCKED and attempt.locked_until is None:
            break
        at = attempt.locked_until or at
    assert tried == rules.MOST_MISSES
    assert at - NOW > timedelta(hours=15)
    assert guess(at + timedelta(days=30), name, address="198.51.100.1") is Outcome.LOCKED


def test_one_password_tried_on_many_names_closes_the_network(world: World) -> None:
    world["front_desk"]
    outcomes = [guess(NOW, f"name{number}.of.somebody") for number in range(WRONG_FROM_A_NETWORK.most + 5)]
    assert outcomes.count(Outcome.REFUSED) == WRONG_FROM_A_NETWORK.most
    assert outcomes[-5:] == [Outcome.NETWORK_CLOSED] * 5
    assert guess(NOW, address="198.51.100.1") is Outcome.REFUSED
    assert guess(NOW + timedelta(hours=1)) is Outcome.REFUSED


def test_the_whole_of_an_ipv6_network_counts_as_one(world: World) -> None:
    del world
    for number in range(WRONG_FROM_A_NETWORK.most):
        guess(NOW, f"name{number}.of.somebody", address=f"2001:db8:1:2::{number:x}")
    assert guess(NOW, "another.name", address="2001:db8:1:2:ffff::1") is Outcome.NETWORK_CLOSED
    assert guess(NOW, "another.name", address="2001:db8:1:3::1") is Outcome.REFUSED


@pytest.mark.parametrize(("proxies", "is_closed"), [(0, True), (1, False)])
def test_a_made_up_header_is_a_new_network_only_behind_a_proxy_that_writes_it(
    world: World, settings: LazySettings, proxies: int, is_closed: bool
) -> None:
    del world
    settings.PROXY_COUNT = proxies
    with time_machine.travel(NOW, tick=False):
        answers = [tried(Client(), number, f"203.0.113.{number}") for number in range(105)]
    assert (CLOSED_SAYS in answers[-1]) is is_closed


def test_what_a_guesser_writes_before_the_proxys_word_is_no_network(
    world: World, settings: LazySettings
) -> None:
    """The proxy adds the address it saw at the end; everything before it is the guesser's own."""
    del world
    settings.PROXY_COUNT = 1
    with time_machine.travel(NOW, tick=False):
        answers = [tried(Client(), number, f"198.51.100.{number}, 203.0.113.9") for number in range(105)]
    assert CLOSED_SAYS in answers[-1]


def tried(browser: Client, number: int, forwarded: str) -> str:
    answer = browser.post(
        reverse("sign_in"),
        {"username": f"name{number}.of.somebody", "password": "a guess"},
        headers={"X-Forwarded-For": forwarded},
    )
    return visiting.seen(answer)


def test_a_known_browser_signs_in_though_name_and_network_are_closed(world: World) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        known = visiting.sign_in(world["front_desk"])
        known.post(reverse("sign_out"))
        clock.shift(60)
        for number in range(WRONG_FROM_A_NETWORK.most + 1):
            tried(Client(), number, "")
        for _ in range(5):
            said = visiting.seen(visiting.give_password(Client(), world["front_desk"], password="a guess"))
        assert CLOSED_SAYS in said
        answer = visiting.give_password(known, world["front_desk"], password=cast.PASSWORD)
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("sign_in_code"))


def test_known_and_unknown_names_hear_the_same_of_a_closed_network(world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        for number in range(WRONG_FROM_A_NETWORK.most):
            tried(Client(), number, "")
        known = visiting.give_password(Client(), world["front_desk"], password="a guess")
        right = visiting.give_password(Client(), world["front_desk"])
        unknown = Client().post(reverse("sign_in"), {"username": "nobody", "password": "a guess"})
    said = {visiting.as_said(answer).replace("nobody", "front.desk") for answer in (known, right, unknown)}
    assert len(said) == 1
    assert CLOSED_SAYS in said.pop()
    assert {answer.status_code for answer in (known, right, unknown)} == {422}
