"""Routes of looking after people, from either side."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from portico.edges.web.people import acts, listing, person, resets
from portico.edges.web.people.sides import Side

_OF_A_PERSON: tuple[tuple[str, Callable[..., HttpResponse]], ...] = (
    ("unlock", acts.unlock),
    ("reactivate", acts.reactivate),
    ("invite", acts.invite),
    ("cancel", acts.cancel),
    ("reset", resets.begin),
    ("reset_agree", resets.agree),
    ("reset_refuse", resets.refuse),
)


def of(side: Side, *more: tuple[str, Callable[..., HttpResponse]]) -> list[URLPattern]:
    """The list, the page of one person, and what is done there; `more` is for this side alone."""
    given: dict[str, Any] = {"side": side}
    below = [
        path(f"<int:number>/{act.replace('_', '-')}/", view, given, name=f"{side.prefix}person_{act}")
        for act, view in (*_OF_A_PERSON, *more)
    ]
    return [
        path("", listing.listed, given, name=f"{side.prefix}people"),
        path("<int:number>/", person.shown, given, name=f"{side.prefix}person"),
        *below,
    ]
