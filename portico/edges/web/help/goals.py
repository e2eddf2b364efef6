"""Goal, first step, common blocker, fast fix: a table made from the menu, the functions and their reasons."""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import GRANTABLE, TRAITS, Function, Holding
from portico.domains.permits.reasons import FixedBy
from portico.domains.plan import catalogue, entrances
from portico.domains.support import goals
from portico.domains.support.goals import Blocker
from portico.edges.web import asking, navigation, refusals
from portico.edges.web.documents import access_checklist
from portico.edges.web.documents.access_checklist import AccessChecklist
from portico.edges.web.documents.brand import Brand
from portico.edges.web.help import desk_words, words
from portico.edges.web.site import entering
from portico.edges.web.site.views import SAYS

CHECKLIST_SECONDS: Final = 600
THIS: Final = "this"
FIRST: Final = (
    ("Sign in", "Use the entrance your office was given", "entrances"),
    (
        "Sign in for the first time",
        "Take your administrator's username, and the mailed password or link",
        "sign_in",
    ),
    ("Come back after forgetting the password", "Have a link mailed to you", "forgot_password"),
    ("Find out why something is closed", "Ask which it is", "diagnose"),
)
"""Goals before any function."""


@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """The table, the same for everybody."""
    actor = asking.actor_of(request)
    context = {
        "first": [(goal, step, reverse(route)) for goal, step, route in FIRST],
        "goals": [_goal(actor, area) for area in _areas()],
        "everywhere": [_row(each, THIS) for each in goals.everywhere(actor)],
    }
    return render(request, "help/access.html", context)


@require_safe
def checklist(request: HttpRequest) -> HttpResponse:
    """The onboarding checklist to print. The same for everybody on a day: it is made once in ten minutes."""
    made = _checklist(request)
    key = f"help.checklist.{hash(made):x}"
    content = cache.get(key) or access_checklist.render(made)
    cache.set(key, content, CHECKLIST_SECONDS)
    headers = {"Content-Disposition": 'inline; filename="onboarding-checklist.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _areas() -> list[navigation.Area]:
    """The areas of an office's menu that a grant opens, each once."""
    held = [each for each in navigation.OFFICE_AREAS if TRAITS[each.function].holding is Holding.GRANT]
    return [each for each in held if each.route in SAYS]


def _goal(actor: Actor, area: navigation.Area) -> tuple[str, str, str, tuple[str, str, str]]:
    """An area as a goal: what for, its place in the menu, the function, and its common blocker."""
    named, blocker = words.function(area.function), goals.blocker(actor, area.function)
    return SAYS[area.route], area.place, named, _row(blocker, named) if blocker else ("", "", "")


def _row(blocker: Blocker, named: str) -> tuple[str, str, str]:
    """A blocker in words: what one sees, who mends it, and how."""
    decision = blocker.decision
    why = refusals.WHY[decision.reasons[0]].format(function=named)
    why = why[:1].upper() + why[1:]
    for fixer in decision.fixers:
        return why, desk_words.WHO[fixer.by], refusals.HOW[fixer.remedy].format(function=named)
    [road, *_] = decision.roads
    return why, desk_words.WHO[FixedBy.PLAN], refusals.ROADS[road.code]


def _checklist(request: HttpRequest) -> AccessChecklist:
    actor, plan = asking.actor_of(request), catalogue.identity()
    ours = [each for each in entrances.all() if each.is_ours]
    return AccessChecklist(
        brand=Brand(plan.name, plan.telephone),
        host=entering.host(),
        doors=tuple((each.name, entering.address_of(each)) for each in ours),
        menu=tuple((area.place, SAYS[area.route]) for area in _areas()),
        functions=tuple(words.function(each) for each in GRANTABLE if each is not Function.MANAGE_USERS),
        lines=tuple(catalogue.line_names().values()),
        blockers=tuple(_row(each, THIS) for each in goals.everywhere(actor)),
        printed_on=actor.today,
    )
