"""Pages of topics: all of them, and what stands under one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.library import topics
from portico.domains.library.topics import Row, UnknownTopic
from portico.domains.plan import catalogue
from portico.edges.web import asking, parts
from portico.edges.web.parts import Part
from portico.edges.web.reading import shown, words


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """All topics, with how much stands under each."""
    found = topics.every(actor=asking.actor_of(request), part=shown.part_of(request))
    return render(request, "reading/topics.html", {"topics": found, "said": parts.said(parts.of(request))})


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """What stands under one topic; what is hidden by the line is said."""
    actor, part, after = asking.actor_of(request), shown.part_of(request), request.GET.get("after", "")
    try:
        found = topics.one(actor=actor, code=code, part=part, after=after)
    except UnknownTopic as error:
        raise Http404 from error
    here, names = parts.of(request), catalogue.line_names()
    context = {
        "found": found,
        "rows": [in_words(row) for row in found.page.rows],
        "said": parts.said(here),
        "elsewhere": [
            (names.get(line, line), many, parts.address(request, Part(line, here.region), request.path_info))
            for line, many in found.elsewhere.items()
        ],
        "is_signed_in": asking.is_signed_in(request),
    }
    return render(request, "reading/topic.html", context)


def in_words(row: Row) -> tuple[Row, str, str]:
    """A row of a list, what kind it is, and the lines it is for."""
    return row, words.KINDS[row.kind], words.lines(row.lines)
