"""A payment to take home: its explanation as PDF/UA, and its 835."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portico.domains.claims import payment_files, payment_taking, payments
from portico.domains.claims.payments import PaymentNotFound
from portico.domains.plan import catalogue, days
from portico.edges.web import asking, attachments
from portico.edges.web.remittances import printing
from portico.shared import pages
from portico.transactions.remittances import writer


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


@require_safe
def as_835(request: HttpRequest, payment: UUID) -> HttpResponse:
    """The payment as an 835 of its own: as the plan sent it, or written anew where that is not kept."""
    try:
        try:
            content = payment_files.original(actor=asking.actor_of(request), payment=payment).content
        except payment_files.NotKept:
            content = _written(payment_taking.whole(actor=asking.actor_of(request), payment=payment))
    except PaymentNotFound as error:
        raise Http404 from error
    return attachments.sent(f"payment-{payment}.835", "application/edi-x12", content)


def _written(taken: payment_taking.WholePayment) -> bytes:
    """The payment's 835 written anew: it balances as the one that came in did."""
    plan = catalogue.identity()
    sends = writer.Plan(
        name=plan.name,
        sender=plan.payer_id or plan.short_name,
        receiver=taken.facts.tax_id,
        telephone=plan.telephone,
    )
    return writer.one(
        taken.sent, plan=sends, at=days.local(taken.facts.loaded_at), control_number=taken.number
    )
