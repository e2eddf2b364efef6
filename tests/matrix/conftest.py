"""What every test of the matrix has in common."""

import logging
from collections.abc import Iterator

import pytest
import time_machine

from tests.matrix import routes
from tests.support.actors import NOW


@pytest.fixture
def demo(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The demo's addresses, at one instant; a thousand refusals need no line each."""
    caplog.set_level(logging.ERROR, logger="django.request")
    with routes.of_the_demo(), time_machine.travel(NOW, tick=False):
        yield
