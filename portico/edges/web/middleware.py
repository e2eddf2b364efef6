"""Around every web request: security headers, sessions, and refusals turned into pages that explain."""

from collections.abc import Callable
from typing import Final

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from portico.domains.permits.actors import AccountState
from portico.domains.permits.decisions import Decision
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.edges.web import agreeing, asking, confirming, idling, refusals, zones

Next = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
PERMISSIONS_POLICY: Final = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


class SecurityHeaders:
    """Sets what every response carries; pages are never kept by caches unless they say so themselves."""

    def __init__(self, get_response: Next) -> None:
        """Take the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers set."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class Sessions(SessionMiddleware):
    """Django's own; a session that was ended elsewhere while its request ran leads to the sign-in."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep the session as it is now. The cookie is left alone: it may be a newer session's already."""
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            return to_sign_in(request)


class Asking:
    """Ends sessions that were idle or open too long, and answers refusals."""

    def __init__(self, get_response: Next) -> None:
        """Take the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, after an idle session was ended, in the time zone of who asks."""
        idling.end_if_over(request)
        with zones.of_reader(request):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: object, kwargs: object) -> None:
        """Note that the session is used, unless it is a script that asks with nobody there."""
        del view, args, kwargs
        match = request.resolver_match
        if match is not None and match.view_name not in idling.QUIET_ROUTES:
            idling.note_use(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into the sign-in, the terms, the confirmation, or the page that says why.

        Somebody who has not signed in is not told either that nothing is here: after an idle hour the page
        of a member asks for the sign-in and opens again. Somebody whose first sign-in is not done goes on
        with that, whatever was asked for. A session that was ended while its request ran is a visitor's.
        """
        if isinstance(exception, SessionInterrupted):
            return to_sign_in(request)
        if isinstance(exception, Http404) and not asking.is_signed_in(request):
            return to_sign_in(request)
        if isinstance(exception, (Http404, NotPermitted)) and _is_beginning(request):
            return redirect("welcome")
        if not isinstance(exception, NotPermitted):
            return None
        return _explained(request, exception.decision, exception.reference)


def _explained(request: HttpRequest, decision: Decision, reference: str) -> HttpResponse:
    """The way to what mends the refusal where there is one, or the page that says why."""
    if Reason.NOT_SIGNED_IN in decision.reasons:
        return to_sign_in(request)
    if agreeing.can_mend(request, decision):
        return agreeing.ask(request)
    if confirming.can_mend(request, decision):
        return confirming.ask(request, decision)
    return refusals.page(request, decision, reference)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back here afterwards when the page can be asked for again."""
    target = reverse("sign_in")
    if request.method in ("GET", "HEAD"):
        target += "?" + urlencode({"next": request.path})
    return redirect(target)


def _is_beginning(request: HttpRequest) -> bool:
    """Is somebody signed in whose first sign-in is not done?"""
    return asking.actor_of(request).account.state is AccountState.INVITED
