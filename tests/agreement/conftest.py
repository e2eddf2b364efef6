"""One instant, the small world with a few more members, and the five doors."""

import pytest

from tests.agreement import people
from tests.agreement.by_fhir import ByFhir
from tests.agreement.by_files import ByFiles
from tests.agreement.by_web import ByWeb
from tests.agreement.by_x12 import ByX12
from tests.agreement.heard import At, Door, Stand
from tests.support.world import World
from tests.web.conftest import clock as clock
from tests.web.conftest import world as world


@pytest.fixture
def doors(world: World) -> tuple[Door, ...]:
    """Every door, in front of the same world."""
    people.make()
    stand = Stand(world)
    by_web = ByWeb(stand)
    in_x12 = (ByX12(stand, At.REAL_TIME), ByX12(stand, At.BATCH))
    return by_web, ByFiles(stand, by_web), *in_x12, ByFhir(stand)
