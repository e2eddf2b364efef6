"""Pages of one side are for that side: an office's for its administrators, the plan's for its desk.

What is done on them asks by what the actor holds, whichever address it came through; so each page asks first
whether its own function is held.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from portico.domains.permits.permit import require
from portico.edges.web import asking
from portico.edges.web.people.sides import Side

View = Callable[..., HttpResponse]


def by_side(view: View) -> View:
    """The view, for whoever holds the function of its side; anybody else is told why not."""

    @wraps(view)
    def opened(request: HttpRequest, side: Side, **named: Any) -> HttpResponse:
        check(request, side)
        return view(request, side, **named)

    return opened


def check(request: HttpRequest, side: Side) -> None:
    """Is the function of this side held? Raises NotPermitted, which leaves its row."""
    actor = asking.actor_of(request)
    require(actor, side.function)
