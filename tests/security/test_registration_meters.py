"""What has to be told to strangers who register is counted: usernames that are taken, wrong numbers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.registration import transaction_ids
from portico.domains.registration.budgets import LIMITS, Budget, limit
from portico.edges.web.register import opening
from tests.security import alike, practices
from tests.security.alike import Side
from tests.security.followers import FORMS, TRACKED, a_wish, at, in_every_state, slip
from tests.security.openers import CHOSEN, marked, matched, on_file
from tests.security.strangers import KNOWN, NOBODY
from tests.security.ways import side
from tests.support import registering, visiting
from tests.support.world import World

HERE, ELSEWHERE = "203.0.113.91", "203.0.113.92"
HOUR = timedelta(hours=1)


def said(side: Side) -> tuple[int, str]:
    """The status of an answer, and what somebody reads there."""
    answer = side.ask()
    return answer.status_code, visiting.seen(answer)


def chosen(browser: Client, username: str) -> Side:
    """Somebody chooses that username."""
    return side("register_opening", {**CHOSEN, "username": username}, browser=browser)


def taken_until_closed(browsers: Callable[[int], Client]) -> int:
    """How many usernames are told to be taken before none is looked at any more."""
    for tried in range(LIMITS[Budget.TAKEN_NAME].most + 1):
        _, text = said(chosen(browsers(tried), KNOWN))
        if opening.TAKEN not in text:
            assert "No other is looked at" in text
            return tried
    raise AssertionError("nothing ever closed")


def test_one_registration_tries_twenty_taken_usernames_an_hour_from_however_many_networks(
    crowd: World, clock: time_machine.Traveller
) -> None:
    del crowd
    on_file()
    number = matched("own")
    assert taken_until_closed(lambda tried: marked("own")) == LIMITS[Budget.OWN_TAKEN_NAME].most
    status, text = said(chosen(marked("own"), NOBODY))
    assert (status, "No other is looked at" in text) == (422, True)
    assert not apps.get_model("accounts", "User").objects.filter(username=NOBODY).exists()
    clock.shift(HOUR)
    later = {**CHOSEN, "username": KNOWN, "transaction_id": number}
    assert opening.TAKEN in said(side("register_opening", later))[1]


def test_one_network_tries_a_hundred_taken_usernames_however_many_registrations_it_has(crowd: World) -> None:
    del crowd
    own = LIMITS[Budget.OWN_TAKEN_NAME].most
    count = LIMITS[Budget.TAKEN_NAME].most // own
    on_file()
    for number in range(count + 1):
        matched(f"mark {number}")
    assert taken_until_closed(lambda tried: marked(f"mark {tried // own}", HERE)) == count * own
    assert "No other is looked at" in said(chosen(marked(f"mark {count}", HERE), NOBODY))[1]
    assert opening.TAKEN in said(chosen(marked(f"mark {count}", ELSEWHERE), KNOWN))[1]


def test_wrong_numbers_count_together_whatever_they_are_sent_to(crowd: World) -> None:
    known, there = in_every_state(crowd), Client(REMOTE_ADDR=HERE)
    forms = list(FORMS.values())[: LIMITS[Budget.WRONG_ID].most]
    answers = [said(at(*form, there)(transaction_ids.new()))[0] for form in forms]
    assert answers == [422] * len(forms)
    assert said(at("register_status", {}, there)(known["submitted"]))[0] == 429
    assert said(at("register_status", {})(known["submitted"]))[0] == 200


def test_a_network_that_was_closed_for_an_hour_is_open_again(
    crowd: World, clock: time_machine.Traveller
) -> None:
    known, there = in_every_state(crowd), Client(REMOTE_ADDR=HERE)
    for _ in range(LIMITS[Budget.WRONG_ID].most):
        at("register_status", {}, there)(transaction_ids.new()).ask()
    right = at("register_status", {}, there)(known["denied"])
    assert said(right)[0] == 429
    clock.shift(HOUR)
    assert said(right)[0] == 200


@pytest.mark.parametrize("route", TRACKED)
def test_five_wrong_tracking_numbers_close_the_network_for_a_right_one_too(crowd: World, route: str) -> None:
    del crowd
    there, number = Client(REMOTE_ADDR=HERE), a_wish()
    for _ in range(LIMITS[Budget.WRONG_TRACKING].most):
        assert said(at(route, {}, there)(transaction_ids.new()))[0] == 422
    assert said(at(route, {}, there)(number))[0] == 429
    assert apps.get_model("registration", "NetworkRequest").objects.get().state == "received"
    assert said(at(route, {})(number))[0] == 200


@pytest.mark.parametrize("route", ["register_status", *TRACKED])
def test_slips_cost_nothing_and_nothing_is_looked_up(crowd: World, route: str, hashes: list[str]) -> None:
    number = a_wish() if route in TRACKED else in_every_state(crowd)["submitted"]
    there = Client(REMOTE_ADDR=HERE)
    wrong = at(route, {}, there)(slip(number))
    wrong.ask()
    asked = [alike.cost(wrong.ask, hashes).statements for _ in range(10)]
    assert not [each for tables in asked for each in tables if "registration_" in each or "misses" in each]
    assert said(at(route, {}, there)(number))[0] == 200


def test_a_network_submits_twenty_registrations_a_day_whatever_they_name(crowd: World) -> None:
    del crowd
    digest, most = practices.prepare(), limit(Budget.SUBMISSION).most
    answers = [_submitted(digest, number, practices.NOBODYS) for number in range(most)]
    assert {each.status_code for each in answers} == {200}
    for facts in (practices.NOBODYS, practices.FREE, practices.HERE):
        answer = _submitted(digest, most, facts)
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("register_review"))
    assert apps.get_model("registration", "Application").objects.count() == most + 1


def _submitted(digest: str, number: int, facts: practices.Facts) -> Any:
    browser = Client(REMOTE_ADDR=HERE)
    contact = {"email": practices.EMAIL.format(number)}
    return registering.registered(browser, digest, facts=facts, contact=contact)
