"""Your identity: what waits for a proof, each way to give one with how far it is, and where to go on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portico.domains.accounts.proving import proofs
from portico.domains.accounts.proving.proof_rules import MOST_TRIES, holds_until
from portico.domains.accounts.proving.proof_views import Stand, Task
from portico.domains.accounts.proving.provers import PROVIDER_FILE
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.plan.verification_rules import askable
from portico.edges.web import asking, navigation, prover_words
from portico.edges.web import identity_words as words
from portico.edges.web.refusals import FUNCTION_NAMES

NOTHING: Final = ("", "")


@dataclass(frozen=True, slots=True)
class Shown:
    """A way as the page shows it: its name, how it goes, its state; `url`: where to begin or go on."""

    name: str
    how: str
    state: str
    tone: str
    task: Task
    url: str
    is_asked: bool
    holds_until: datetime | None
    is_over: bool
    asked_for: str
    why: str
    todo: str


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """The tasks, and what they open."""
    actor = asking.actor_of(request)
    own = proofs.own(actor=actor)
    wanted = function_of(request.GET.get("for", ""))
    missing = {each: found for each in askable() if (found := _asked(actor, each))}
    asked = set(missing.get(wanted, ())) if wanted else {code for found in missing.values() for code in found}
    context = {
        "ways": [
            _shown(actor, task, own.open, asked, wanted) for task in own.tasks if _is_told(actor, task, asked)
        ],
        "wanted": FUNCTION_NAMES[wanted] if wanted else "",
        "is_open": wanted is not None and decide(actor, Question(wanted)).allowed,
        "is_proven": wanted is not None and wanted not in missing,
        "waiting": [FUNCTION_NAMES[each] for each in missing if _may(actor, each)],
        "next": next_page(actor, wanted),
        "most": MOST_TRIES,
    }
    return render(request, "accounts/identity/tasks.html", context)


def function_of(code: str) -> Function | None:
    """The function of a code out of an address; None for anything that a proof is never asked for."""
    return next((each for each in askable() if each == code), None)


def address(way: str = "", wanted: str = "") -> str:
    """The page of the tasks, or of one way, on the way to a function."""
    page = reverse("identity_way", args=[way]) if way else reverse("identity")
    return f"{page}?for={wanted}" if function_of(wanted) else page


def next_page(actor: Actor, wanted: Function | None) -> tuple[str, str]:
    """Where it goes on: the name and the address of the first area the function opens."""
    area = next((each for each in navigation.areas_of(actor) if each.function is wanted), None)
    return (area.label, reverse(area.route)) if area else NOTHING


def _asked(actor: Actor, function: Function) -> tuple[str, ...]:
    return actor.account.verification.asked(function, actor.asked_at)


def _may(actor: Actor, function: Function) -> bool:
    """Would the function open once identity is proven, or after other steps of one's own?"""
    fixers = decide(actor, Question(function)).fixers
    return all(fixer.by == "yourself" for fixer in fixers)


def _is_told(actor: Actor, task: Task, asked: set[str]) -> bool:
    """What is asked for, and what was begun; that a registration matched, only where it is enough."""
    if task.prover == PROVIDER_FILE:
        return actor.account.verification.takes(task.prover) and task.stand is Stand.PASSED
    return task.prover in asked or task.stand is not Stand.NOT_BEGUN


def _shown(
    actor: Actor, task: Task, open_ways: frozenset[str], asked: set[str], wanted: Function | None
) -> Shown:
    until = _until(actor, task)
    is_over = until is not None and until <= actor.asked_at
    why, todo = words.REASONS.get(task.reason, NOTHING) if task.stand is Stand.REFUSED else NOTHING
    is_on = task.prover in open_ways and (task.prover in asked or task.stand is not Stand.PASSED)
    return Shown(
        name=prover_words.name(task.prover),
        how=prover_words.HOW.get(task.prover, ""),
        state=_state(task, is_over)[0],
        tone=_state(task, is_over)[1],
        task=task,
        url=address(task.prover, wanted or task.asked_for) if is_on else "",
        is_asked=task.prover in asked,
        holds_until=until,
        is_over=is_over,
        asked_for=FUNCTION_NAMES[found] if (found := function_of(task.asked_for)) else "",
        why=why,
        todo=todo,
    )


def _state(task: Task, is_over: bool) -> tuple[str, str]:
    if task.blocked_until is not None:
        return "Blocked for a while", "negative"
    if task.stand is Stand.PASSED and is_over:
        return "No longer counts", "caution"
    return words.STANDS[task.stand]


def _until(actor: Actor, task: Task) -> datetime | None:
    verification = actor.account.verification
    return holds_until(verification, task.prover) if task.prover in verification.passed else None
