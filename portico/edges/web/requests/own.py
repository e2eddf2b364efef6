"""One's own access requests: the list with its clock, a new one, one of them, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.access.asking import requests, views
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.edges.web import asking
from portico.edges.web.requests import words
from portico.edges.web.requests.forms import WishForm


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What one has asked for, the newest first."""
    actor = asking.actor_of(request)
    page = views.mine(actor=actor, key=request.GET.get("after", ""))
    context = {
        "rows": [words.shown(each) for each in page.rows],
        "next_key": page.next_key,
        "decides": decide(actor, Question(Function.MANAGE_USERS)).allowed,
    }
    return render(request, "requests/own.html", context)


@sensitive_post_parameters("note")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for what is missing; a page that was closed sends here what was missed, and where.

    Without `send` the form is shown with what was sent already filled in.
    """
    actor, is_sent = asking.actor_of(request), "send" in request.POST
    form = WishForm(request.POST if is_sent else None, actor=actor, prefilled=request.POST)
    if not is_sent or not form.is_valid():
        with permit(actor, Function.ACCESS_REQUEST) as given:
            given.conclude("access_request_form")
    else:
        try:
            made = requests.make(actor=actor, wish=form.wish())
        except requests.CannotAsk as error:
            form.add_error(form.field_of(words.FIELDS.get(error.why)), words.CANNOT[error.why])
        except requests.HoldsPatients as error:
            form.add_error("note", words.patients(error.found["note"]))
        else:
            messages.success(request, "Your request is on its way. You are told when it is answered.")
            return redirect("access_request", made)
    return render(request, "requests/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def one(request: HttpRequest, number: UUID) -> HttpResponse:
    """One request, with whom it lies, and what came of it."""
    try:
        found = views.my_own(actor=asking.actor_of(request), public_id=number)
    except views.UnknownRequest as error:
        raise Http404 from error
    context = {"shown": words.shown(found), "given": [_given(each) for each in found.given]}
    return render(request, "requests/one.html", context)


@require_POST
def withdraw(request: HttpRequest, number: UUID) -> HttpResponse:
    """Take it back."""
    if not requests.withdraw(actor=asking.actor_of(request), public_id=number):
        raise Http404
    messages.success(request, "Your request is taken back.")
    return redirect("access_requests")


def _given(kept: views.Given) -> tuple[str, bool]:
    """What was given, and whether somebody confirms it before it counts."""
    return words.given(kept), kept.state == "proposed"
