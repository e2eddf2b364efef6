"""The error pages: each says what happened, what to do, and a reference that support can look up."""

import sys
from typing import Final

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from portico.shared import identifiers

log = structlog.get_logger(__name__)
RETRY_AFTER_SECONDS: Final = "5"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read."""
    del exception
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing is here, or nothing for this person; the two are answered alike."""
    del exception
    return _safely(request, "404.html", 404)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form no longer belongs to this session."""
    del reason
    return _safely(request, "403.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database does not answer; neither page needs the database."""
    error = sys.exc_info()[1]
    reference = getattr(error, "reference", None) or identifiers.new_reference()
    log.error(
        "request_failed",
        reference=reference,
        route=_route(request),
        error=type(error).__name__,
        exc_info=True,
    )
    status = 503 if isinstance(error, DatabaseError) else 500
    response = HttpResponse(render_to_string(f"{status}.html", {"reference": reference}), status=status)
    if status == 503:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def _safely(request: HttpRequest, template: str, status: int) -> HttpResponse:
    try:
        return render(request, template, status=status)
    except DatabaseError:
        return HttpResponse(render_to_string("503.html"), status=503)


def _route(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    return match.view_name if match else ""
