"""What a browser is known by between the steps of a registration: a signed cookie that holds a random mark.

It is made when something is first kept. It names nobody, and finds what this browser filled in; forgotten
after a week, as the draft is (decision record 0043).
"""

import secrets
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

LASTS: Final = timedelta(days=7)
_SALT: Final = "portico.registration"
_BYTES: Final = 32


def of(request: HttpRequest) -> str:
    """The mark of this browser; empty where the cookie is missing, altered or old."""
    try:
        told = signing.loads(request.COOKIES.get(_name(), ""), salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return ""
    return str(told)


def new() -> str:
    """A mark nobody has."""
    return secrets.token_urlsafe(_BYTES)


def keep(response: HttpResponse, mark: str) -> None:
    """Let the browser keep the mark as long as a draft lasts."""
    response.set_cookie(
        _name(),
        signing.dumps(mark, salt=_SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def drop(response: HttpResponse) -> None:
    """The registration is done, or given up: the mark is of no use any more."""
    response.delete_cookie(_name(), samesite="Lax")


def _name() -> str:
    return "__Host-register" if settings.SESSION_COOKIE_SECURE else "portico_register"
