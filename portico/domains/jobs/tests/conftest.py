"""What the tests of jobs have in common."""

from typing import Any

import pytest

from portico.domains.jobs.tests import making


@pytest.fixture
def clock() -> making.Clock:
    """A clock of this test's own."""
    return making.Clock()


@pytest.fixture(autouse=True)
def _known_kinds(settings: Any) -> None:
    settings.JOB_HANDLERS = {making.KIND: "portico.domains.jobs.tests.counting.Count", "tick": "unused.Tick"}
    settings.JOB_SCHEDULE = {}
