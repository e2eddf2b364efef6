"""The whole list of Today, and the rows of it that stand on the home page."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.work import today
from portico.domains.work.today_rules import Kind, Near, Side, Task
from portico.edges.web import asking
from portico.edges.web.today import words

ON_HOME: Final = 6
_Shown = Callable[[Task], bool]
SHOWN: Final[Mapping[str, tuple[str, _Shown]]] = {
    "all": ("All", lambda task: True),
    "due": ("Due today", lambda task: task.near in (Near.OVER, Near.TODAY)),
    "ours": ("Our turn", lambda task: task.side is Side.OURS),
    "theirs": ("Their turn", lambda task: task.side is Side.THEIRS),
    "mine": ("Mine", lambda task: task.is_mine),
}


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What there is to do; whose turn it is and of which kind stand in the address."""
    actor = asking.actor_of(request)
    found = today.of(actor=actor)
    shown = request.GET.get("show", "")
    shown, kind = shown if shown in SHOWN else "all", _kind(request.GET.get("kind", ""))
    tasks = [task for task in found.tasks if SHOWN[shown][1](task) and kind in (None, task.kind)]
    context = {
        **_said(actor, found, tasks),
        "tabs": [(_query(key, kind), label, key == shown) for key, (label, _) in SHOWN.items()],
        "kinds": [(each, words.KINDS[each]) for each in today.kinds(actor)],
        "shown": shown,
        "kind": kind,
    }
    return render(request, "today/list.html", context)


def on_home(actor: Actor) -> dict[str, Any]:
    """The first rows of the list, for the home page; nothing where the account itself is closed."""
    if not decide(actor, Question(Function.OWN_ACCOUNT)).allowed:
        return {}
    found = today.of(actor=actor, size=ON_HOME)
    return _said(actor, found, list(found.tasks[:ON_HOME]))


def _said(actor: Actor, found: today.Today, tasks: list[Task]) -> dict[str, Any]:
    is_plan = actor.office_id is None
    return {
        "today": found,
        "rows": [words.row(task, is_plan=is_plan) for task in tasks],
        "hidden": found.count - len(tasks),
        "failed": [(words.KINDS[each.kind], each.reference) for each in found.failed],
    }


def _kind(chosen: str) -> Kind | None:
    return Kind(chosen) if chosen in list(Kind) else None


def _query(shown: str, kind: Kind | None) -> str:
    return urlencode({"show": shown} | ({"kind": kind.value} if kind else {}))
