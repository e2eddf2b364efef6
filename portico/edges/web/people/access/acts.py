"""Ending one grant, suspending a persona and restoring it: each asked before it is done."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portico.domains.access.delegating import changing, suspending
from portico.domains.access.delegating.held import PersonaAccess
from portico.domains.access.delegating.refusals import REFUSALS, BeyondCeiling, CannotGive
from portico.domains.access.looking_after import OutOfReach, UnknownPerson
from portico.domains.access.officers.standing import LastAdministrator
from portico.edges.web import asking
from portico.edges.web.people.access import describing, giving, words
from portico.edges.web.people.acts import Page
from portico.edges.web.people.opening import by_side
from portico.edges.web.people.sides import Side

SUSPENDING = Page(
    "Suspend {name} as an {kind}?",
    "Everything they do as an {kind} closes at the next click of every open session. Nothing is lost: "
    "restore it, and they hold what they held. The account itself, and other personas, stay as they are.",
    "Suspend",
    is_grave=True,
)
RESTORING = Page(
    "Restore {name} as an {kind}?",
    "What they held opens again, as far as it has not ended meanwhile.",
    "Restore",
)


@require_http_methods(["GET", "POST"])
@by_side
def suspend(request: HttpRequest, side: Side, number: int, persona: int) -> HttpResponse:
    """Close what somebody does as this persona."""
    access = giving.one(request, side, number, persona, lately=True)
    if request.method == "GET" or access.hindrance is not None:
        return _ask(request, side, access, SUSPENDING)

    def act() -> str:
        done = suspending.suspend(actor=asking.actor_of(request), persona_id=persona)
        return f"{access.name} is suspended." if done else "It was suspended before."

    return _attempt(request, side, access, act, side.people() if side.is_plan else side.people("suspended"))


@require_http_methods(["GET", "POST"])
@by_side
def restore(request: HttpRequest, side: Side, number: int, persona: int) -> HttpResponse:
    """Open it again."""
    access = giving.one(request, side, number, persona, lately=True)
    if request.method == "GET" or access.hindrance is not None:
        return _ask(request, side, access, RESTORING)

    def act() -> str:
        done = suspending.restore(actor=asking.actor_of(request), persona_id=persona)
        return f"{access.name} works again with what they held." if done else "It was not suspended."

    return _attempt(request, side, access, act, side.person(number))


@require_http_methods(["GET", "POST"])
@by_side
def end(request: HttpRequest, side: Side, number: int, persona: int, grant: int) -> HttpResponse:
    """End one thing that was given beside the rest."""
    access = giving.one(request, side, number, persona, lately=True)
    found = next((each for each in access.held.running if each.grant_id == grant), None)
    if found is None:
        raise Http404
    doing = describing.names().doing(found.item)
    asks = Page(
        f"End {doing.name} for {{name}}?",
        f"{doing.lines}. It closes at the next click of every open session. It can be given again.",
        "End it",
        is_grave=True,
    )
    if request.method == "GET" or access.hindrance is not None:
        return _ask(request, side, access, asks)

    def act() -> str:
        done = changing.end_one(actor=asking.actor_of(request), grant_id=grant)
        return f"{doing.name} has ended." if done else "It had ended before."

    return _attempt(request, side, access, act, side.person(number))


def _ask(request: HttpRequest, side: Side, access: PersonaAccess, page: Page) -> HttpResponse:
    if access.hindrance is not None:
        return giving.closed(request, side, access)
    said = {"name": access.name, "kind": words.KINDS[access.kind]}
    context = {
        "title": page.title.format(**said),
        "lead": page.lead.format(**said),
        "page": page,
        "back_url": side.person(access.user_id) if access.suspended_at is None else side.people(),
    }
    return render(request, "people/act.html", context)


def _attempt(
    request: HttpRequest, side: Side, access: PersonaAccess, act: Callable[[], str], then: str
) -> HttpResponse:
    try:
        messages.success(request, act())
    except UnknownPerson as error:
        raise Http404 from error
    except REFUSALS as error:
        messages.error(request, _why(error))
        return redirect(side.person(access.user_id) if access.suspended_at is None else side.people())
    return redirect(then)


def _why(error: Exception) -> str:
    if isinstance(error, LastAdministrator):
        return words.LAST_ADMINISTRATOR
    if isinstance(error, CannotGive):
        return words.CANNOT_GIVE[error.code][1]
    if isinstance(error, (BeyondCeiling, OutOfReach)):
        return words.BEYOND_YOURS
    return "It could not be done."
