"""The first step of a request: what is asked for, and the patient, found as in Patient Info."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.authorizations import drafts
from portico.domains.authorizations.at_hand import FUNCTIONS
from portico.domains.authorizations.drafts import Begun, Several
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.members.asked import NoAnswer, NotAnswered
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import require
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.authorizations import labels
from portico.edges.web.authorizations.requesting import start_forms
from portico.edges.web.members import forms as member_forms
from portico.edges.web.members import words as member_words
from portico.edges.web.members.search import WAYS
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a request for a patient; among several one is chosen."""
    actor, way = asking.actor_of(request), request.GET.get("by", member_forms.MEMBER_ID)
    form = _form(request, actor, way)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kind, follows = Kind(given["kind"]), _uuid(request.GET.get("follows", ""))
        begun = drafts.begin(actor=actor, kind=kind, tax_id=given["tax_id"], by=form.by(), follows=follows)
        if isinstance(begun, Begun):
            return redirect("request_draft", draft=begun.id)
        if isinstance(begun, Several):
            return _several(request, begun, kind, given["tax_id"])
        return _page(request, form, way, begun)
    return _page(request, form, way, status=422 if form.errors else 200)


@sensitive_post_parameters()
@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Begin the request for the one chosen among several, by the key that was offered."""
    kind, tax_id = request.POST.get("kind", ""), request.POST.get("tax_id", "")
    actor, key = asking.actor_of(request), request.POST.get("member", "")
    if kind not in kinds_of(actor):
        raise Http404
    try:
        tax_id = identifiers.parse_tax_id(tax_id)
        begun = drafts.choose(actor=actor, kind=Kind(kind), tax_id=tax_id, key=key)
    except BadIdentifier as error:
        raise Http404 from error
    if isinstance(begun, NotAnswered):
        raise Http404
    return redirect("request_draft", draft=begun.id)


def kinds_of(actor: Actor) -> list[Kind]:
    """The kinds of request that this person may send somewhere; who may send none is told why."""
    found = [kind for kind in Kind if decide(actor, Question(FUNCTIONS[kind])).allowed]
    if not found:
        require(actor, Function.AUTHORIZATION_SUBMISSION)
    return found


def _form(request: HttpRequest, actor: Actor, way: str) -> start_forms.StartForm:
    if way not in start_forms.FORMS:
        raise Http404
    kinds = kinds_of(actor)
    held = [decide(actor, Question(FUNCTIONS[kind])).scope.tax_ids() for kind in kinds]
    wanted = request.GET.get("kind", "")
    return start_forms.FORMS[way](
        request.POST if request.method == "POST" else None,
        kinds=kinds,
        kind=wanted if wanted in kinds else "",
        tax_ids=sorted(frozenset().union(*held)),
        today=actor.today,
    )


def _several(request: HttpRequest, found: Several, kind: Kind, tax_id: str) -> HttpResponse:
    people = [
        (
            person,
            member_words.relationship(person.relationship),
            member_words.STATUS[person.verdict],
            member_words.TONES[person.verdict],
        )
        for person in found.people
    ]
    context = {"people": people, "kind": kind, "tax_id": tax_id, "said": labels.KINDS[kind]}
    return render(request, "authorizations/requesting/choose.html", context)


def _page(
    request: HttpRequest,
    form: start_forms.StartForm,
    way: str,
    answer: NotAnswered | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "ways": WAYS, "way": way, "query": _query(request)}
    if answer is not None:
        context["nothing"] = member_words.nothing(answer, catalogue.line_names())
        status = 429 if answer.reason is NoAnswer.SLOW_DOWN else status
    return render(request, "authorizations/requesting/new.html", context, status=status)


def _query(request: HttpRequest) -> str:
    """What the address asks beside the way to search, for the links between the ways."""
    kept = request.GET.copy()
    kept.pop("by", None)
    return f"&{kept.urlencode()}" if kept else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
