"""Searching for claims: a search is a POST, so nothing of a patient stands in the address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.claims import finding
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import require
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue
from portico.edges.web import asking, parts
from portico.edges.web.claims import forms
from portico.edges.web.parts import Part


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Ask for claims; the answer has an address of its own, where it is decided and audited."""
    actor, part = asking.actor_of(request), parts.of(request)
    _check(actor, part)
    form = form_for(actor, request.POST if request.method == "POST" else None, part=part)
    if request.method == "POST" and form.is_valid():
        return redirect("claims_found", inquiry=finding.ask(actor=actor, asked=form.asked()))
    return render(request, "claims/search.html", {"form": form}, status=422 if form.errors else 200)


def form_for(
    actor: Actor, data: Any = None, *, part: Part = parts.WHOLE, initial: Any = None
) -> forms.SearchForm:
    """The form, offering the tax IDs and lines this actor may ask for in that part of the plan."""
    scope = decide(actor, part.question(Function.CLAIMS_INQUIRY)).scope
    names, held = catalogue.line_names(), scope.lines()
    lines = [(code, name) for code, name in names.items() if held is None or code in held]
    return forms.SearchForm(
        data, tax_ids=sorted(scope.tax_ids()), lines=lines, within=part.line, initial=initial
    )


def _check(actor: Actor, part: Part) -> None:
    """A form that could not be sent is not shown. Raises NotPermitted."""
    require(actor, Function.CLAIMS_INQUIRY, line=part.line or None, region=part.region or None)
