"""Many who sign in elsewhere at once, or pretend to: each network has so many, each provider so few."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from portico.domains.accounts.coming_back import coming_back_rules
from portico.domains.accounts.elsewhere import elsewhere_allowance, providers
from portico.edges.web.accounts.elsewhere import in_flight
from tests.single_sign_on import making
from tests.single_sign_on.making import STAFF
from tests.support import visiting
from tests.support.openid_provider import Provider
from tests.support.world import World

BEGIN, BACK, FINISH = (f"/sign-in/with/{STAFF}/{step}" for step in ("", "back/", "finish/"))
pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def _three(monkeypatch: pytest.MonkeyPatch, openid: Provider) -> None:
    """A provider, and three of each network an hour."""
    making.openid(openid.issuer)
    monkeypatch.setattr(elsewhere_allowance, "FROM_A_NETWORK", coming_back_rules.Limit(3))


def rows() -> int:
    """How long the audit is."""
    return int(apps.get_model("audit", "Entry").objects.count())


def begin(address: str = "198.51.100.7", browser: Client | None = None) -> Any:
    """The answer to beginning from there."""
    return (browser or Client()).post(BEGIN, REMOTE_ADDR=address)


def test_a_network_begins_so_often_an_hour_and_another_is_not_held_up(
    clock: time_machine.Traveller,
) -> None:
    assert [begin().status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = begin()
    assert answer.headers["Retry-After"] == "600"
    assert "Too many sign-ins from your network" in visiting.seen(answer)
    assert begin("198.51.100.8").status_code == 200
    clock.shift(3_599)
    assert begin().status_code == 429
    clock.shift(1)
    assert begin().status_code == 200


@pytest.mark.parametrize("how", ["finished", "brought back"])
def test_failures_are_counted_and_a_flood_of_them_fills_no_audit(how: str) -> None:
    def fail() -> int:
        if how == "finished":
            return Client().post(FINISH, {"code": "x"}).status_code
        return Client().get(BACK, {"state": "x" * 300}).status_code

    before = rows()
    assert [fail() for _ in range(5)] == [422, 422, 422, 429, 429]
    assert rows() == before + 3


def test_somebody_who_is_signed_in_is_not_counted(world: World) -> None:
    browser = visiting.sign_in(world["unverified"])
    assert [begin(browser=browser).status_code for _ in range(5)] == [200] * 5


@pytest.fixture
def _four_wait(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All who may ask the provider at once are asking it."""
    monkeypatch.setattr(in_flight, "PATIENCE", 0.01)
    provider = providers.opened(STAFF)
    assert provider is not None
    turns = [in_flight.turn(provider) for _ in range(in_flight.MOST)]
    for turn in turns:
        turn.__enter__()
    yield
    for turn in turns:
        turn.__exit__(None, None, None)


@pytest.mark.usefixtures("_four_wait")
def test_four_ask_a_provider_at_once_and_a_fifth_is_told_so(openid: Provider) -> None:
    assert begin().status_code == 422
    assert making.last_conclusion() == "elsewhere_busy"
    making.openid(openid.issuer, "another")
    assert making.leave("another").leads_to.startswith(openid.issuer)


def test_a_way_that_fails_gives_its_turn_back() -> None:
    provider = providers.opened(STAFF)
    assert provider is not None
    for _ in range(in_flight.MOST + 1):
        with pytest.raises(ZeroDivisionError), in_flight.turn(provider):
            raise ZeroDivisionError
    assert isinstance(in_flight._TURNS[provider.id], threading.BoundedSemaphore)
    assert in_flight._TURNS[provider.id]._value == in_flight.MOST
