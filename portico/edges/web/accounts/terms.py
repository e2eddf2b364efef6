"""The terms of use: every version, for anybody to read; the one in force, to be agreed to once signed in."""

from collections.abc import Sequence
from typing import Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.accounts.joining import terms as own_terms
from portico.domains.accounts.joining.terms import Agreement
from portico.domains.plan import terms as plan_terms
from portico.domains.plan.terms import Terms
from portico.edges.web import addresses, agreeing, asking, middleware
from portico.edges.web.accounts.terms_text import blocks

PUBLISHED_MEANWHILE: Final = (
    "While you were reading, the plan published the version that stands here now. Read it, and agree to it."
)


class AgreeForm(forms.Form):
    """Agreeing to the text of one digest."""

    digest = forms.CharField(widget=forms.HiddenInput(), max_length=64)
    agree = forms.BooleanField(
        label="I Agree to these terms",
        error_messages={"required": "Tick this to agree. Without it the portal stays closed to you."},
    )


@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """The version in force, and the list of all."""
    every = plan_terms.versions()
    return _page(request, every[0] if every else None, every)


@require_safe
def version(request: HttpRequest, version: str) -> HttpResponse:
    """One version, as it was published."""
    found = plan_terms.of(version)
    if found is None:
        raise Http404
    return _page(request, found, plan_terms.versions())


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Show the terms in force and take the agreement to just these; then go on."""
    if not asking.is_signed_in(request):
        return middleware.to_sign_in(request)
    if request.method == "GET":
        return _ask(request)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return _ask(request, form)
    agreement = own_terms.accept(
        actor=asking.actor_of(request),
        digest=form.cleaned_data["digest"],
        address=addresses.client_address(request),
    )
    if agreement is Agreement.OTHER_IN_FORCE:
        return _ask(request, is_other=True)
    messages.success(request, "Thank you. You agreed to the terms of use.")
    return redirect(agreeing.target(request))


def _ask(request: HttpRequest, form: AgreeForm | None = None, *, is_other: bool = False) -> HttpResponse:
    """The terms in force with their form; a tick set under an older text is not taken over."""
    asked = own_terms.asked(actor=asking.actor_of(request))
    digest = asked.terms.digest if asked.terms else ""
    if form is not None and form.data.get("digest") != digest:
        form, is_other = None, True
    context = {
        "asked": asked,
        "blocks": blocks(asked.terms.text) if asked.terms else (),
        "form": form or AgreeForm(initial={"digest": digest}),
        "is_other": is_other and asked.terms is not None,
        "other": PUBLISHED_MEANWHILE,
        "target": agreeing.target(request),
    }
    return render(request, "accounts/terms_accept.html", context, status=422 if form or is_other else 200)


def _page(request: HttpRequest, shown: Terms | None, every: Sequence[Terms]) -> HttpResponse:
    context = {
        "shown": shown,
        "blocks": blocks(shown.text) if shown else (),
        "versions": every,
        "is_in_force": bool(every) and shown == every[0],
    }
    return render(request, "accounts/terms.html", context)
