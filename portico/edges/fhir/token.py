"""POST /fhir/token: a client application's signed assertion for an access token (SMART backend services).

The grant is `client_credentials` and nothing else; answers are JSON, as OAuth writes them (RFC 6749, section
5), and no cache keeps them. Until the signature has proven who asks, no refusal tells whether there is
such a client.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from portico.domains.access import access_tokens
from portico.domains.access.assertions import Refusal, Refused
from portico.domains.permits.actors import Actor
from portico.edges.fhir import asking

log = structlog.get_logger(__name__)

GRANT: Final = "client_credentials"
ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS: Final = ("RS384", "ES384")
MOST_BYTES: Final = 16_384
_MOST_FIELDS = 20
_FORM = "application/x-www-form-urlencoded"
_NOT_PROVEN = "the assertion does not prove that you are a client of this service"
_WORDS: Mapping[Refusal, str] = {
    Refusal.WRONG_ALGORITHM: "sign the assertion with RS384 or ES384",
    Refusal.CLIENT_REVOKED: "the plan lets this client in no more",
    Refusal.WRONG_SUBJECT: "iss and sub are both your client ID",
    Refusal.WRONG_AUDIENCE: "aud is the address of this token endpoint, and nothing else",
    Refusal.WRONG_TIME: "exp, iat and nbf are seconds since 1970, and iat is not older than five minutes",
    Refusal.EXPIRED: "the assertion has expired",
    Refusal.LIVES_TOO_LONG: "exp lies at most five minutes ahead",
    Refusal.NO_ID: "jti is a text of 1 to 255 signs",
    Refusal.REPLAYED: "an assertion works once; make a new one with a new jti",
}


class _BadRequest(Exception):
    """The request is no request for a token; `error` is OAuth's code for why."""

    def __init__(self, error: str, words: str) -> None:
        super().__init__(words)
        self.error = error


def url(request: HttpRequest) -> str:
    """The address of the token endpoint, as this client reaches it: what an assertion names as `aud`."""
    return request.build_absolute_uri(reverse("fhir_token"))


@csrf_exempt
def token(request: HttpRequest) -> JsonResponse:
    """A token for five minutes, or why there is none."""
    if request.method != "POST":
        return _refused("invalid_request", "ask by POST", 405, {"Allow": "POST"})
    try:
        return _answered(request, asking.visitor())
    except (OperationalError, InterfaceError):
        log.exception("token_database_gone")
        return _refused("temporarily_unavailable", "try again in a moment", 503, {"Retry-After": "5"})


def _answered(request: HttpRequest, visitor: Actor) -> JsonResponse:
    try:
        asked = _asked(request)
    except _BadRequest as bad:
        access_tokens.note_bad_request(visitor=visitor)
        return _refused(bad.error, str(bad), 400)
    try:
        made = access_tokens.give(
            visitor=visitor,
            assertion=asked["client_assertion"],
            audience=url(request),
            scopes=asked.get("scope", "").split(),
            client_id=asked.get("client_id", ""),
        )
    except Refused as refused:
        words = _WORDS.get(refused.why, _NOT_PROVEN)
        return _refused("invalid_client", words, 401, {"WWW-Authenticate": "Bearer"})
    except access_tokens.NoScope as error:
        return _refused("invalid_scope", str(error), 400)
    return _answer(_told(made))


def _told(made: access_tokens.Token) -> dict[str, Any]:
    return {
        "access_token": made.text,
        "token_type": "bearer",
        "expires_in": made.seconds,
        "scope": " ".join(made.scopes),
    }


def _asked(request: HttpRequest) -> dict[str, str]:
    """The form's fields. Raises _BadRequest for what is no form, or none of ours."""
    asked = _form(request)
    if not asked.get("grant_type"):
        raise _BadRequest("invalid_request", "grant_type is missing")
    if asked["grant_type"] != GRANT:
        raise _BadRequest("unsupported_grant_type", f"the grant_type is {GRANT}")
    if asked.get("client_assertion_type") != ASSERTION:
        raise _BadRequest("invalid_request", f"the client_assertion_type is {ASSERTION}")
    if not asked.get("client_assertion"):
        raise _BadRequest("invalid_request", "client_assertion is missing")
    return asked


def _form(request: HttpRequest) -> dict[str, str]:
    if request.content_type != _FORM:
        raise _BadRequest("invalid_request", f"ask with {_FORM}")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise _BadRequest("invalid_request", f"a request has {MOST_BYTES} bytes at most")
    try:
        fields = parse_qsl(request.body.decode("ascii"), max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise _BadRequest("invalid_request", "this is no form") from error
    asked = dict(fields)
    if len(asked) < len(fields):
        raise _BadRequest("invalid_request", "a field is given once")
    return asked


def _refused(error: str, words: str, status: int, headers: Mapping[str, str] | None = None) -> JsonResponse:
    return _answer({"error": error, "error_description": words}, status, headers)


def _answer(
    content: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> JsonResponse:
    kept_nowhere = {"Cache-Control": "no-store", "Pragma": "no-cache"}
    return JsonResponse(content, status=status, headers={**kept_nowhere, **(headers or {})})
