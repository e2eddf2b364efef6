"""What a way of asking is made of: a page that a visitor may send a form to, and the sides that are compared.

Each answers its sides, by what they name: they must not be told apart. The first of them is nobody's, where
something of nobody's could be named there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.security import alike
from tests.security.alike import Side
from tests.support.world import World

Sides = dict[str, Side]


@dataclass(frozen=True, slots=True)
class Way:
    """A way of asking, at one route. Not `is_costed`: what it shows cannot be guessed.

    `says`: what stands in every answer, so that the sides are known to have come where they should.
    """

    route: str
    sides: Callable[[World], Sides]
    is_costed: bool = True
    says: str = ""


def sends(route: str, *typed: str, browser: Client | None = None, **form: str) -> Side:
    """A form that is sent to a route; by a stranger each time, unless from that browser."""
    return side(route, form, typed, browser)


def side(
    route: str, form: Mapping[str, Any], typed: tuple[str, ...] = (), browser: Client | None = None
) -> Side:
    """The same, of a form that is made already."""
    return Side(lambda: (browser or alike.stranger()).post(reverse(route), dict(form)), typed)
