"""Searching for requests: a search is a POST, so nothing of a patient stands in the address."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.authorizations import finding
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import require
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue
from portico.edges.web import asking, parts
from portico.edges.web.authorizations import forms
from portico.edges.web.parts import Part

WAYS: Final = (
    (forms.MEMBER_ID, "Member ID"),
    (forms.NUMBER, "Authorization number"),
    (forms.NAME, "Name"),
    (forms.SSN, "Social Security number"),
    (forms.DAYS, "Days of service"),
)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Ask for requests; the answer has an address of its own, where it is decided and audited."""
    actor, part = asking.actor_of(request), parts.of(request)
    way = request.GET.get("by", forms.MEMBER_ID)
    if way not in forms.FORMS:
        raise Http404
    require(actor, Function.AUTHORIZATION_INQUIRY, line=part.line or None, region=part.region or None)
    form = form_for(actor, way, request.POST if request.method == "POST" else None, part=part)
    if request.method == "POST" and form.is_valid():
        return redirect("authorizations_found", inquiry=finding.ask(actor=actor, asked=form.asked()))
    context = {"form": form, "ways": WAYS, "way": way}
    return render(request, "authorizations/search.html", context, status=422 if form.errors else 200)


def form_for(actor: Actor, way: str, data: Any = None, *, part: Part = parts.WHOLE) -> forms.SearchForm:
    """The form of one way to search, offering the tax IDs and lines this actor may ask for in that part."""
    scope = decide(actor, part.question(Function.AUTHORIZATION_INQUIRY)).scope
    names, held = catalogue.line_names(), scope.lines()
    lines = [(code, name) for code, name in names.items() if held is None or code in held]
    return forms.FORMS[way](data, tax_ids=sorted(scope.tax_ids()), lines=lines, within=part.line)
