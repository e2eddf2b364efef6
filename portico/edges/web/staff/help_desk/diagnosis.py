"""Which it is for anybody, at the plan's desk: how they would stand if they signed in now, and no patient."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import FixedBy, Remedy
from portico.domains.plan import catalogue
from portico.domains.support import desk_diagnosing
from portico.domains.support.desk_diagnosing import OfPersona, OfUser, UnknownPerson
from portico.domains.support.diagnosing import Asked
from portico.edges.web import asking, parts
from portico.edges.web.context import PERSONA_NAMES
from portico.edges.web.help import desk_words, words
from portico.edges.web.help.diagnose import TONES
from portico.edges.web.help.forms import AskedForm
from portico.edges.web.people.words import DESKS, STANDINGS

ACTS: Final[Mapping[Remedy, tuple[str, str]]] = {
    Remedy.UNLOCK: ("person_unlock", "Unlock"),
    Remedy.ACTIVATE: ("person_invite", "Send a new invitation"),
}
"""What the desk does itself, one click from here; everything else is done on the person's page."""


@require_http_methods(["GET", "POST"])
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """The diagnosis; a POST asks about one function in one place."""
    asked = Asked(_first(request.GET.get("function", "")))
    found = _read(request, number, asked)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        found = _read(request, number, form.asked())
    said, tone = STANDINGS[found.account.row.standing]
    context = {
        "number": number,
        "row": found.account.row,
        "said": said,
        "tone": tone,
        "form": form,
        "personas": [_persona(number, each) for each in found.personas],
    }
    return render(request, "staff/help_desk/diagnosis.html", context, status=422 if form.errors else 200)


def _read(request: HttpRequest, number: int, asked: Asked) -> OfUser:
    try:
        return desk_diagnosing.of_user(actor=asking.actor_of(request), user_id=number, asked=asked)
    except UnknownPerson as error:
        raise Http404 from error


def _first(code: str) -> Function:
    return Function(code) if code in set(Function) else Function.ELIGIBILITY


def _form(request: HttpRequest, found: OfUser) -> AskedForm:
    """What they may miss, as somebody like them is asked; with their own tax IDs."""
    actor = found.personas[0].actor if found.personas else asking.actor_of(request)
    data = request.POST if request.method == "POST" else None
    form = AskedForm(actor, data, part=parts.WHOLE, function=request.GET.get("function", ""))
    form.fields["function"].label = "What do they miss?"
    form.fields["reference"].label = "Did a page show them a reference?"
    return form


def _persona(number: int, found: OfPersona) -> dict[str, Any]:
    diagnosis, lines = found.diagnosis, catalogue.line_names()
    return {
        "id": found.persona_id,
        "name": _name(found.actor),
        "where": found.office_name or (DESKS[found.actor.desk] if found.actor.desk else ""),
        "said": words.VERDICTS[diagnosis.verdict],
        "tone": TONES.get(diagnosis.verdict, "caution"),
        "function": words.function(diagnosis.asked.function),
        "reasons": [desk_words.WHY[reason] for reason in diagnosis.decision.reasons],
        "fixers": _fixers(number, diagnosis.decision),
        "tests": _tests(diagnosis.decision),
        "opens_in": ", ".join(lines[code] for code in diagnosis.opens_in),
        "use": diagnosis.use,
        "functions": [(words.function(each), *_open(said)) for each, said in found.functions],
    }


def _name(actor: Actor) -> str:
    return PERSONA_NAMES[actor.persona_kind or PersonaKind.END_USER]


def _open(decision: Decision) -> tuple[bool, str]:
    return decision.allowed, " ".join(desk_words.WHY[reason] for reason in decision.reasons)


def _fixers(number: int, decision: Decision) -> list[tuple[str, str, str, str]]:
    """Who mends it, how, and where the desk does, with the words of the link."""
    named = words.function(decision.question.function)
    found = []
    for fixer in decision.fixers:
        url, says = _act(number, fixer.remedy)
        how = desk_words.HOW[fixer.remedy].format(function=named)
        found.append((desk_words.OF_OTHERS[fixer.by], how, url, says))
    roads = [
        (desk_words.OF_OTHERS[FixedBy.PLAN], desk_words.ROADS[road.code], "", "") for road in decision.roads
    ]
    return [*found, *roads]


def _act(number: int, remedy: Remedy) -> tuple[str, str]:
    route, says = ACTS.get(remedy, ("person", "Open the account"))
    return reverse(route, args=[number]), says


def _tests(decision: Decision) -> list[tuple[str, bool, str]]:
    return [
        (desk_words.TESTS[test], reason is None, "" if reason is None else desk_words.WHY[reason])
        for test, reason in decision.tested
    ]
