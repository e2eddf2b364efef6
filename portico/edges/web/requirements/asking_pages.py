"""Is authorization required? The question, and the receipts of its answers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.authorizations import requirements
from portico.domains.authorizations.facts.answered import RequirementReceipt
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import require
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue
from portico.edges.web import asking, parts
from portico.edges.web.parts import Part
from portico.edges.web.requirements import words
from portico.edges.web.requirements.forms import QuestionForm
from portico.shared import identifiers, pages


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask; an answer has a receipt, which has an address of its own."""
    actor, part = asking.actor_of(request), parts.of(request)
    require(actor, Function.AUTHORIZATION_INQUIRY, line=part.line or None, region=part.region or None)
    form = _form(actor, request.POST if request.method == "POST" else None, part)
    if request.method == "POST" and form.is_valid():
        told = requirements.ask(actor=actor, asked=form.asked())
        if isinstance(told, RequirementReceipt):
            return redirect("requirement_answer", reference=told.reference)
        form.explain(told)
    return render(request, "requirements/ask.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    """The answers this office holds, newest first."""
    key = request.GET.get("after", "")
    page = requirements.recent(actor=asking.actor_of(request), after=key if pages.is_row(key) else "")
    rows = [(row, words.ANSWERS[row.answer], words.TONES[row.answer]) for row in page.rows]
    context = {"rows": rows, "next_key": page.next_key, "answers": words.ANSWERS}
    return render(request, "requirements/answers.html", context)


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """One receipt."""
    try:
        told = requirements.read(actor=asking.actor_of(request), reference=reference)
    except requirements.ReceiptNotFound as error:
        raise Http404 from error
    return render(request, "requirements/answer.html", said(told))


def said(told: RequirementReceipt) -> dict[str, Any]:
    """What pages show of a receipt."""
    return {
        "requirement": told,
        "grouped": identifiers.group_reference(told.reference),
        "headline": words.HEADLINES[told.answer],
        "tone": words.TONES[told.answer],
        "decider": words.decider(told),
        "system": words.SYSTEMS[told.system],
        "place": words.place(told.place),
        "network": words.NETWORKS.get(told.network, ""),
        "tax_id": identifiers.format_tax_id(told.tax_id),
        "later": words.ANSWERS.get(told.changed_to, ""),
    }


def _form(actor: Actor, data: Any, part: Part) -> QuestionForm:
    scope = decide(actor, part.question(Function.AUTHORIZATION_INQUIRY)).scope
    names, held = catalogue.line_names(), scope.lines()
    lines = [(code, name) for code, name in names.items() if held is None or code in held]
    return QuestionForm(
        data, tax_ids=sorted(scope.tax_ids()), lines=lines, today=actor.today, within=part.line
    )
