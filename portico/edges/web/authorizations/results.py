"""The requests a search found, page by page, or why there are none."""

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portico.domains.authorizations import asked as asking_for
from portico.domains.authorizations import finding
from portico.domains.authorizations.asked import Asked, Found, NothingFound
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.authorizations.facts.shown import Listed
from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.authorizations import labels, words
from portico.edges.web.codes import authorizations as codes

KINDS: Final = (("", "All"), *((kind, f"{labels.KINDS[kind]}s") for kind in Kind))


@require_safe
def results(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """The requests of a search; a kind and a state narrow it, and stand in the address."""
    actor = asking.actor_of(request)
    asked = narrowed(_asked(actor, inquiry), request.GET)
    answer = finding.find(actor=actor, asked=asked, after=request.GET.get("after", ""))
    context = {"inquiry": inquiry, "asked": asked, "said": words.asked(asked), **_filters(asked)}
    context["answer"] = answer
    if isinstance(answer, Found):
        context |= {"rows": list(map(row, answer.rows)), "next": _next(asked, answer.next_key)}
    else:
        context["nothing"] = words.nothing(answer, catalogue.line_names())
    response = render(request, "authorizations/results.html", context)
    return _slowed(response, answer, actor)


def narrowed(asked: Asked, chosen: Any) -> Asked:
    """The question within the kind and the state chosen; what is none of them is left as it was."""
    kind, state = chosen.get("kind", ""), chosen.get("state", "")
    return replace(
        asked,
        kind=kind if kind in list(Kind) else "",
        state=state if state in asking_for.STATES else "",
    )


def row(listed: Listed) -> dict[str, Any]:
    """A request as a list shows it."""
    return {
        "listed": listed,
        "kind": labels.KINDS[listed.kind],
        "state": codes.STATES[listed.state],
        "tone": codes.TONES[listed.state],
        "about": words.about(listed),
        "waits": words.waits(listed),
        "countdown": codes.countdown(listed.clock),
        "clock_tone": codes.clock_tone(listed.clock),
    }


def _slowed(response: HttpResponse, answer: Found | NothingFound, actor: Actor) -> HttpResponse:
    """Say when to ask again where searches were too many."""
    if isinstance(answer, NothingFound) and answer.again_at is not None:
        response.status_code = 429
        seconds = int((answer.again_at - actor.asked_at).total_seconds()) + 1
        response.headers["Retry-After"] = str(max(seconds, 1))
    return response


def _asked(actor: Actor, inquiry: UUID) -> Asked:
    try:
        return finding.asked_in(actor=actor, inquiry=inquiry)
    except finding.InquiryNotFound as error:
        raise Http404 from error


def _filters(asked: Asked) -> dict[str, Any]:
    """The kinds and the states, each with the address that leads to it."""
    tabs = [(_query(kind=key, state=asked.state), label, key == asked.kind) for key, label in KINDS]
    states = [("", "Every state"), *((key, words.state(key)) for key in asking_for.STATES)]
    return {"tabs": tabs, "states": states}


def _next(asked: Asked, key: str | None) -> str:
    return _query(kind=asked.kind, state=asked.state, after=key) if key else ""


def _query(**values: str) -> str:
    return urlencode({name: value for name, value in values.items() if value})
