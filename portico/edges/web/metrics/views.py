"""The published figures on authorizations: anybody reads them, and takes them away as CSV or JSON."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.authorizations import metrics
from portico.domains.authorizations.metric_rules import FEW
from portico.domains.authorizations.metrics import Published
from portico.edges.web import asking, csv_written
from portico.edges.web.metrics import words


@require_safe
def page(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The figures of a year; without one, of the last that is over."""
    found = _found(request, year)
    levels = [
        (each, words.took(each.whole.average_hours), words.took(each.whole.median_hours), _lines(each))
        for each in words.levels(found)
    ]
    context = {"found": found, "levels": levels, "few": FEW, "others": len(found.years) > 1}
    return render(request, "metrics/figures.html", context)


@require_safe
def as_csv(request: HttpRequest, year: int) -> HttpResponse:
    """The same as a table."""
    found = _found(request, year)
    return csv_written.attached(f"authorizations-{year}.csv", words.HEADS, words.rows(found))


@require_safe
def as_json(request: HttpRequest, year: int) -> HttpResponse:
    """The same for programs, with the items that need an authorization."""
    return JsonResponse(words.document(_found(request, year)), json_dumps_params={"indent": 1})


def _found(request: HttpRequest, year: int | None) -> Published:
    found = metrics.published(now=asking.actor_of(request).asked_at, year=year)
    if found is None:
        raise Http404
    return found


def _lines(shown: words.Shown) -> list[dict[str, object]]:
    """The rows of a level's table, the times in words."""
    return [
        {
            "name": name,
            "figures": each,
            "average": words.took(each.average_hours),
            "median": words.took(each.median_hours),
        }
        for name, each in shown.lines
    ]
