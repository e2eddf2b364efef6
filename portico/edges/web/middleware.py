"""Around every web request: security headers, idle sessions, and refusals turned into pages that explain."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.edges.web import asking, refusals

Next = Callable[[HttpRequest], HttpResponseBase]
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
PERMISSIONS_POLICY: Final = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
MOST_SECONDS: Final = 12 * 60 * 60
FRESH_ENOUGH: Final = 60


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


class Asking:
    """Ends sessions that were idle or open too long, and answers refusals."""

    def __init__(self, get_response: Next) -> None:
        """Take the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, after an idle session was ended."""
        _watch(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into the sign-in page or the page that says why and who can change it.

        Somebody who has not signed in is not told either that nothing is here: after an idle hour the page
        of a member asks for the sign-in and opens again.
        """
        if isinstance(exception, Http404) and not asking.is_signed_in(request):
            return to_sign_in(request)
        if not isinstance(exception, NotPermitted):
            return None
        if Reason.NOT_SIGNED_IN in exception.decision.reasons:
            return to_sign_in(request)
        return refusals.page(request, exception.decision, exception.reference)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back here afterwards when the page can be asked for again."""
    target = reverse("sign_in")
    if request.method in ("GET", "HEAD"):
        target += "?" + urlencode({"next": request.path})
    return redirect(target)


def _watch(request: HttpRequest) -> None:
    session = request.session
    if asking.USER not in session:
        return
    at = asking.now().timestamp()
    idle = at - session.get(asking.SEEN, 0)
    if idle > settings.IDLE_MINUTES * 60 or at - session.get(asking.STARTED, 0) > MOST_SECONDS:
        asking.end(request)
    elif idle > FRESH_ENOUGH:
        session[asking.SEEN] = at
