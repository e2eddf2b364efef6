"""What was proposed and waits for a second person: what it opens, who proposed it, and saying yes or no."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.access.delegating import confirming, proposals
from portico.domains.access.delegating.confirming import MayNotConfirm
from portico.domains.access.delegating.proposals import Waiting
from portico.domains.access.delegating.refusals import BeyondCeiling
from portico.domains.access.looking_after import OutOfReach, UnknownPerson
from portico.edges.web import asking
from portico.edges.web.people.access import describing, words
from portico.edges.web.people.access.describing import Names
from portico.edges.web.people.opening import by_side
from portico.edges.web.people.sides import Side
from portico.shared import pages

GONE = "It was decided meanwhile, or ended. Nothing was changed."


@require_safe
@by_side
def listed(request: HttpRequest, side: Side) -> HttpResponse:
    """What waits, the latest first."""
    page = proposals.waiting(actor=asking.actor_of(request), key=request.GET.get("after", ""))
    names = describing.names()
    context = {
        "side": side,
        "rows": [_row(side, each, names) for each in page.rows],
        "next_key": page.next_key,
    }
    return render(request, "people/access/waiting.html", context)


@require_POST
@by_side
def confirm(request: HttpRequest, side: Side, number: int, persona: int) -> HttpResponse:
    """Let it count from now on."""

    def act(grants: list[int]) -> str:
        actor = asking.actor_of(request)
        done = confirming.confirm(actor=actor, persona_id=persona, grant_ids=grants)
        return "Confirmed, and in force." if done else GONE

    return _decided(request, side, number, act)


@require_POST
@by_side
def decline(request: HttpRequest, side: Side, number: int, persona: int) -> HttpResponse:
    """Let it not come about, or take one's own proposal back."""

    def act(grants: list[int]) -> str:
        actor = asking.actor_of(request)
        done = confirming.decline(actor=actor, persona_id=persona, grant_ids=grants)
        return "Declined. What was open before stays open." if done else GONE

    return _decided(request, side, number, act)


def _decided(request: HttpRequest, side: Side, number: int, act: Callable[[list[int]], str]) -> HttpResponse:
    del number
    grants = [int(each) for each in request.POST.get("grants", "").split() if pages.is_row(each)]
    try:
        messages.success(request, act(grants))
    except UnknownPerson as error:
        raise Http404 from error
    except MayNotConfirm as error:
        messages.error(request, words.UNCONFIRMED[error.hindrance])
    except (OutOfReach, BeyondCeiling):
        messages.error(request, words.BEYOND_YOURS)
    return redirect(side.people("waiting"))


def _row(side: Side, waiting: Waiting, names: Names) -> dict[str, object]:
    user, persona = waiting.user_id, waiting.persona_id
    return {
        "waiting": waiting,
        "kind": words.KINDS[waiting.kind],
        "groups": names.grouped(waiting.grants),
        "grants": " ".join(str(each.grant_id) for each in waiting.grants),
        "why": words.UNCONFIRMED[waiting.hindrance] if waiting.hindrance else "",
        "person_url": side.person(user),
        "confirm_url": side.persona(user, persona, "confirm"),
        "decline_url": side.persona(user, persona, "decline"),
    }
