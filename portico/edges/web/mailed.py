"""Pages that a mailed link opens: the secret in their address goes nowhere else, and only their form acts.

Such a page sends its own site's name as the referrer, and never its address. `no-referrer` would say even
less, but with it browsers send a form's origin as `null`, which the check of where forms come from refuses.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
REFERRER_POLICY: Final = "strict-origin"
FIELD: Final = "t"


def by_link(view: View) -> View:
    """The view, of a page that a mailed link opens."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        response = view(request, *arguments, **named)
        response.headers["Referrer-Policy"] = REFERRER_POLICY
        response.headers["Cache-Control"] = "no-store"
        return response

    return guarded


def secret_of(request: HttpRequest) -> str:
    """The secret of the link: of the address where the page is opened, of the form where it is sent."""
    return str((request.GET if request.method in ("GET", "HEAD") else request.POST).get(FIELD, ""))
