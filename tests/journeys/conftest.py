"""What every journey stands on: one instant that runs on, the small world, and people at their browsers."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.journeys import steps
from tests.journeys.traces import Traces, noting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.browser import NewPage
from tests.support.logs import logging_to
from tests.support.world import World


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The instant it is; it runs on, and tests move it further."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def world(live_server: LiveServer, clock: time_machine.Traveller) -> World:
    """The rows the live server shows."""
    del live_server, clock
    return worlds.build()


@pytest.fixture
def traces(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Traces]:
    """What a journey leaves behind. Where a secret or a patient stands in it, the journey fails."""
    del live_server
    left = Traces()
    noting(left, monkeypatch)
    with logging_to(left.log):
        yield left
    assert left.left() == []


@pytest.fixture
def new_page(new_page: NewPage, traces: Traces) -> NewPage:
    """Opens a page for one more visitor, whose traces are looked at."""

    def followed(**options: Any) -> Page:
        page = new_page(**options)
        traces.follow(page)
        return page

    return followed


@pytest.fixture
def front_desk(world: World, new_page: NewPage) -> Page:
    """The front desk's browser, signed in, on the home page."""
    return steps.given_signed_in(new_page(), world["front_desk"])


@pytest.fixture
def operations(world: World, new_page: NewPage) -> Page:
    """The browser of the plan's operations desk, signed in, on the home page."""
    return steps.given_signed_in(new_page(), world["operations"])
