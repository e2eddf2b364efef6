"""Contact without an account: how to reach the plan, and the forms for a call back and a question.

A sent form is answered by the page itself, which shows the reference this once: it stands in no address and
in no session. The same form sent again, as by a double click, is answered as the first time. Who asks too
often, or names a patient, is told so before anything is kept.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.plan import catalogue
from portico.domains.support import enquiries
from portico.domains.support.enquiries import HoldsPatients, NoWayBack, Received, TooMany
from portico.edges.web import addresses, asking, enquiry_words
from portico.edges.web.site import hours
from portico.edges.web.site.contact_forms import CallBackForm, EnquiryForm, QuestionForm
from portico.shared import identifiers

NO_WAY_BACK: Final = "Enter a mail address or a telephone number, so that we can answer."


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Every way to reach the plan without signing in."""
    context = {"plan": catalogue.identity(), "hours": hours.in_words(asking.actor_of(request))}
    return render(request, "site/contact.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def call_back(request: HttpRequest) -> HttpResponse:
    """Ask to be called."""
    return _page(request, "site/contact_call_back.html", CallBackForm(request.POST or None))


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest) -> HttpResponse:
    """Ask a question."""
    return _page(request, "site/contact_question.html", QuestionForm(request.POST or None))


def _page(request: HttpRequest, template: str, form: EnquiryForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            received = _ask(request, form)
        except TooMany as error:
            return _too_many(request, error)
        if received is not None:
            return _received(request, form, received)
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


def _ask(request: HttpRequest, form: EnquiryForm) -> Received | None:
    """What was kept; None, and said in the form, where it cannot be. Raises TooMany."""
    try:
        return enquiries.ask(
            actor=asking.actor_of(request),
            asked=form.asked(),
            address=addresses.client_address(request),
            key=form.cleaned_data["once"],
        )
    except NoWayBack:
        form.add_error("email", NO_WAY_BACK)
    except HoldsPatients as error:
        for name, signs in error.found.items():
            form.add_error(name, enquiry_words.refusal(signs))
    return None


def _received(request: HttpRequest, form: EnquiryForm, received: Received) -> HttpResponse:
    context = {
        "kind": form.kind,
        "reference": identifiers.group_reference(received.reference),
        "due_at": received.due_at,
        "is_mailed": bool(form.cleaned_data["email"]),
    }
    return render(request, "site/contact_received.html", context)


def _too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    context = {"until": error.until, "plan": catalogue.identity()}
    response = render(request, "site/contact_too_many.html", context, status=429)
    seconds = (error.until - asking.actor_of(request).asked_at).total_seconds()
    response.headers["Retry-After"] = str(max(1, round(seconds)))
    return response
