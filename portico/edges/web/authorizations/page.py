"""One request: where it stands and whose turn it is, its services, questions, papers, talks and history."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.authorizations import reading
from portico.domains.authorizations.facts.shown import AuthorizationPage
from portico.edges.web import asking
from portico.edges.web.authorizations import forms, history, page_words
from portico.edges.web.authorizations.results import row
from portico.edges.web.codes import authorizations as codes

NOT_NOW: Final = "not-now"
"""The address of a page says so where somebody is led back from what is not open."""


@require_safe
def page(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Show a request; `from` names the search one came from."""
    return show(request, authorization)


def show(
    request: HttpRequest, authorization: UUID, *, note: forms.NoteForm | None = None, status: int = 200
) -> HttpResponse:
    """The page, with the form of a note as it was sent, if it was."""
    try:
        told = reading.read(actor=asking.actor_of(request), authorization=authorization)
    except reading.AuthorizationNotFound as error:
        raise Http404 from error
    context = {
        "page": told,
        "not_now": NOT_NOW in request.GET,
        "back": _search_of(request),
        "note": note or forms.NoteForm(),
        **said(told),
    }
    return render(request, "authorizations/authorization.html", context, status=status)


def said(told: AuthorizationPage) -> dict[str, Any]:
    """The words of the page."""
    listed = told.listed
    return {
        "listed": listed,
        "row": row(listed),
        "headline": page_words.headline(listed),
        "next": page_words.next_step(listed),
        "level": codes.LEVELS[listed.level],
        "clock": page_words.clock(listed),
        "facts": page_words.facts(told),
        "parties": page_words.parties(told),
        "services": [page_words.service(each, listed) for each in told.services],
        "asked": [page_words.question(each) for each in told.asked],
        "documents": [page_words.document(each) for each in told.documents],
        "letters": [(each, page_words.LETTERS.get(each.kind, "Letter")) for each in told.letters],
        "talks": [(each, page_words.TALKS.get(each.state, each.state)) for each in told.talks],
        "happened": history.of(told),
        "steps": page_words.next_steps(told),
    }


def _search_of(request: HttpRequest) -> UUID | None:
    """The search that led here, to go back to."""
    try:
        return UUID(request.GET.get("from", ""))
    except ValueError:
        return None
