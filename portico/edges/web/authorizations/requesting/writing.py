"""The page of a draft: what is asked for, saved at every step; the drafts of the office."""

import re
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.authorizations import draft_handing, drafts
from portico.domains.authorizations.at_hand import FUNCTIONS
from portico.domains.authorizations.draft_content import MOST_SERVICES, Content
from portico.domains.authorizations.draft_faults import (
    NotYours,
    Outdated,
    TooLong,
    UnknownColleague,
    UnknownDraft,
)
from portico.domains.authorizations.drafts import Draft
from portico.edges.web import asking
from portico.edges.web.authorizations import labels
from portico.edges.web.authorizations.requesting import starting
from portico.edges.web.authorizations.requesting.draft_forms import DraftForm

STEPS: Final = ("Request", "Questions", "Documents", "Check and send")
ROUTES: Final = ("request_draft", "request_questions", "request_documents", "request_review")
ELSEWHERE: Final = "It was saved elsewhere meanwhile. What you see is what is kept; type your change again."
NOT_YOURS: Final = "A colleague has this draft now. Take it over to change it."
_REMOVE: Final = re.compile(r"remove-(\d{1,2})")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Write a request: save it, add or remove a service, or go on."""
    found = found_or_sent(request, draft)
    if isinstance(found, HttpResponse):
        return found
    if request.method != "POST":
        return _page(request, found, DraftForm(draft=found))
    form = DraftForm(request.POST, draft=found, rows=_rows(request))
    act = request.POST.get("do", "next")
    if not form.is_valid():
        return _page(request, found, form, status=422)
    removed = _REMOVE.fullmatch(act)
    content = form.without(int(removed[1])) if removed else form.content()
    if not saved(request, found, content) or act == "save":
        return redirect("request_draft", draft=draft)
    if act == "next":
        return redirect("request_questions", draft=draft)
    again = drafts.read(actor=asking.actor_of(request), draft=draft)
    more = 1 if act == "add" else 0
    return _page(request, again, DraftForm(draft=again, rows=len(content.services) + more))


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The drafts of the office: one's own first."""
    actor = asking.actor_of(request)
    functions = dict.fromkeys(FUNCTIONS[kind] for kind in starting.kinds_of(actor))
    rows = [row for each in functions for row in drafts.listing(actor=actor, function=each)]
    rows.sort(key=lambda row: (row.is_mine, row.changed_at), reverse=True)
    context = {"rows": [(row, labels.KINDS[row.kind]) for row in rows]}
    return render(request, "authorizations/requesting/drafts.html", context)


@require_POST
def hand_over(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Hand a draft to a colleague, who is told."""
    to = request.POST.get("to", "")
    try:
        number = int(to) if to.isdecimal() and len(to) <= _MOST_DIGITS else 0
        colleague = draft_handing.hand_over(actor=asking.actor_of(request), draft=draft, to=number)
    except UnknownDraft as error:
        raise Http404 from error
    except NotYours:
        messages.error(request, NOT_YOURS)
    except UnknownColleague:
        messages.error(request, "Choose a colleague of the list.")
    else:
        messages.success(request, f"{colleague.name} has the draft now, and a notice that says so.")
        return redirect("request_drafts")
    return redirect("request_review", draft=draft)


@require_POST
def take(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Take a draft over from a colleague."""
    try:
        draft_handing.take(actor=asking.actor_of(request), draft=draft)
    except UnknownDraft as error:
        raise Http404 from error
    messages.success(request, "The draft is yours now.")
    return redirect("request_draft", draft=draft)


@require_POST
def drop(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Throw a draft away."""
    try:
        draft_handing.drop(actor=asking.actor_of(request), draft=draft)
    except UnknownDraft as error:
        raise Http404 from error
    except NotYours:
        messages.error(request, NOT_YOURS)
        return redirect("request_draft", draft=draft)
    messages.success(request, "The draft is gone.")
    return redirect("request_drafts")


def found_or_sent(request: HttpRequest, draft: UUID) -> Draft | HttpResponse:
    """The draft; the way to its receipt where it was sent. Raises Http404."""
    try:
        return drafts.read(actor=asking.actor_of(request), draft=draft)
    except UnknownDraft as error:
        return receipt_or_unknown(draft, error)


def receipt_or_unknown(draft: UUID, error: UnknownDraft) -> HttpResponse:
    """The way to the receipt of a draft that was sent. Raises Http404."""
    if error.sent_as is None:
        raise Http404 from error
    return redirect("request_sent", draft=draft)


def saved(request: HttpRequest, found: Draft, content: Content) -> bool:
    """Was it kept? If not, the next page says why."""
    version = request.POST.get("version", "")
    number = int(version) if version.isdecimal() and len(version) <= _MOST_DIGITS else found.version
    actor = asking.actor_of(request)
    try:
        drafts.save(actor=actor, draft=found.listed.id, content=content, version=number)
    except UnknownDraft as error:
        raise Http404 from error
    except NotYours:
        messages.error(request, NOT_YOURS)
    except Outdated:
        messages.error(request, ELSEWHERE)
    except TooLong:
        messages.error(request, "This is more than a request holds. Shorten what you typed.")
    else:
        return True
    return False


def frame(found: Draft, step: int) -> dict[str, Any]:
    """What every page of a draft shows around its own part."""
    return {
        "draft": found,
        "listed": found.listed,
        "patient": found.content.patient,
        "said": labels.KINDS[found.listed.kind],
        "steps": STEPS,
        "step": step,
        "routes": ROUTES[: step - 1],
    }


_MOST_DIGITS: Final = 9


def _rows(request: HttpRequest) -> int:
    typed = request.POST.get("rows", "")
    return min(int(typed), MOST_SERVICES) if typed.isdecimal() and len(typed) <= _MOST_DIGITS else 0


def _page(request: HttpRequest, found: Draft, form: DraftForm, *, status: int = 200) -> HttpResponse:
    context = frame(found, 1) | {"form": form, "may_add": form.rows < MOST_SERVICES}
    return render(request, "authorizations/requesting/draft.html", context, status=status)
