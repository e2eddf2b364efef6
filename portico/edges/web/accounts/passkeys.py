"""What passkeys need of the web: a question answered as JSON, its challenge kept in the asker's session.

A form marked `data-passkey` (assets/js/passkeys.js) asks for the question, has the browser answer it, and
sends the answer in the form's field `reply`. A challenge leaves the session with the first answer.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse

from portico.domains.accounts.passkeys import Asked

_CHALLENGE: Final = "passkey_challenge"


def question(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The question to the browser."""
    request.session[_CHALLENGE] = asked.challenge
    return JsonResponse(dict(asked.options))


def challenge(request: HttpRequest) -> str:
    """The challenge that waits, and waits no more; empty where none does."""
    return str(request.session.pop(_CHALLENGE, ""))
