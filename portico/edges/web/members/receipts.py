"""Eligibility receipts: getting one, those the office holds, and one as a page and as PDF/UA."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portico.domains.members import lookups, receipts
from portico.domains.members.answers import Verdict
from portico.domains.members.papers import ReceiptFacts
from portico.edges.web import asking
from portico.edges.web.documents import eligibility_receipt
from portico.edges.web.members import printing, words
from portico.shared import identifiers


@require_POST
def give(request: HttpRequest, lookup: UUID) -> HttpResponse:
    """Give a receipt of the answer just seen."""
    try:
        facts = receipts.give(actor=asking.actor_of(request), lookup=lookup)
    except lookups.LookupNotFound as error:
        raise Http404 from error
    return redirect("receipt", reference=facts.reference)


@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    """The receipts this office holds, newest first, those a later change touched marked."""
    page = receipts.recent(actor=asking.actor_of(request), after=request.GET.get("after", ""))
    rows = [(row, words.STATUS[row.verdict], words.TONES[row.verdict], _now(row)) for row in page.rows]
    return render(request, "members/receipts.html", {"rows": rows, "next_key": page.next_key})


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """One receipt as a page."""
    facts = _read(request, reference)
    context = {
        "receipt": facts,
        "grouped": identifiers.group_reference(facts.reference),
        "headline": words.receipt_headline(facts),
        "tone": words.TONES[facts.verdict],
        "span": words.span(facts.coverage) if facts.coverage else "",
        "tax_id": identifiers.format_tax_id(facts.tax_id),
        "changed_to": _now(facts),
    }
    return render(request, "members/receipt.html", context)


@require_safe
def as_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """One receipt as PDF/UA."""
    facts = _read(request, reference)
    address = request.build_absolute_uri(reverse("receipt", args=[facts.reference]))
    document = printing.receipt(facts, verdict=words.receipt_headline(facts), verification_url=address)
    name = f'inline; filename="eligibility-receipt-{facts.reference}.pdf"'
    headers = {"Content-Disposition": name}
    return HttpResponse(eligibility_receipt.render(document), content_type="application/pdf", headers=headers)


def _read(request: HttpRequest, reference: str) -> ReceiptFacts:
    try:
        return receipts.read(actor=asking.actor_of(request), reference=reference)
    except receipts.ReceiptNotFound as error:
        raise Http404 from error


def _now(facts: ReceiptFacts) -> str:
    return words.STATUS[Verdict(facts.changed_to)] if facts.changed_to else ""
