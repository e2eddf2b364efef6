"""The small world, for tests that need its offices."""

import pytest

from portico.domains.permits.actors import Actor
from tests.support import world as worlds
from tests.support.world import World


@pytest.fixture
def world(db: None) -> World:
    """The rows."""
    del db
    return worlds.build()


@pytest.fixture
def fay(world: World) -> Actor:
    """The front desk."""
    return worlds.actor(world["front_desk"])
