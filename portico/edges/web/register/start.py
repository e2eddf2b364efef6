"""Where a registration begins: who registers and who does not, and how long it really takes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.plan import entrances
from portico.domains.registration import applications, drafts, turnaround
from portico.edges.web import asking
from portico.edges.web.register import marks, steps, words


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Who registers, who is invited, and who is served elsewhere."""
    actor = asking.actor_of(request)
    found = steps.standing(request)
    is_sent = bool(found.mark) and applications.again(actor=actor, mark=found.mark) is not None
    context = {
        "begin": steps.address(found.steps[0]),
        "go_on": steps.address(found.due) if found.kept.values else "",
        "is_sent": is_sent,
        "is_signed_in": asking.is_signed_in(request),
        "members": [each for each in entrances.all() if each.audience == "member"],
        "turnaround": words.turnaround(turnaround.published(today=actor.today)),
    }
    return render(request, "register/start.html", context)


@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Whoever works for an office does not register: what to ask its administrator."""
    return render(request, "register/staff.html")


@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """Throw away what was filled in in this browser."""
    mark = marks.of(request)
    if mark:
        drafts.drop(actor=asking.actor_of(request), mark=mark)
    response = redirect("register")
    marks.drop(response)
    return response
