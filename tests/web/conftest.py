"""What every visit stands on: one instant, the small world, and browsers signed in."""

import io
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests.support import visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.logs import logging_to
from tests.support.world import World


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The instant it is; tests move it on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None, clock: time_machine.Traveller) -> World:
    """The rows."""
    del db, clock
    return worlds.build()


@pytest.fixture
def front_desk(world: World) -> Client:
    """The front desk's browser."""
    return visiting.sign_in(world["front_desk"])


@pytest.fixture
def operations(world: World) -> Client:
    """The browser of the plan's operations desk."""
    return visiting.sign_in(world["operations"])


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    """Every line the product logs, as an operator reads it."""
    kept = io.StringIO()
    with logging_to(kept):
        yield kept
