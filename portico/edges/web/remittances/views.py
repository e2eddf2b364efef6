"""Searching for payments, one payment with its claims, and one claim of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.claims import payments
from portico.domains.claims.inquiries import InquiryNotFound
from portico.domains.claims.payments import Found, PaymentNotFound
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.codes import payments as payment_words
from portico.edges.web.remittances import words
from portico.edges.web.remittances.forms import SearchForm


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The latest payments, and the search; it is sent, so that nobody stands in the address."""
    actor = asking.actor_of(request)
    form = SearchForm(request.POST if request.method == "POST" else None, tax_ids=tax_ids(actor))
    if form.is_bound and form.is_valid():
        kept = payments.ask(actor=actor, wanted=form.wanted())
        if kept.only is not None:
            return redirect("remittance", payment=kept.only)
        return redirect("remittances_found", inquiry=kept.inquiry)
    found = payments.find(actor=actor, after=request.GET.get("after", ""))
    return _list(request, form, found, status=422 if form.errors else 200)


@require_safe
def found(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """What a search finds, page by page."""
    actor = asking.actor_of(request)
    try:
        answer = payments.found(actor=actor, inquiry=inquiry, after=request.GET.get("after", ""))
    except InquiryNotFound as error:
        raise Http404 from error
    form = SearchForm(initial=SearchForm.as_typed(answer.wanted), tax_ids=tax_ids(actor))
    return _list(request, form, answer, is_asked=True)


@require_safe
def show(request: HttpRequest, payment: UUID) -> HttpResponse:
    """One payment."""
    after = request.GET.get("after", "")
    try:
        page = payments.read(actor=asking.actor_of(request), payment=payment, after=after)
    except PaymentNotFound as error:
        raise Http404 from error
    names = catalogue.line_names()
    context = {
        "page": page,
        "payment": page.payment,
        "method": payment_words.method(page.payment.method),
        "claims": [
            (row, words.decision(row.status), words.tone(row.status), names.get(row.line, ""))
            for row in page.claims.rows
        ],
        "adjustments": [(payment_words.adjustment(each.reason), each) for each in page.adjustments],
        "is_later_page": bool(after),
        "papers": range(1, page.papers + 1),
    }
    return render(request, "remittances/payment.html", context)


@require_safe
def claim(request: HttpRequest, payment: UUID, position: int) -> HttpResponse:
    """One claim as a payment decided it, its codes in words."""
    try:
        view = payments.claim(actor=asking.actor_of(request), payment=payment, position=position)
    except PaymentNotFound as error:
        raise Http404 from error
    context = {
        "view": view,
        "row": view.row,
        "decided": view.decided,
        "payment": view.payment,
        "decision": words.decision(view.row.status),
        "tone": words.tone(view.row.status),
        "line_name": catalogue.line_names().get(view.row.line, ""),
        "lines": words.lines(view.decided),
        "reasons": tuple(map(words.reason, view.decided.adjustments)),
        "remarks": words.remarks(view.decided),
        "legend": words.legend([view.decided]),
    }
    return render(request, "remittances/claim.html", context)


def tax_ids(actor: Actor) -> list[str]:
    """The tax IDs whose payments this actor may ask for."""
    return sorted(decide(actor, Question(Function.REMITTANCE)).scope.tax_ids())


def _list(request: HttpRequest, form: SearchForm, found: Found, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    context = {
        "form": form,
        "rows": [(row, payment_words.method(row.method)) for row in found.page.rows],
        "next_key": found.page.next_key,
        "tries": words.TRIES[found.why_none] if found.why_none else (),
        **more,
    }
    return render(request, "remittances/search.html", context, status=status)
