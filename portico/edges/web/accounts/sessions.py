"""One's own open sessions and known devices, each with its end; and how long this session goes on."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.accounts.signing_in import confirmation, sessions
from portico.edges.web import asking, confirming, idling
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.shared import pages


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, which browsers are known, and how it stands with sensitive acts."""
    actor = asking.actor_of(request)
    found = sessions.own(actor=actor, current=_current(request))
    standing = confirming.standing(request, confirmation.state(actor=actor))
    context = {
        "sessions": found.sessions,
        "devices": found.devices,
        "are_others": any(not each.is_this for each in found.sessions),
        "standing": standing,
        "function": FUNCTION_NAMES[standing.function] if standing.function else "",
    }
    return render(request, "accounts/sessions.html", context)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Sign one browser out."""
    if not sessions.end(actor=asking.actor_of(request), name=request.POST.get("session", "")):
        raise Http404
    messages.success(request, "That browser is signed out.")
    return redirect("sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign every other browser out."""
    ended = sessions.end_others(actor=asking.actor_of(request), current=_current(request))
    asking.go_on(request, epoch=ended.epoch)
    said = "Every other browser is signed out." if ended.others else "You are signed in nowhere else."
    messages.success(request, said)
    return redirect("sessions")


@require_POST
def forget_device(request: HttpRequest) -> HttpResponse:
    """Make a known browser a stranger again, and sign it out."""
    actor, asked = asking.actor_of(request), request.POST.get("device", "")
    device_id = int(asked) if pages.is_row(asked) else 0
    if not sessions.forget_device(actor=actor, device_id=device_id, current=_current(request)):
        raise Http404
    messages.success(request, "That browser is forgotten. At its next sign-in it is a new one.")
    return redirect("sessions")


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """How many seconds the session goes on, and a token for what scripts send; asking is no use of it."""
    return _left(request)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Use the session now, and say how many seconds it goes on."""
    idling.note_use(request, after=0)
    return _left(request)


def _current(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _left(request: HttpRequest) -> HttpResponse:
    return JsonResponse({**asdict(idling.left(request)), "token": get_token(request)})
