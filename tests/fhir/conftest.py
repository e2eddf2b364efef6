"""What every question stands on: one instant, the small world, and applications with tokens."""

import pytest

from tests.fhir import clients
from tests.fhir.clients import Asker
from tests.support.world import World
from tests.web.conftest import clock as clock
from tests.web.conftest import logs as logs
from tests.web.conftest import world as world


@pytest.fixture
def software(world: World) -> Asker:
    """The office's own practice software."""
    return clients.register(world, clients.BY_KEY["office_software"])


@pytest.fixture
def visitor() -> Asker:
    """Somebody without a token."""
    return Asker("")
