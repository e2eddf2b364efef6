"""Leaving for a provider: a page that leads on, since a form may not be sent on to another site (CSP)."""

from typing import Final

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portico.domains.accounts.elsewhere import elsewhere_allowance, outside
from portico.domains.accounts.elsewhere.providers import Provider
from portico.edges.web import addresses, asking
from portico.edges.web.accounts.elsewhere import in_flight, pending, protocols
from portico.edges.web.accounts.elsewhere.failing import Code, Failed
from portico.edges.web.accounts.elsewhere.pending import Purpose

REFERRER_POLICY: Final = "strict-origin"
log = structlog.get_logger(__name__)


def begin(
    request: HttpRequest, provider: Provider, *, purpose: Purpose = Purpose.SIGN_IN, target: str = "/"
) -> HttpResponse:
    """The page that leads to the provider. `target` is where the way ends, on this site."""
    if not _may_go_on(request):
        return _too_many(request, provider)
    made = pending.new(request, provider, purpose=purpose, target=target)
    try:
        with in_flight.turn(provider):
            leads_to = protocols.of(provider).leave(
                provider, made, back=protocols.back(provider), at=asking.now()
            )
    except Failed as failed:
        return fail(request, provider, failed.code)
    return render(request, "accounts/elsewhere/leaving.html", {"provider": provider, "leads_to": leads_to})


def fail(request: HttpRequest, provider: Provider, code: Code) -> HttpResponse:
    """The one page of every failure; the code goes to the audit and the log, and not to the page."""
    if not _may_go_on(request):
        return _too_many(request, provider)
    actor = asking.actor_of(request)
    reference = outside.refuse(actor=actor, provider_id=provider.id, code=code)
    return said_no(request, provider, code, reference)


def said_no(request: HttpRequest, provider: Provider, code: str, reference: str) -> HttpResponse:
    """The same page for a failure that is recorded already."""
    log.warning("elsewhere_refused", provider=provider.slug, code=str(code), reference=reference)
    context = {"provider": provider, "reference": reference}
    return render(request, "accounts/elsewhere/failed.html", context, status=422)


def _may_go_on(request: HttpRequest) -> bool:
    return elsewhere_allowance.take(actor=asking.actor_of(request), address=addresses.client_address(request))


def _too_many(request: HttpRequest, provider: Provider) -> HttpResponse:
    response = render(request, "accounts/elsewhere/too_many.html", {"provider": provider}, status=429)
    response.headers["Retry-After"] = str(elsewhere_allowance.WAIT_SECONDS)
    return response
