"""What an exchange stands on: one instant, the small world, and trading partners of two offices."""

import pytest

from tests.support.world import World
from tests.web.conftest import clock as clock
from tests.web.conftest import logs as logs
from tests.web.conftest import world as world
from tests.x12 import connecting
from tests.x12.connecting import Partner


@pytest.fixture
def lakeside(world: World) -> Partner:
    """The practice software of Lakeside."""
    del world
    connecting.name_the_plan()
    return connecting.a_partner()


@pytest.fixture
def hillcrest(lakeside: Partner) -> Partner:
    """The practice software of the other office."""
    del lakeside
    return connecting.a_stranger()
