"""Is this provider in the network? The question, its receipt as a page, and as PDF/UA."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portico.domains.directory import network_answers, profiles
from portico.domains.directory.network_answers import Answer, AnswerNotFound, UnknownQuestion
from portico.domains.directory.profiles import NotListed
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.documents import eligibility_receipt
from portico.edges.web.finding import printing, words
from portico.edges.web.finding import profiles as pages
from portico.edges.web.finding.forms import NetworkForm
from portico.shared import identifiers


@require_POST
def ask(request: HttpRequest, npi: str) -> HttpResponse:
    """Answer with a receipt, and go to it."""
    actor = asking.actor_of(request)
    form = NetworkForm(request.POST, today=actor.today, lines=catalogue.choices().lines)
    try:
        if not form.is_valid():
            profile = profiles.of(actor=actor, npi=npi, on=actor.today)
            context = {"form": form, **pages.said(request, profile, "", form)}
            return render(request, "finding/provider.html", context, status=422)
        asked = form.cleaned_data
        answer = network_answers.ask(actor=actor, npi=npi, line=asked["line"], on=asked["on"])
    except (NotListed, UnknownQuestion) as error:
        raise Http404 from error
    return redirect("network_answer", reference=answer.reference)


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """One receipt as a page."""
    answer = _read(request, reference)
    return render(request, "finding/answer.html", said(answer))


@require_safe
def as_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """One receipt as PDF/UA."""
    answer = _read(request, reference)
    address = request.build_absolute_uri(reverse("network_answer", args=[answer.reference]))
    document = printing.receipt(answer, verification_url=address)
    headers = {"Content-Disposition": f'inline; filename="network-receipt-{answer.reference}.pdf"'}
    return HttpResponse(eligibility_receipt.render(document), content_type="application/pdf", headers=headers)


def said(answer: Answer) -> dict[str, object]:
    """What pages show of a receipt."""
    return {
        "answer": answer,
        "grouped": identifiers.group_reference(answer.reference),
        "headline": words.headline(answer),
        "tone": words.TONES[answer.verdict],
        "places": [(at, words.span(at.period)) for at in answer.places],
    }


def _read(request: HttpRequest, reference: str) -> Answer:
    try:
        return network_answers.read(actor=asking.actor_of(request), reference=reference)
    except AnswerNotFound as error:
        raise Http404 from error
