"""What a browser is known again by that took an invitation: a signed cookie that holds a random mark.

It opens nothing by itself; the invitation it belongs to works in this browser alone (decision record 0028).
"""

from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from portico.domains.accounts.joining.invitation_rules import LASTS

_SALT: Final = "portico.invitation"


def of(request: HttpRequest) -> str:
    """The mark of this browser; empty where the cookie is missing, altered or old."""
    try:
        told = signing.loads(request.COOKIES.get(_name(), ""), salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return ""
    return str(told)


def keep(response: HttpResponse, mark: str) -> None:
    """Let the browser keep the mark as long as an invitation lasts."""
    response.set_cookie(
        _name(),
        signing.dumps(mark, salt=_SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def drop(response: HttpResponse) -> None:
    """The first sign-in is done: the mark is of no use any more."""
    response.delete_cookie(_name(), samesite="Strict")


def _name() -> str:
    return "__Host-invitation" if settings.SESSION_COOKIE_SECURE else "portico_invitation"
