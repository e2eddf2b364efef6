"""The search for a provider.

What is typed is sent, and answered by the address that shows the result: it holds what was chosen and, of a
place, the ZIP code alone. Our logs keep no query of an address, and the audit keeps nothing of a search but
that it was made. From a member's page only the line and the day come along.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.directory import finding, sights
from portico.domains.directory.finding import Found
from portico.domains.directory.sights import Seen
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue
from portico.edges.web import asking, csv_written, parts
from portico.edges.web.finding import words
from portico.edges.web.finding.forms import FindForm

HEADS = (
    *("npi", "name", "specialty", "group", "address", "city", "state", "postal_code", "telephone"),
    *("miles", "networks", "languages", "accepts_new_patients", "telehealth", "accessible", "confirmed"),
)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Ask who is looked for, and show who is found."""
    actor = asking.actor_of(request)
    if request.method == "POST":
        form = _form(request, request.POST)
        if form.is_valid() and decide(actor, Question(sights.function(actor))).allowed:
            return redirect(f"{reverse('providers')}?{form.query()}")
        return _opened(request, actor, form)
    form = _form(request, request.GET if _is_asked(request) else None)
    if not form.is_valid():
        return _opened(request, actor, form)
    found = finding.find(actor=actor, wanted=form.wanted(), after=request.GET.get("after", ""))
    return render(request, "finding/search.html", {"form": form, **_told(request, actor, form, found)})


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The first 500 found, as CSV, for who is signed in."""
    actor, form = asking.actor_of(request), _form(request, request.GET)
    if not form.is_valid():
        return _opened(request, actor, form, function=Function.PROVIDER_SEARCH)
    found = finding.find(actor=actor, wanted=form.wanted(), size=finding.MOST, to_take_home=True)
    name = f"providers-{form.cleaned_data['on']:%Y%m%d}.csv"
    return csv_written.attached(name, HEADS, map(_cells, found.page.rows))


def _form(request: HttpRequest, sent: QueryDict | None) -> FindForm:
    return FindForm(
        sent,
        today=asking.actor_of(request).today,
        lines=catalogue.choices().lines,
        choices=finding.choices(),
        line=parts.of(request).line,
    )


def _is_asked(request: HttpRequest) -> bool:
    return any(name in request.GET for name in FindForm.base_fields)


def _opened(
    request: HttpRequest, actor: Actor, form: FindForm, *, function: Function | None = None
) -> HttpResponse:
    with permit(actor, function or sights.function(actor)) as given:
        given.conclude("opened")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "finding/search.html", {"form": form}, status=status)


def _told(request: HttpRequest, actor: Actor, form: FindForm, found: Found) -> dict[str, Any]:
    query, key = form.query(), found.page.next_key
    more = QueryDict(query, mutable=True)
    more["after"] = key or ""
    asked = form.cleaned_data
    return {
        "is_asked": True,
        "found": found,
        "rows": words.rows(found.page.rows),
        "query": query,
        "next_query": more.urlencode() if key else "",
        "is_later_page": "after" in request.GET,
        "line_name": catalogue.choices().line_names.get(asked["line"], ""),
        "on": asked["on"],
        "near": asked["near"],
        "within": asked["within"],
        "nearby": found.nearby.value,
        "may_take_home": asking.is_signed_in(request),
        "with_places": sights.shown(actor) is sights.Shown.ALL,
    }


def _cells(seen: Seen) -> Sequence[str]:
    names = catalogue.choices().line_names
    return (
        *(seen.npi, seen.name, seen.specialty, seen.group_name, seen.address, seen.city, seen.state),
        *(seen.postal_code, seen.telephone, "" if seen.miles is None else f"{seen.miles:.1f}"),
        *("; ".join(names.get(line, line) for line in seen.lines), "; ".join(seen.languages)),
        *map(words.yes, (seen.accepts_new_patients, seen.telehealth, seen.is_accessible)),
        "no" if seen.is_unconfirmed else seen.attested_on.isoformat() if seen.attested_on else "",
    )
