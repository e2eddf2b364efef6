"""What the product logs, as an operator reads it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import structlog


@contextmanager
def logging_to(kept: TextIO) -> Iterator[None]:
    """Have every line written there, too."""
    handler = logging.StreamHandler(kept)
    handler.setFormatter(_configured())
    loggers = [logging.getLogger(), logging.getLogger("django")]
    for logger in loggers:
        logger.addHandler(handler)
    yield
    for logger in loggers:
        logger.removeHandler(handler)


def _configured() -> logging.Formatter:
    formatters = (handler.formatter for handler in logging.getLogger().handlers)
    return next(each for each in formatters if isinstance(each, structlog.stdlib.ProcessorFormatter))
