"""Username and password, in two places: at once where everything agreed, and behind the mailed link.

Both begin the first session. What the second asks besides, the transaction ID, was never in a mail.
"""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.registration import completion, instant
from portico.domains.registration.completion import DeadLink, WrongId
from portico.domains.registration.finishing import (
    BadUsername,
    Completed,
    Lost,
    TooManyNames,
    UsernameTaken,
    WeakPassword,
)
from portico.domains.registration.following import TooManyTries
from portico.domains.registration.instant import NothingToComplete
from portico.edges.web import addresses, asking, mailed
from portico.edges.web.accounts.sign_in import until
from portico.edges.web.register import marks
from portico.edges.web.register.fault_words import FAULTS
from portico.edges.web.register.opening_forms import CompletionForm, OpeningForm
from portico.edges.web.register.reason_words import REASONS
from portico.shared.identifiers import BadIdentifier

TAKEN: Final = "Somebody has this username already. Choose another, perhaps with a digit."
TOO_MANY_NAMES: Final = "Too many of these usernames were taken. No other is looked at {until}."
WRONG_ID: Final = "This transaction ID does not belong to this link. {left}"
NOTHING: Final = (
    "There is no account to be opened here. Where your registration is, its transaction ID tells you."
)


CHOSEN: Final = ("username", "password", "transaction_id")
CHOOSING: Final = (BadUsername, WeakPassword, UsernameTaken, TooManyNames)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """Choose username and password of a registration that agrees with what the plan has on file."""
    if asking.is_signed_in(request):
        return redirect("register_next")
    if "username" not in request.POST:
        return _asked(request, request.POST.get("transaction_id", ""))
    form = OpeningForm(request.POST)
    return _open(request, form) if form.is_valid() else _page(request, form, "opening")


def _open(request: HttpRequest, form: OpeningForm) -> HttpResponse:
    chosen = {name: form.cleaned_data[name] for name in CHOSEN}
    try:
        done = instant.complete(
            actor=asking.actor_of(request),
            mark="" if chosen["transaction_id"] else marks.of(request),
            address=addresses.client_address(request),
            **chosen,
        )
    except (NothingToComplete, BadIdentifier, TooManyTries):
        return _nothing(request)
    except Lost as error:
        return _lost(request, error)
    except CHOOSING as error:
        return _again(request, form, error, "opening")
    return _begin(request, done)


@mailed.by_link
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def complete(request: HttpRequest) -> HttpResponse:
    """Behind a mailed link: the transaction ID, and the username and password that are chosen."""
    secret = mailed.secret_of(request)
    if request.POST.get("act") == "sign_out":
        asking.end(request)
    elif asking.is_signed_in(request):
        context = {"secret": secret, "name": asking.actor_of(request).name}
        return render(request, "register/signed_in.html", context)
    if request.method == "GET" or "act" in request.POST:
        is_open = completion.state(actor=asking.actor_of(request), secret=secret)
        return (
            _page(request, CompletionForm(initial={"t": secret}), "complete") if is_open else _dead(request)
        )
    form = CompletionForm(request.POST)
    return _complete(request, form, secret) if form.is_valid() else _page(request, form, "complete")


def _complete(request: HttpRequest, form: CompletionForm, secret: str) -> HttpResponse:
    chosen = {name: form.cleaned_data[name] for name in CHOSEN}
    try:
        done = completion.complete(
            actor=asking.actor_of(request),
            secret=secret,
            address=addresses.client_address(request),
            **chosen,
        )
    except DeadLink:
        return _dead(request)
    except Lost as error:
        return _lost(request, error)
    except (*CHOOSING, BadIdentifier, WrongId) as error:
        return _again(request, form, error, "complete")
    return _begin(request, done)


def _again(request: HttpRequest, form: OpeningForm, error: Exception, name: str) -> HttpResponse:
    """The page again, with what is wrong beside the field it is about."""
    match error:
        case WeakPassword():
            form.explain(error)
        case UsernameTaken():
            form.add_error("username", TAKEN)
        case BadUsername():
            form.add_error("username", FAULTS["username_format"])
        case TooManyNames():
            form.add_error(None, TOO_MANY_NAMES.format(until=until(error.until)))
        case BadIdentifier():
            form.add_error("transaction_id", FAULTS[error.code])
        case WrongId():
            form.add_error("transaction_id", WRONG_ID.format(left=_left(error.left)))
    return _page(request, form, name)


def _left(tries: int) -> str:
    if tries <= 0:
        return "The link has ended."
    return "One try is left before the link ends." if tries == 1 else f"{tries} tries are left."


def _asked(request: HttpRequest, transaction_id: str) -> HttpResponse:
    """The empty form, where there is something to be opened."""
    try:
        is_open = instant.may_complete(
            actor=asking.actor_of(request),
            mark="" if transaction_id else marks.of(request),
            transaction_id=transaction_id,
            address=addresses.client_address(request),
        )
    except (BadIdentifier, TooManyTries):
        is_open = False
    if not is_open:
        return _nothing(request)
    return _page(request, OpeningForm(initial={"transaction_id": transaction_id}), "opening")


def _begin(request: HttpRequest, done: Completed) -> HttpResponse:
    """In: a session of their own, and the mark of this browser is of no use any more."""
    asking.begin(request, user_id=done.user_id, epoch=done.epoch, second_factor=False)
    response = redirect("register_next")
    marks.drop(response)
    return response


def _page(request: HttpRequest, form: forms.Form, name: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form}
    return render(request, f"register/{name}.html", context, status=422 if form.errors else 200)


def _dead(request: HttpRequest) -> HttpResponse:
    return render(request, "register/dead_link.html", status=404)


def _lost(request: HttpRequest, error: Lost) -> HttpResponse:
    """Somebody else was first, or the plan looks after all: the reason, and where to follow it."""
    return render(request, "register/lost.html", {"said": REASONS[error.reason]}, status=409)


def _nothing(request: HttpRequest) -> HttpResponse:
    """To the page that tells where it is; what was only opened by its address keeps no word of it."""
    if request.method == "POST":
        messages.warning(request, NOTHING)
    return redirect("register_status")
