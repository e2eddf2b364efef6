"""The second steps somebody has, and what a change of them is answered with."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portico.domains.accounts.second_factors import own_factors
from portico.domains.accounts.second_factors.own_factors import Change, Removal
from portico.domains.permits.actors import AccountState
from portico.edges.web import asking

View = Callable[..., HttpResponse]

NOT_CHANGED: Final[Mapping[Change, str]] = {
    Change.NOT_PASSED: "This session began without your second step. Sign in again with it to change this.",
    Change.NOT_SHOWN: "The browser's answer was not accepted, or came too late. Try again.",
    Change.TOO_MANY: "You have as many passkeys as there can be. Remove one first.",
    Change.LAST: "This is your only second step, so it stays. Set up another one first.",
}


def after_first_sign_in(view: View) -> View:
    """A page of the account: somebody invited sets up a second step where it is the turn of that."""

    @wraps(view)
    def turned(request: HttpRequest, **arguments: int) -> HttpResponse:
        if asking.actor_of(request).account.state is AccountState.INVITED:
            return redirect("welcome")
        return view(request, **arguments)

    return turned


@require_safe
@after_first_sign_in
def second_steps(request: HttpRequest) -> HttpResponse:
    """Passkeys, authenticator and recovery codes, and the ways to change them."""
    held = own_factors.held(actor=asking.actor_of(request))
    return render(request, "accounts/factors.html", {"held": held})


def removed(request: HttpRequest, removal: Removal, done: str) -> HttpResponse:
    """The same after a removal: where it was done every session ended, and this one goes on."""
    if removal.change is Change.DONE:
        asking.go_on(request, epoch=removal.epoch)
    return answer(request, removal.change, done)


def answer(request: HttpRequest, change: Change, done: str) -> HttpResponse:
    """Back to the list, with a word on how it ended. Raises Http404 for what is not there."""
    if change is Change.NOT_FOUND:
        raise Http404
    if change is Change.DONE:
        messages.success(request, done)
    else:
        messages.error(request, NOT_CHANGED[change])
    return redirect("factors")
