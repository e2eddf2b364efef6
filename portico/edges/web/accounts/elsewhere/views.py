"""The three pages of a sign-in elsewhere: leaving, coming back, and finishing; and what SAML reads of us."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.access import personas
from portico.domains.accounts.elsewhere import outside, providers
from portico.domains.accounts.elsewhere.outside import Answer, Told, Why
from portico.domains.accounts.elsewhere.provider_details import SAML, speaks_saml
from portico.domains.accounts.elsewhere.providers import Provider
from portico.edges.web import asking
from portico.edges.web.accounts import devices, sign_in
from portico.edges.web.accounts.elsewhere import in_flight, leaving, pending, protocols
from portico.edges.web.accounts.elsewhere.failing import Failed
from portico.edges.web.accounts.elsewhere.pending import Pending, Purpose

_METADATA: Final = "application/samlmetadata+xml; charset=utf-8"
_EXPLAINED: Final = {Why.WAITING: "waiting", Why.NOT_ACTIVATED: "not_activated"}


@require_POST
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead on to the provider."""
    provider = _open(slug)
    if not provider.details.for_sign_in:
        raise Http404
    return leaving.begin(request, provider, target=_target(request))


@csrf_exempt  # a provider's page posts here, without our cookies; nothing is done but showing a form
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def back(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the browser brought back as a form of this site, so that the session comes with it."""
    provider = _open(slug)
    if request.method != protocols.METHODS[provider.kind]:
        return HttpResponseNotAllowed([protocols.METHODS[provider.kind]])
    try:
        sent = request.GET if request.method == "GET" else request.POST
        brought = protocols.brought(protocols.of(provider), sent.dict())
    except Failed as failed:
        return leaving.fail(request, provider, failed.code)
    response = render(request, "accounts/elsewhere/back.html", {"provider": provider, "brought": brought})
    response.headers["Referrer-Policy"] = leaving.REFERRER_POLICY
    return response


@sensitive_post_parameters()
@require_POST
def finish(request: HttpRequest, slug: str) -> HttpResponse:
    """Verify what was brought back against what this browser began, and go on as after a password."""
    provider = _open(slug)
    try:
        speaks = protocols.of(provider)
        brought = protocols.brought(speaks, request.POST.dict())
        way = pending.take(request, provider, brought.get(protocols.STATES[provider.kind], ""))
        with in_flight.turn(provider):
            told = speaks.believe(provider, way, brought, back=protocols.back(provider), at=asking.now())
    except Failed as failed:
        return leaving.fail(request, provider, failed.code)
    if way.purpose == Purpose.PROVE:
        return _proven(request, provider, way, told)
    return _signed_in(request, provider, way, told)


@require_safe
def metadata(request: HttpRequest, slug: str) -> HttpResponse:
    """What a SAML provider has to know of the portal."""
    provider = _open(slug)
    if provider.kind != SAML or not speaks_saml():
        raise Http404
    context = {"entity_id": protocols.entity_id(provider), "back": protocols.back(provider)}
    return render(request, "accounts/elsewhere/metadata.xml", context, content_type=_METADATA)


def _signed_in(request: HttpRequest, provider: Provider, way: Pending, told: Told) -> HttpResponse:
    answer = outside.sign_in(
        actor=asking.actor_of(request),
        provider_id=provider.id,
        told=told,
        belongs=personas.belongs,
        browser=devices.of(request),
    )
    if answer.why:
        return _explained(request, provider, answer)
    response = sign_in.go_on(request, answer.attempt, target=way.target)
    if told.at and request.session.get(asking.PROVEN):
        # Whoever has an open session elsewhere showed then that it is they, and not at this moment.
        request.session[asking.PROVEN] = told.at.timestamp()
    return response


def _proven(request: HttpRequest, provider: Provider, way: Pending, told: Told) -> HttpResponse:
    answer = outside.prove(actor=asking.actor_of(request), provider_id=provider.id, told=told)
    return _explained(request, provider, answer) if answer.why else redirect(way.target)


def _explained(request: HttpRequest, provider: Provider, answer: Answer) -> HttpResponse:
    """Somebody the provider knows is told what is missing; of anything else the page says nothing."""
    template = _EXPLAINED.get(answer.why)
    if template is None:
        return leaving.said_no(request, provider, answer.why, answer.reference)
    context = {"provider": provider, "reference": answer.reference}
    return render(request, f"accounts/elsewhere/{template}.html", context, status=403)


def _open(slug: str) -> Provider:
    provider = providers.opened(slug)
    if provider is None:
        raise Http404
    return provider


def _target(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_here else reverse("home")
