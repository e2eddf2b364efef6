"""How the service is, in plain words for anybody: what works, and as of when the plan's data is true.

Read from rows that are there anyway, at most once in ten seconds, whoever asks and however often. Where the
database does not answer, the page says that, and nothing of it needs the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from portico.domains.notifications import delivery
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.edges.web import asking
from portico.edges.web.site.errors import RETRY_AFTER_SECONDS

REMEMBERED_SECONDS: Final = 10
FEEDS: Final[Mapping[Feed, str]] = {
    Feed.ENROLMENT: "Who is covered",
    Feed.BENEFITS: "What the plans pay",
    Feed.ACCUMULATORS: "What members have used",
    Feed.CLAIMS: "Where claims stand",
    Feed.PROVIDERS: "Providers and the network",
    Feed.REMITTANCES: "Payments",
}
_STATUS: Final = "site.service_status"


@dataclass(frozen=True, slots=True)
class Status:
    """How it is at `at`: whether mails are late, and as of when each feed is true."""

    at: datetime
    mails_are_late: bool
    feeds: tuple[tuple[str, datetime | None], ...]


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Show how the service is; 503 where the database does not answer."""
    try:
        return render(request, "site/status.html", {"status": _known(asking.actor_of(request).asked_at)})
    except DatabaseError:
        headers = {"Retry-After": RETRY_AFTER_SECONDS}
        return HttpResponse(render_to_string("site/status_down.html"), status=503, headers=headers)


def _known(at: datetime) -> Status:
    known: Status | None = cache.get(_STATUS)
    if known is None:
        known = _status(at)
        cache.set(_STATUS, known, REMEMBERED_SECONDS)
    return known


def _status(at: datetime) -> Status:
    as_of = freshness.of()
    feeds = tuple((words, as_of.get(feed)) for feed, words in FEEDS.items())
    return Status(at, delivery.is_late(now=at), feeds)
