"""Wishes to take part when many act at the same moment, each in a transaction of its own."""

from collections.abc import Callable
from typing import Any

import pytest

from portico.domains.registration import models, network, network_review, transaction_ids
from portico.domains.registration.network import TooMany, TooManyTries
from portico.domains.registration.network_rules import Decline
from portico.domains.registration.tests import registering, wishing
from portico.domains.registration.tests.registering import desk, visitor
from portico.domains.registration.tests.wishing import NETWORK
from tests.support.racing import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _plan() -> None:
    registering.a_plan()


def test_one_answer_is_given_whoever_decides_or_takes_it_back_at_once() -> None:
    asked, number = wishing.ask(), wishing.number()
    asks: list[Callable[[], Any]] = [
        lambda: network_review.invite(actor=desk(), number=number),
        lambda: network_review.decline(actor=desk(user_id=7), number=number, reason=Decline.NO_NEED),
        lambda: network_review.assign(actor=desk(user_id=8), number=number, takes=True) and None,
        lambda: network.withdraw(actor=visitor(), tracking_number=asked.tracking_number, address=NETWORK),
    ]
    together(asks)
    ends = {"invited", "declined", "withdrawn"}
    happened = [each.kind for each in wishing.row().events.all()]
    assert len(ends.intersection(happened)) == 1
    assert wishing.row().state in ends.intersection(happened)
    mailed = [template for _, template, _ in wishing.mails() if template == "network_answered"]
    assert len(mailed) == (0 if wishing.row().state == "withdrawn" else 1)


def test_ten_are_taken_however_many_ask_at_once() -> None:
    def ask() -> str:
        try:
            wishing.ask()
        except TooMany:
            return "too many"
        return "kept"

    wishing.ask()
    outcomes = together([ask] * 12)
    assert outcomes.count("kept") == 9
    assert models.NetworkRequest.objects.count() == 10


def test_five_wrong_numbers_are_looked_at_however_many_try_at_once() -> None:
    def look() -> str:
        try:
            network.look(actor=visitor(), tracking_number=transaction_ids.new(), address=NETWORK)
        except TooManyTries:
            return "closed"
        return "unknown"

    assert together([look] * 12).count("unknown") == 5


@pytest.mark.parametrize("address", [NETWORK, ""], ids=["known_network", "unknown"])
def test_a_double_click_makes_one_wish(address: str) -> None:
    outcomes = together([lambda: wishing.ask(key="a-key-of-one-form-0123", address=address)] * 6)
    assert len({each.tracking_number for each in outcomes}) == 1
    assert models.NetworkRequest.objects.count() == 1
    assert len(wishing.mails()) == 1
