"""The plan's letters about a request, for the offices of it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portico.domains.authorizations import letters
from portico.edges.web import asking
from portico.edges.web.authorization_letters import as_pdf


@require_safe
def letter(request: HttpRequest, authorization: UUID, letter: UUID) -> HttpResponse:
    """A letter as PDF; one of another office's request is as unknown as one that never was."""
    kept = letters.read(actor=asking.actor_of(request), authorization=authorization, letter=letter)
    if kept is None:
        raise Http404
    return as_pdf(kept)
