"""The plan's list of what needs an authorization, for everybody: to look in, and whole as CSV and JSON."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.authorizations import requirement_plain, requirement_public
from portico.domains.authorizations.requirement_public import UnknownVersion
from portico.domains.plan import catalogue
from portico.edges.web import asking, csv_written
from portico.edges.web.requirements import words
from portico.edges.web.requirements.forms import LookForm


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The rules of a version; without one, of today's."""
    lines = catalogue.line_names()
    form = LookForm(request.GET, lines=list(lines.items()))
    asked = form.cleaned_data if form.is_valid() else {}
    try:
        found = requirement_public.found(actor=asking.actor_of(request), **asked)
    except UnknownVersion as error:
        if asked.get("version"):
            raise Http404 from error
        return render(request, "requirements/list.html", {"form": form})
    rows = [
        {
            "rule": rule,
            "system": words.SYSTEMS[rule.system],
            "codes": words.codes(rule),
            "answer": words.ANSWERS[rule.answer],
            "tone": words.TONES[rule.answer],
            "decider": words.decider(rule) if rule.answer == "required" else "",
            "conditions": words.conditions(rule, lines),
        }
        for rule in found.rules
    ]
    context = {"form": form, "found": found, "rows": rows, "is_asked": any(asked.values())}
    return render(request, "requirements/list.html", context, status=422 if form.errors else 200)


@require_safe
def as_csv(request: HttpRequest, version: str) -> HttpResponse:
    """A version whole, as a table."""
    try:
        found, rules = requirement_public.whole(actor=asking.actor_of(request), version=version)
    except UnknownVersion as error:
        raise Http404 from error
    heads = ["version", "effective_on", *requirement_plain.PUBLIC]
    same = [found.version, found.effective_on.isoformat()]
    rows = [[*same, *(_cell(rule[name]) for name in requirement_plain.PUBLIC)] for rule in rules]
    return csv_written.attached(f"authorization-list-{found.version}.csv", heads, rows)


@require_safe
def as_json(request: HttpRequest, version: str) -> HttpResponse:
    """A version whole, for programs."""
    try:
        found, rules = requirement_public.whole(actor=asking.actor_of(request), version=version)
    except UnknownVersion as error:
        raise Http404 from error
    document = {
        "plan": catalogue.identity().name,
        "version": found.version,
        "effective_on": found.effective_on.isoformat(),
        "effective_until": found.until.isoformat() if found.until else None,
        "published_at": found.published_at.isoformat(),
        "digest": found.digest,
        "rules": rules,
    }
    return JsonResponse(document, json_dumps_params={"indent": 1})


def _cell(value: object) -> str:
    return "|".join(value) if isinstance(value, list) else str(value or "")
