"""What tests of requests stand on: a plan with three lines."""

import pytest

from portico.domains.members.tests import factories


@pytest.fixture
def plan(db: None) -> None:
    """The plan's lines of business and how fresh its feeds are."""
    factories.a_plan()
