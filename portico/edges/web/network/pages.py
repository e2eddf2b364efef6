"""The pages of offices outside the network: what is open to them, the form, and where a request is.

A sent form is answered by the page itself, which shows the tracking number this once: it stands in no address
and in no session. The same form sent again, as by a double click, is answered as the first time. What a wrong
number is told, every wrong number is told.
"""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.plan import catalogue
from portico.domains.registration import network, transaction_ids
from portico.domains.registration.network import Asked, BadWish, Standing, TooMany, TooManyTries
from portico.domains.registration.network_rules import Decline, Stage
from portico.edges.web import addresses, asking
from portico.edges.web.accounts.sign_in import until
from portico.edges.web.network import words
from portico.edges.web.network.forms import TrackingForm, WishForm
from portico.shared.identifiers import BadIdentifier

_PLACES = {Stage.RECEIVED: 2, Stage.IN_REVIEW: 2}
_ENDS = {Stage.INVITED: "Invited", Stage.DECLINED: "Answered", Stage.WITHDRAWN: "Taken back"}
Follow = Callable[..., Standing | None]


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What is open without an account, what taking part means, and how to ask."""
    return render(request, "network/about.html", {"plan": catalogue.identity()})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to take part; what was sent is answered with its tracking number."""
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = _asked(request, form)
        except TooMany as error:
            return _too_many(request, error)
        if asked is not None:
            return _received(request, asked)
    return render(request, "network/ask.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Ask for the tracking number; a POST tells where its request is."""
    form = TrackingForm(request.POST or None)
    return _follow(request, form, network.look) if form.is_valid() else _status_form(request, form)


@sensitive_post_parameters()
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the request back, and show how it stands now."""
    form = TrackingForm(request.POST)
    return _follow(request, form, network.withdraw) if form.is_valid() else _status_form(request, form)


def _asked(request: HttpRequest, form: WishForm) -> Asked | None:
    """What was kept; None, and said in the form, where something will not do. Raises TooMany."""
    address, key = addresses.client_address(request), form.cleaned_data["once"]
    try:
        return network.ask(actor=asking.actor_of(request), wish=form.wish(), address=address, key=key)
    except BadWish as error:
        for name, code in error.faults.items():
            form.add_error(name if name in form.fields else None, words.FAULTS[code])
    return None


def _received(request: HttpRequest, asked: Asked) -> HttpResponse:
    context = {
        "tracking_number": asked.tracking_number,
        "grouped": transaction_ids.shown(asked.tracking_number),
        "due_at": asked.due_at,
    }
    return render(request, "network/received.html", context)


def _too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    context = {"until": error.until, "plan": catalogue.identity()}
    response = render(request, "network/too_many.html", context, status=429)
    return _waiting(request, response, error.until)


def _follow(request: HttpRequest, form: TrackingForm, follow: Follow) -> HttpResponse:
    """How the request of the number stands after following it so, or the form with what is wrong."""
    typed, address = form.cleaned_data["tracking_number"], addresses.client_address(request)
    try:
        found = follow(actor=asking.actor_of(request), tracking_number=typed, address=address)
    except BadIdentifier as error:
        form.add_error("tracking_number", words.FAULTS[error.code])
        return _status_form(request, form)
    except TooManyTries as error:
        form.add_error(None, words.CLOSED.format(until=until(error.until)))
        response = _status_form(request, form)
        response.status_code = 429
        return _waiting(request, response, error.until)
    if found is None:
        form.add_error("tracking_number", words.UNKNOWN)
        return _status_form(request, form)
    return _told(request, found, transaction_ids.parse(typed))


def _told(request: HttpRequest, found: Standing, tracking_number: str) -> HttpResponse:
    context = {
        "found": found,
        "tracking_number": tracking_number,
        "said": words.STAGES[found.stage],
        "declined": words.DECLINES[found.reason] if found.reason else None,
        "may_register": found.reason is Decline.TAKES_PART,
        "labels": ["Received", "With the plan", _ENDS.get(found.stage, "Answered")],
        "current": _PLACES.get(found.stage, 4),
        "is_late": found.decided_at is None and found.due_at < asking.actor_of(request).asked_at,
    }
    return render(request, "network/status_of.html", context)


def _status_form(request: HttpRequest, form: TrackingForm) -> HttpResponse:
    return render(request, "network/status.html", {"form": form}, status=422 if form.errors else 200)


def _waiting(request: HttpRequest, response: HttpResponse, until: datetime) -> HttpResponse:
    """Say when it goes on."""
    seconds = (until - asking.actor_of(request).asked_at).total_seconds()
    response.headers["Retry-After"] = str(max(1, round(seconds)))
    return response
