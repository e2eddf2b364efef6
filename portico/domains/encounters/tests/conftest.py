"""What every test of encounters stands on."""

import pytest

from portico.domains.encounters.tests import sending


@pytest.fixture
def world(db: None) -> None:
    """A plan, a member, a provider."""
    sending.a_world()
