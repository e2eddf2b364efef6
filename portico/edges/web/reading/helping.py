"""Help: the questions people ask, the answer to one, and the way to the portal's own manual."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portico.domains.library import helping
from portico.domains.library.reading import UnknownDocument
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.reading import document


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every question that is answered, by topic; and what else helps."""
    found = helping.questions(actor=asking.actor_of(request))
    context = {"groups": found, "plan": catalogue.identity(), "is_signed_in": asking.is_signed_in(request)}
    return render(request, "reading/help.html", context)


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """The answer to one question."""
    try:
        found = helping.answer(actor=asking.actor_of(request), key=key)
    except UnknownDocument as error:
        raise Http404 from error
    return document.page(request, found)


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    """The portal's own manual; where the plan has none, every answer there is."""
    if helping.has_manual(actor=asking.actor_of(request)):
        return redirect("library_document", helping.PORTAL_MANUAL)
    return redirect("help")
