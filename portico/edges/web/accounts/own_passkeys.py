"""Adding, naming and removing one's own passkeys."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.accounts.second_factors import own_factors, own_passkeys
from portico.domains.accounts.second_factors.own_factors import Change
from portico.edges.web import asking, browsers
from portico.edges.web.accounts import factors, passkeys
from portico.edges.web.accounts.forms import NewPasskeyForm, PasskeyNameForm

ADDED: Final = "Your passkey is set up. Sign in with it from now on, with or without your password."
NAMED: Final = "The passkey has its new name."
REMOVED: Final = "The passkey is removed. Everybody else who was signed in with your account was signed out."


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@factors.after_first_sign_in
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a name and a passkey; a POST brings both."""
    actor = asking.actor_of(request)
    if not own_factors.prepare(actor=actor):
        return factors.answer(request, Change.NOT_PASSED, "")
    if request.method == "GET":
        return _page(request, NewPasskeyForm(initial={"name": browsers.name_of(request)}))
    form, challenge = NewPasskeyForm(request.POST), passkeys.challenge(request)
    if form.is_valid():
        change = own_passkeys.add(actor=actor, challenge=challenge, **form.cleaned_data)
        if change is Change.DONE:
            asking.passed_factor(request)
        if change is not Change.NOT_SHOWN:
            return factors.answer(request, change, ADDED)
        form.add_error(None, factors.NOT_CHANGED[change])
    return _page(request, form)


@require_POST
@factors.after_first_sign_in
def question(request: HttpRequest) -> HttpResponse:
    """Ask the browser for a new passkey."""
    asked = own_passkeys.propose(actor=asking.actor_of(request))
    if isinstance(asked, Change):
        return factors.answer(request, asked, "")
    return passkeys.question(request, asked)


@require_http_methods(["GET", "POST"])
@factors.after_first_sign_in
def one(request: HttpRequest, number: int) -> HttpResponse:
    """A passkey, with its name to be changed and the way to remove it; a POST names it."""
    actor = asking.actor_of(request)
    passkey = own_passkeys.one(actor=actor, passkey_id=number)
    if passkey is None:
        raise Http404
    form = PasskeyNameForm(request.POST or None, initial={"name": passkey.name})
    if request.method == "POST" and form.is_valid():
        change = own_passkeys.rename(actor=actor, passkey_id=number, **form.cleaned_data)
        return factors.answer(request, change, NAMED)
    context = {"passkey": passkey, "form": form}
    return render(request, "accounts/passkey.html", context, status=422 if form.errors else 200)


@require_POST
@factors.after_first_sign_in
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Remove a passkey; this session alone goes on."""
    removal = own_passkeys.remove(actor=asking.actor_of(request), passkey_id=number)
    return factors.removed(request, removal, REMOVED)


def _page(request: HttpRequest, form: NewPasskeyForm) -> HttpResponse:
    return render(request, "accounts/passkey_new.html", {"form": form}, status=422 if form.errors else 200)
