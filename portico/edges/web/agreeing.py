"""On the way to an agreement: whoever has nothing but new terms of use in the way is led to them and back."""

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from portico.domains.permits.decisions import Decision
from portico.domains.permits.reasons import Reason
from portico.edges.web import confirming

_MENDED_NEXT: Final = {Reason.CONFIRMATION_REQUIRED}


def can_mend(request: HttpRequest, decision: Decision) -> bool:
    """Does agreeing take away what stands in the way, save what the next page mends? Only where a page was
    asked for: a form that was sent is not lost by leading somewhere else.
    """
    reasons = set(decision.reasons) - _MENDED_NEXT
    return request.method in ("GET", "HEAD") and reasons == {Reason.TERMS_NOT_ACCEPTED}


def ask(request: HttpRequest) -> HttpResponse:
    """To the terms, and from there on to the page that was asked for."""
    return redirect(f"{reverse('terms_accept')}?{urlencode({'next': request.get_full_path()})}")


def target(request: HttpRequest) -> str:
    """Where it goes on: an address of ours, the home page where none is named."""
    return confirming.path(request.GET.get("next", "")) or reverse("home")
