"""The claims a search found, page by page, or why there are none."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portico.domains.claims import finding, matching
from portico.domains.claims.answers import ClaimFacts, Found
from portico.domains.claims.asked import Asked, Lines
from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.claims import forms, words
from portico.edges.web.codes import states

TABS = ((Lines.ALL, "All"), (Lines.GROUP, "Group"), (Lines.INDIVIDUAL, "Individual"))


@require_safe
def results(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """The claims of a search; a tab and a status narrow it, and stand in the address."""
    return show(request, inquiry, chosen=request.GET)


def show(
    request: HttpRequest, inquiry: UUID, *, chosen: Any, status: int = 200, save: forms.SaveForm | None = None
) -> HttpResponse:
    """The list as `chosen` narrows it, with the form that keeps its search."""
    actor = asking.actor_of(request)
    asked = narrowed(_asked(actor, inquiry), chosen)
    answer = finding.find(actor=actor, asked=asked, after=chosen.get("after", ""))
    names = catalogue.line_names()
    context = {"inquiry": inquiry, "asked": asked, "said": words.asked(asked), **_filters(asked)}
    context |= {"answer": answer, "save": save or forms.SaveForm()}
    if isinstance(answer, Found):
        rows = [row(claim, names) for claim in answer.claims]
        context |= {"rows": rows, "next": _next(asked, answer.next_key)}
    else:
        context |= {"nothing": words.nothing(answer, names)}
    return render(request, "claims/results.html", context, status=status)


def narrowed(asked: Asked, chosen: Any) -> Asked:
    """The question within the tab and the status chosen; what is none of them is left as it was."""
    lines, status = chosen.get("lines", ""), chosen.get("status", "")
    return replace(
        asked,
        lines=Lines(lines) if lines in list(Lines) else asked.lines,
        status=status if status in matching.STATUSES else asked.status,
    )


def row(claim: ClaimFacts, line_names: dict[str, str]) -> dict[str, Any]:
    """A claim as a list shows it."""
    return {
        "claim": claim,
        "state": words.state(claim),
        "tone": states.TONES[claim.status],
        "line": line_names.get(claim.line, claim.line),
        "more": words.waits(claim),
    }


def _asked(actor: Actor, inquiry: UUID) -> Asked:
    try:
        return finding.asked_in(actor=actor, inquiry=inquiry)
    except finding.InquiryNotFound as error:
        raise Http404 from error


def _filters(asked: Asked) -> dict[str, Any]:
    """The tabs and the statuses, each with the address that leads to it."""
    tabs = [(_query(lines=key, status=asked.status), label, key == asked.lines) for key, label in TABS]
    statuses = [("", "Every status"), *((key, words.status(key)) for key in matching.STATUSES)]
    return {"tabs": tabs, "statuses": statuses}


def _next(asked: Asked, key: str | None) -> str:
    return _query(lines=asked.lines, status=asked.status, after=key) if key else ""


def _query(**values: str) -> str:
    return urlencode({name: value for name, value in values.items() if value})
