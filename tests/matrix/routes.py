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


def names(edge: str = "") -> tuple[str, ...]:
    """The names of all routes, or of one edge's; a route without one answers the text of its address."""
    return tuple(name for name, of in _named(get_resolver().url_patterns, "") if edge in ("", of))


def edges() -> frozenset[str]:
    """The edges that have any route."""
    return frozenset(of for _, of in _named(get_resolver().url_patterns, "") if of)


def _named(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, str]]:
    """Each route's name, and the edge whose view answers it."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns, address)
        else:
            _, _, within = pattern.callback.__module__.partition("portico.edges.")
            yield pattern.name or f"/{address}", within.partition(".")[0]


def _read_again() -> None:
    clear_url_caches()
    importlib.reload(urls)
