"""Every route of the resolver, those of the demo among them."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings
from django.urls import URLPattern, URLResolver, clear_url_caches, get_resolver

from portico.config import urls


@contextmanager
def of_the_demo() -> Iterator[None]:
    """The addresses as the demo has them."""
    try:
        with override_settings(DEMO=True):
            _read_again()
            yield
    finally:
        _read_again()


def names() -> tuple[str, ...]:
    """The names of all routes; a route without one answers the text of its address."""
    return tuple(_names(get_resolver().url_patterns, ""))


def _names(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns, address)
        else:
            yield pattern.name or f"/{address}"


def _read_again() -> None:
    clear_url_caches()
    importlib.reload(urls)
