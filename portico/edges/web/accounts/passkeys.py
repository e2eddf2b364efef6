"""What passkeys need of the web: a question answered as JSON, its challenge kept for the answer.

A form marked `data-passkey` (assets/js/passkeys.js) asks for the question, has the browser answer it, and
sends the answer in the form's field `reply`. A challenge leaves the session with the first answer. A visitor
at the sign-in has no session, and none is begun by asking: there the challenge waits in a cookie, sealed.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from portico.domains.accounts.second_factors.passkey_challenges import ANSWERED_WITHIN
from portico.domains.accounts.second_factors.passkeys import Asked

_CHALLENGE: Final = "passkey_challenge"


def question(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The question to the browser."""
    request.session[_CHALLENGE] = asked.challenge
    return JsonResponse(dict(asked.options))


def challenge(request: HttpRequest) -> str:
    """The challenge that waits, and waits no more; empty where none does."""
    return str(request.session.pop(_CHALLENGE, ""))


def visitors_question(asked: Asked) -> HttpResponse:
    """The question to the browser of a visitor, which keeps the challenge until it ends by itself."""
    response = JsonResponse(dict(asked.options))
    response.set_cookie(
        _cookie(),
        asked.challenge,
        max_age=ANSWERED_WITHIN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def visitors_challenge(request: HttpRequest) -> str:
    """The challenge that the visitor's browser keeps; empty where it keeps none."""
    return str(request.COOKIES.get(_cookie(), ""))


def drop_visitors(response: HttpResponse) -> None:
    """The challenge was answered: it is worth nothing any more."""
    response.delete_cookie(_cookie(), samesite="Strict")


def _cookie() -> str:
    return "__Host-passkey" if settings.SESSION_COOKIE_SECURE else "portico_passkey"
