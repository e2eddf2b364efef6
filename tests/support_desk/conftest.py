"""The small world at its instant."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The instant it is."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None, clock: time_machine.Traveller) -> World:
    """The rows."""
    del db, clock
    return worlds.build()
