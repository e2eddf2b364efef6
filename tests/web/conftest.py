"""What every visit stands on: one instant, the small world, and browsers signed in."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
import time_machine
from django.test import Client

from tests.support import visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The instant it is; tests move it on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None, clock: time_machine.Traveller) -> World:
    """The rows."""
    del db, clock
    return worlds.build()


@pytest.fixture
def front_desk(world: World) -> Client:
    """The front desk's browser."""
    return visiting.sign_in(world["front_desk"])


@pytest.fixture
def operations(world: World) -> Client:
    """The browser of the plan's operations desk."""
    return visiting.sign_in(world["operations"])


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    """Every line the product logs, as an operator reads it."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(_configured())
    loggers = [logging.getLogger(), logging.getLogger("django")]
    for logger in loggers:
        logger.addHandler(handler)
    yield kept
    for logger in loggers:
        logger.removeHandler(handler)


def _configured() -> logging.Formatter:
    formatters = (handler.formatter for handler in logging.getLogger().handlers)
    return next(each for each in formatters if isinstance(each, structlog.stdlib.ProcessorFormatter))
