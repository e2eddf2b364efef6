"""Resetting somebody's second factors: one person asks, another agrees or refuses."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.access import factor_resetting
from portico.domains.access.factor_resetting import MayNotDecide, NoRequest, NothingToReset
from portico.edges.web import asking
from portico.edges.web.people import words
from portico.edges.web.people.acts import Page, ask, attempt
from portico.edges.web.people.forms import ReasonForm
from portico.edges.web.people.sides import Side

ASKING = Page(
    "Ask to reset the second factors of {name}?",
    "A second person has to agree within three days. Then the authenticator, passkeys, recovery codes and "
    "known browsers are taken away and every session ends; {name} signs in with the password and sets up a "
    "new factor before anything opens that needs one. {name} is told by mail now, and when it is done.",
    "Ask for it",
    is_grave=True,
)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """Ask for a reset, and say why."""
    form = ReasonForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return ask(request, side, number, ASKING, form)

    def act() -> str:
        actor, why = asking.actor_of(request), form.cleaned_data["why"]
        factor_resetting.ask(actor=actor, function=side.function, user_id=number, why=why)
        return "It is asked for. Another person has to agree."

    return _decided(request, side, number, act)


@require_POST
def agree(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """Agree to what somebody else asked for."""

    def act() -> str:
        factor_resetting.approve(actor=asking.actor_of(request), function=side.function, user_id=number)
        return "The second factors are reset, and every session ended."

    return _decided(request, side, number, act)


@require_POST
def refuse(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """Refuse it, or take one's own request back."""

    def act() -> str:
        factor_resetting.refuse(actor=asking.actor_of(request), function=side.function, user_id=number)
        return "The second factors stay as they are."

    return _decided(request, side, number, act)


def _decided(request: HttpRequest, side: Side, number: int, act: Callable[[], str]) -> HttpResponse:
    try:
        return attempt(request, side, number, act)
    except MayNotDecide as error:
        messages.error(request, words.HINDRANCES[error.hindrance])
    except NoRequest:
        messages.error(request, "It was decided meanwhile, or is over.")
    except NothingToReset:
        messages.error(request, "There is no second factor to reset, or a request is open already.")
    return redirect(side.person(number))
