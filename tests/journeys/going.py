"""A page there is, and the way to it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.support.world import World

Going = Callable[[Page, World], object]


@dataclass(frozen=True, slots=True)
class Place:
    """A page and the way to it; `says` is in its heading or its message."""

    name: str
    go: Going
    says: str


def at(address: str) -> Going:
    """The way to a page with an address of its own."""
    return lambda page, world: page.goto(address)
