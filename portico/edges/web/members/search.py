"""Searching for a member, choosing among several, and asking for another day."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.members import eligibility, lookups
from portico.domains.members import search as searching
from portico.domains.members.answers import Found
from portico.domains.members.asked import NoAnswer, NotAnswered
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import require
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue
from portico.edges.web import asking, parts
from portico.edges.web.members import forms, words
from portico.edges.web.parts import Part

WAYS = ((forms.MEMBER_ID, "Member ID"), (forms.SSN, "Social Security number"), (forms.NAME, "Name"))


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Ask for a member by one of three ways; a search is a POST, so nothing stands in the address."""
    actor, way = asking.actor_of(request), request.GET.get("by", forms.MEMBER_ID)
    form = _form(request, actor, way)
    if request.method == "POST" and form.is_valid():
        answer = searching.find(actor=actor, inquiry=form.inquiry())
        if isinstance(answer, Found):
            return redirect("patient" if answer.chosen else "patient_choose", lookup=answer.lookup)
        return _nothing(request, form, way, answer)
    return _page(request, form, way, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, lookup: UUID) -> HttpResponse:
    """Choose among the people a search found, such as those on one policy."""
    actor = asking.actor_of(request)
    try:
        if request.method == "POST":
            chosen = searching.choose(actor=actor, lookup=lookup, key=request.POST.get("member", ""))
            return redirect("patient", lookup=chosen)
        found = eligibility.candidates(actor=actor, lookup=lookup)
    except lookups.LookupNotFound as error:
        raise Http404 from error
    if not found.candidates:
        raise Http404
    people = [
        (
            person,
            words.relationship(person.relationship),
            words.STATUS[person.verdict],
            words.TONES[person.verdict],
        )
        for person in found.candidates
    ]
    return render(request, "members/choose.html", {"people": people})


@require_POST
def move(request: HttpRequest, lookup: UUID) -> HttpResponse:
    """Ask about the same person on another day."""
    form = forms.AsOfForm(request.POST)
    if not form.is_valid():
        return render(request, "members/as_of.html", {"form": form, "lookup": lookup}, status=422)
    try:
        answer = searching.move(
            actor=asking.actor_of(request), lookup=lookup, as_of=form.cleaned_data["as_of"]
        )
    except lookups.LookupNotFound as error:
        raise Http404 from error
    if isinstance(answer, NotAnswered):
        said = words.nothing(answer, {})
        form.add_error("as_of", f"{said.title}. {' '.join(said.tries)}")
        return render(request, "members/as_of.html", {"form": form, "lookup": lookup}, status=422)
    return redirect("patient", lookup=answer)


def form_for(
    actor: Actor, way: str, data: QueryDict | None = None, *, part: Part = parts.WHOLE
) -> forms.SearchForm:
    """The form of one way to search, offering the tax IDs and lines this actor may ask for in that part."""
    scope = decide(actor, part.question(Function.ELIGIBILITY)).scope
    names, held = catalogue.line_names(), scope.lines()
    lines = [(code, name) for code, name in names.items() if held is None or code in held]
    tax_ids = sorted(scope.tax_ids())
    return forms.FORMS[way](data, tax_ids=tax_ids, lines=lines, today=actor.today, within=part.line)


def _form(request: HttpRequest, actor: Actor, way: str) -> forms.SearchForm:
    if way not in forms.FORMS:
        raise Http404
    part = parts.of(request)
    require(actor, Function.ELIGIBILITY, line=part.line or None, region=part.region or None)
    return form_for(actor, way, request.POST if request.method == "POST" else None, part=part)


def _nothing(request: HttpRequest, form: forms.SearchForm, way: str, answer: NotAnswered) -> HttpResponse:
    said = words.nothing(answer, catalogue.line_names())
    status = 429 if answer.reason is NoAnswer.SLOW_DOWN else 200
    response = _page(request, form, way, status=status, nothing=said)
    if answer.again_at is not None:
        seconds = int((answer.again_at - asking.actor_of(request).asked_at).total_seconds()) + 1
        response.headers["Retry-After"] = str(max(seconds, 1))
    return response


def _page(request: HttpRequest, form: forms.SearchForm, way: str, **more: Any) -> HttpResponse:
    status = more.pop("status")
    context = {"form": form, "ways": WAYS, "way": way, **more}
    return render(request, "members/search.html", context, status=status)
