"""Logs: one line per event, structured, never a body, a form field or a query string (SECURITY.md, Data)."""

import traceback
from collections.abc import Iterator
from typing import Any

import structlog
from structlog.typing import ExcInfo


def without_words(exc_info: ExcInfo) -> str:
    """Where an exception came from and of what kind it is, its causes first, without what it says.

    The words of an exception may hold what the request was about: a database names the value it refused.
    """
    return "\n".join(reversed(list(_chain(exc_info[1]))))


def _chain(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        yield "".join([*traceback.format_tb(error.__traceback__), kind])
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _configure() -> dict[str, Any]:
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.ExceptionRenderer(without_words),
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            # "Not found" is told with its path, and somebody may have typed anything into it.
            "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
            # Every passkey that is added or used, by its id; the audit has it by whose it is.
            "fido2": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        },
    }


LOGGING = _configure()
