"""Around every interaction: the method, what the client takes, and an outcome for whatever goes wrong.

Nothing escapes to the pages: no HTML, no way to a sign-in page, no session, no cookie.
"""

from collections.abc import Callable
from typing import Concatenate, Final, ParamSpec

import structlog
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from portico.domains.permits.permit import NotPermitted
from portico.edges.fhir import answering, asking, negotiation, refusals
from portico.edges.fhir.outcomes import Issue, Problem
from portico.shared import identifiers

log = structlog.get_logger(__name__)
Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]

RETRY_AFTER_SECONDS: Final = "5"
GET: Final = ("GET", "HEAD")
POST: Final = ("POST",)


def interaction(methods: tuple[str, ...]) -> Callable[[View[Rest]], View[Rest]]:
    """A view that answers to these methods (all of them where none is named), and never with a page."""

    def around(view: View[Rest]) -> View[Rest]:
        def answer(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            try:
                _check_method(request, methods)
                negotiation.check(request)
                response = view(request, *args, **kwargs)
            except Exception as error:
                response = answering.problem(_problem(request, error).found)
            return answering.without_body(response) if request.method == "HEAD" else response

        return csrf_exempt(answer)

    return around


def _check_method(request: HttpRequest, methods: tuple[str, ...]) -> None:
    if methods and request.method not in methods:
        allowed = ", ".join(methods)
        issue = Issue("not-supported", f"This address answers to {allowed}.")
        raise Problem(405, issue, headers={"Allow": allowed})


def _problem(request: HttpRequest, error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case NotPermitted():
            scope = getattr(request, asking.WANTED, "")
            return refusals.problem(error, sent_a_token=bool(asking.token_of(request)), scope=scope)
        case RequestDataTooBig():
            return Problem(413, Issue("too-long", "The request is too large."))
        case SuspiciousOperation() | BadRequest() | UnreadablePostError():
            return Problem(400, Issue("structure", "The request cannot be read."))
    return _crashed(request, error)


def _crashed(request: HttpRequest, error: Exception) -> Problem:
    """500, or 503 where the database does not answer; the reference is the audit row's where there is one."""
    reference = getattr(error, "reference", None) or identifiers.new_reference()
    match = request.resolver_match
    log.error(
        "request_failed",
        reference=reference,
        route=match.view_name if match else "",
        error=type(error).__name__,
        exc_info=True,
    )
    if isinstance(error, DatabaseError):
        issue = Issue("transient", "The plan's database does not answer: try again in a moment.")
        return Problem(503, issue, headers={"Retry-After": RETRY_AFTER_SECONDS}, reference=reference)
    return Problem(500, Issue("exception", "Something went wrong on the plan's side."), reference=reference)
