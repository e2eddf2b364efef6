"""What tests of claims stand on: a plan with three lines, and people who may ask."""

import pytest

from portico.domains.members.tests import factories


@pytest.fixture
def plan(db: None) -> None:
    """The plan's lines of business and how fresh its feeds are."""
    factories.a_plan()
