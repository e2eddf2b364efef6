"""The search of the library: words, a topic, or a material number, in a part of the plan, as of a day.

What is typed is sent by POST, so that it stands in no address, no history and no log: somebody may type a
patient's name by mistake. Its answer is the page itself. An address may carry words (`?q=`) where somebody
wrote it so, as in a bookmark; the page makes none, and the access log keeps no query. Kinds and topics are
codes, and may stand in links: `?topic=claims`.

While somebody types, what is found so far is put in its place; without scripts the button does the same.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.library.search import finding
from portico.domains.library.search.asked import Asked, Found
from portico.edges.web import asking, parts
from portico.edges.web.library_search import words
from portico.edges.web.library_search.forms import SearchForm
from portico.edges.web.reading.words import KINDS

TYPING = "typing"


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Look for something; a material number that is there opens its document."""
    form = SearchForm(request.POST if request.method == "POST" else request.GET)
    is_valid, is_typing = form.is_valid(), TYPING in request.POST
    asked = form.asked(parts.of(request), is_being_typed=is_typing)
    found = finding.find(actor=asking.actor_of(request), asked=asked)
    if found.exact and is_valid and not is_typing:
        return redirect(words.url(found.exact, asked.on))
    template = "library_search/found.html" if is_typing else "library_search/search.html"
    context = {"form": form, **_told(request, asked, found)}
    return render(request, template, context, status=200 if is_valid else 422)


def _told(request: HttpRequest, asked: Asked, found: Found) -> dict[str, Any]:
    return {
        "found": found,
        "asked": asked,
        "rows": words.rows(found.hits, asked),
        "exact": words.rows([found.exact], asked)[0] if found.exact else None,
        "near": words.rows(found.near, asked),
        "other_line": words.switch(request, found.exact_elsewhere) if found.exact_elsewhere else None,
        "groups": words.groups(request, asked, found),
        "elsewhere": words.elsewhere(request, found),
        "said": parts.said(parts.of(request)),
        "kind": KINDS.get(asked.kind, ""),
        "topic": found.topics.get(asked.topic, ""),
        "before": found.page - 1 if found.page > 1 else None,
        "after": found.page + 1 if found.page < found.pages else None,
    }
