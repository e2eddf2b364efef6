"""Taking over an office without an administrator: asked, taken back, objected to here or by mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.access.officers import objecting, recovering
from portico.domains.access.officers.recovering import CannotClaim, HoldsPatients
from portico.edges.web import asking, mailed
from portico.edges.web.accounts.profile_forms import LinkForm
from portico.edges.web.officers import words
from portico.edges.web.officers.forms import ClaimForm

PATIENTS = "This looks like something about a patient. Leave it out: we only need to know whom to ask."


@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """How it stands with one's own office, and what one can do about it."""
    return _page(request, ClaimForm())


@sensitive_post_parameters("text")
@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Ask for the office."""
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        recovering.claim(actor=asking.actor_of(request), text=form.cleaned_data["text"])
    except HoldsPatients:
        form.add_error("text", PATIENTS)
        return _page(request, form)
    except CannotClaim as error:
        messages.error(request, words.CANNOT_CLAIM[error.code])
    else:
        messages.success(request, "We have it. The plan makes sure with your office next.")
    return redirect("recovery")


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take one's own claim back."""
    is_done = recovering.withdraw(actor=asking.actor_of(request))
    messages.success(request, "You took it back." if is_done else "There was nothing to take back.")
    return redirect("recovery")


@require_POST
def object_here(request: HttpRequest) -> HttpResponse:
    """Stop somebody else's claim, as a colleague."""
    is_done = objecting.by_colleague(actor=asking.actor_of(request))
    messages.success(request, "It is stopped." if is_done else "There was nothing to stop.")
    return redirect("recovery")


@mailed.by_link
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def object_by_link(request: HttpRequest) -> HttpResponse:
    """Stop a claim by the link of a mail; only its form does, and whoever opens it need not be signed in."""
    secret = mailed.secret_of(request)
    if request.method == "GET":
        return render(request, "officers/objection.html", {"form": LinkForm(initial={"t": secret})})
    if not objecting.by_link(actor=asking.actor_of(request), secret=secret):
        return render(request, "officers/objection_over.html", status=404)
    return render(request, "officers/objected.html")


def _page(request: HttpRequest, form: ClaimForm) -> HttpResponse:
    try:
        own = recovering.own(actor=asking.actor_of(request))
    except CannotClaim as error:
        return render(request, "officers/no_office.html", {"says": words.CANNOT_CLAIM[error.code]})
    context = {
        "own": own,
        "form": form,
        "hindrance": words.CANNOT_CLAIM.get(own.hindrance, ""),
        "refused": words.REFUSALS.get(own.refused, ""),
    }
    return render(request, "officers/recovery.html", context, status=422 if form.errors else 200)
