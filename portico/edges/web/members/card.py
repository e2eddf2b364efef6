"""The member ID card, as a PDF and as a picture."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portico.domains.members import cards, lookups
from portico.edges.web import asking
from portico.edges.web.documents import id_card
from portico.edges.web.members import printing


@require_safe
def as_pdf(request: HttpRequest, lookup: UUID) -> HttpResponse:
    """Both sides as PDF/UA."""
    return _file(id_card.render(_card(request, lookup)), "application/pdf", "member-id-card.pdf")


@require_safe
def as_png(request: HttpRequest, lookup: UUID) -> HttpResponse:
    """The front as a picture."""
    return _file(id_card.picture(_card(request, lookup)), "image/png", "member-id-card.png")


def _card(request: HttpRequest, lookup: UUID) -> id_card.IdCard:
    try:
        answer = cards.of(actor=asking.actor_of(request), lookup=lookup)
    except lookups.LookupNotFound as error:
        raise Http404 from error
    return printing.card(answer)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
