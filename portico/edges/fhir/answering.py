"""From a resource to an HTTP response: JSON, validators, conditional reads, and no cache that keeps it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from portico.edges.fhir import outcomes
from portico.edges.fhir.kinds import Body, Match
from portico.edges.fhir.negotiation import FHIR_JSON
from portico.edges.fhir.outcomes import Found

REFERENCE_HEADER: Final = "X-Request-Id"


def written(body: Body) -> bytes:
    """A resource as JSON."""
    return orjson.dumps(body, option=orjson.OPT_UTC_Z)


def whole(body: Body, *, status: int = 200, reference: str = "") -> HttpResponse:
    """A response that carries a resource."""
    return _response(written(body), status, reference, {})


def problem(found: Found) -> HttpResponse:
    """The response to an interaction that ended otherwise."""
    body = outcomes.resource(found.issues, found.reference)
    return _response(written(body), found.status, found.reference, found.headers)


def one(request: HttpRequest, match: Match) -> HttpResponse:
    """A resource that was read; 304 where the client holds it as it is.

    It was decided, read and audited before: that a client holds an old copy opens nothing.
    """
    content = written(match.body)
    validators = {"ETag": _etag(content), "Last-Modified": http_date(match.changed_at.timestamp())}
    if not _holds(request, validators["ETag"], match.changed_at):
        return _response(content, 200, match.reference, validators)
    response = _response(b"", 304, match.reference, validators)
    del response.headers["Content-Type"]
    response.headers["Content-Length"] = str(len(content))
    return response


def without_body(response: HttpResponse) -> HttpResponse:
    """The response to HEAD: every header of the one to GET, and no content."""
    response.headers.setdefault("Content-Length", str(len(response.content)))
    response.content = b""
    return response


def _response(content: bytes, status: int, reference: str, headers: Mapping[str, str]) -> HttpResponse:
    response = HttpResponse(content, status=status, content_type=FHIR_JSON, headers=dict(headers))
    response.headers["Cache-Control"] = "no-store"
    if reference:
        response.headers[REFERENCE_HEADER] = reference
    return response


def _etag(content: bytes) -> str:
    return f'W/"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'


def _holds(request: HttpRequest, etag: str, changed_at: datetime) -> bool:
    """Does the client say that it holds this? Tags go before dates (RFC 9110, section 13.2.2)."""
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        held = parse_etags(tags)
        return "*" in held or etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in held}
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(changed_at.timestamp()) <= since
