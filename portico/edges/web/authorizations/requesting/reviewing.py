"""The last step of a request: read once more, with what is wrong or to be known; sent; its receipt."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.authorizations import document_kinds, draft_checking, questions
from portico.domains.authorizations.at_hand import UnknownRequest
from portico.domains.authorizations.draft_checking import Looked
from portico.domains.authorizations.draft_content import Content, ServiceTyped, diagnoses_of
from portico.domains.authorizations.draft_faults import NotYours, Outdated, UnknownDraft
from portico.domains.authorizations.facts.requested import Kind, Level, Problem, Sent
from portico.domains.authorizations.facts.shown import State
from portico.edges.web import asking
from portico.edges.web.authorizations import labels
from portico.edges.web.authorizations.requesting import problem_words, writing

_MOST_DIGITS = 9
FOLLOWS_NONE = (
    "The request that this one follows cannot be asked anew now: it is looked at again, is another "
    "patient's, or is not your office's. Throw this draft away and begin a new one."
)
STATES = {
    State.IN_REVIEW: "The plan has it, and decides.",
    State.APPROVED: "It is approved as you asked for it.",
    State.PENDED: "The plan asks you for more before it decides.",
    State.NOT_NEEDED: "Nobody has to approve this: you may go on. This is kept as a notice.",
}


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, draft: UUID) -> HttpResponse:
    """What will be sent, and what is said to it; posted, it is sent."""
    actor = asking.actor_of(request)
    try:
        if request.method == "POST":
            return _sent(request, draft)
        looked = draft_checking.look(actor=actor, draft=draft)
    except UnknownDraft as error:
        return writing.receipt_or_unknown(draft, error)
    return _page(request, looked, looked.faults, looked.warnings)


@require_safe
def sent(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The receipt of a request that was sent: its number, when it came in, the receipts of its documents."""
    try:
        receipt = draft_checking.receipt(actor=asking.actor_of(request), draft=draft)
    except UnknownDraft as error:
        raise Http404 from error
    documents = [(each, labels.DOCUMENTS[document_kinds.known(each.kind)]) for each in receipt.documents]
    context = {
        "receipt": receipt,
        "said": labels.KINDS[Kind(receipt.kind)],
        "state": STATES.get(receipt.state, "The plan has it."),
        "documents": documents,
    }
    return render(request, "authorizations/requesting/sent.html", context)


def _sent(request: HttpRequest, draft: UUID) -> HttpResponse:
    actor, typed = asking.actor_of(request), request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) <= _MOST_DIGITS else 0
    anyway = bool(request.POST.get("sends_anyway"))
    try:
        answer = draft_checking.send(actor=actor, draft=draft, version=version, sends_anyway=anyway)
    except NotYours:
        messages.error(request, writing.NOT_YOURS)
        return redirect("request_review", draft=draft)
    except Outdated:
        messages.error(request, "It was saved elsewhere meanwhile. Read it once more, then send it.")
        return redirect("request_review", draft=draft)
    except UnknownRequest:
        messages.error(request, FOLLOWS_NONE)
        return redirect("request_review", draft=draft)
    if isinstance(answer, Sent):
        return redirect("request_sent", draft=draft)
    looked = draft_checking.look(actor=actor, draft=draft)
    return _page(request, looked, answer.faults, answer.warnings, status=422)


def _page(
    request: HttpRequest,
    looked: Looked,
    faults: Sequence[Problem],
    warnings: Sequence[Problem],
    *,
    status: int = 200,
) -> HttpResponse:
    content, whole = looked.draft.content, looked.questionnaire
    context = writing.frame(looked.draft, 4) | {
        "faults": problem_words.faults(faults),
        "warnings": problem_words.warnings(warnings),
        "facts": _facts(looked, content),
        "services": [_service(each) for each in content.services],
        "answers": questions.said(whole.questions, looked.answers) if whole else (),
        "documents": [
            (each, labels.DOCUMENTS[document_kinds.known(each.kind)]) for each in looked.draft.documents
        ],
    }
    return render(request, "authorizations/requesting/review.html", context, status=status)


def _facts(looked: Looked, content: Content) -> list[tuple[str, str]]:
    names = dict(looked.draft.requesters) | dict(looked.draft.named)
    told = (
        ("level", labels.LEVELS.get(content.level, "")),
        ("urgency", content.urgency if content.level == Level.EXPEDITED else ""),
        ("requesting", _who(names, content.requesting)),
        ("servicing", _who(names, content.servicing)),
        ("facility", _who(names, content.facility)),
        ("place", labels.place(content.place) if content.place else ""),
        ("diagnoses", ", ".join(map(labels.diagnosis, diagnoses_of(content.diagnoses)))),
        ("contact_name", content.contact_name),
        ("contact_telephone", content.contact_telephone),
        ("requirement", content.requirement),
    )
    return [(labels.label(name), value) for name, value in told if value]


def _who(names: dict[str, str], npi: str) -> str:
    return f"{names[npi]} (NPI {npi})" if npi in names else f"NPI {npi}" if npi else ""


def _service(typed: ServiceTyped) -> dict[str, str]:
    code = "-".join((typed.code, *typed.modifiers.split())) if typed.code else ""
    kind = labels.service_type(typed.service_type) if typed.service_type else ""
    unit = labels.UNITS.get(typed.unit, typed.unit).lower()
    days = [_day(each) for each in dict.fromkeys((typed.first_on, typed.last_on)) if each]
    return {
        "what": ", ".join(filter(None, (code, kind))) or "No code yet",
        "quantity": f"{typed.quantity} {unit}" if typed.quantity else "Not said",
        "days": " to ".join(days) or "Not said",
    }


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%m/%d/%Y}"
