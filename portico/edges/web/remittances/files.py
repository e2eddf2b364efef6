"""A payment to take home: its explanation as PDF/UA."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portico.domains.claims import payments
from portico.domains.claims.payments import PaymentNotFound
from portico.edges.web import asking
from portico.edges.web.remittances import printing
from portico.shared import pages


@require_safe
def as_pdf(request: HttpRequest, payment: UUID) -> HttpResponse:
    """The explanation of payment; `?part=2` is the second paper of a long one."""
    part = request.GET.get("part", "1")
    if not pages.is_row(part):
        raise Http404
    try:
        told = payments.explain(actor=asking.actor_of(request), payment=payment, part=int(part))
    except PaymentNotFound as error:
        raise Http404 from error
    headers = {"Content-Disposition": f'inline; filename="explanation-of-payment-{payment}-{int(part)}.pdf"'}
    return HttpResponse(printing.explanation(told), content_type="application/pdf", headers=headers)
