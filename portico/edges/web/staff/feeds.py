"""What the core system sent: every load, how far it is, and the rows held back with their reasons."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.jobs import results, steering
from portico.domains.jobs.rules import RowOutcome
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.web import asking
from portico.shared import pages

KINDS = {
    "load_834": "Enrolment (834)",
    "load_providers": "Provider file",
    "load_benefits": "Benefit plans",
    "load_accumulators": "Amounts used",
    "load_835": "Payments (835)",
    "load_837": "Claims as submitted (837)",
    "load_claims": "Where claims stand",
    "load_licences": "Licences",
    "load_exclusions": "Exclusions",
    "load_library": "Library",
    "load_zip_codes": "ZIP codes",
    "load_requirements": "What needs an authorization",
    "reverse_load": "Reversal of a load",
}
STATES = {
    "queued": ("Waiting", "neutral"),
    "running": ("Running", "caution"),
    "done": ("Done", "positive"),
    "failed": ("Failed", "negative"),
    "cancelled": ("Cancelled", "neutral"),
}
OUTCOMES = {
    RowOutcome.ACCEPTED: ("Accepted", "positive"),
    RowOutcome.UNCHANGED: ("Unchanged", "neutral"),
    RowOutcome.FLAGGED: ("Accepted, to be looked at", "caution"),
    RowOutcome.QUARANTINED: ("Held back", "negative"),
}


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """The loads, the newest first."""
    with permit(asking.actor_of(request), Function.FEED_REVIEW) as given:
        page = steering.page(given=given, kinds=tuple(KINDS), key=_key(request))
        given.conclude("loads_listed")
    rows = [(job, KINDS[job.kind], *STATES[job.state]) for job in page.rows]
    return render(request, "staff/feeds.html", {"rows": rows, "next_key": page.next_key})


@require_safe
def feed(request: HttpRequest, job: UUID) -> HttpResponse:
    """One load: its summary, and the rows somebody must look at."""
    with permit(asking.actor_of(request), Function.FEED_REVIEW) as given:
        load = steering.of(given=given, job=job)
        page = results.page(given=given, job=job, key=_key(request))
        given.conclude("load_shown" if load else "not_found")
    if load is None or load.kind not in KINDS:
        raise Http404
    state, tone = STATES[load.state]
    context = {
        "job": load,
        "kind": KINDS[load.kind],
        "state": state,
        "tone": tone,
        "counts": [(name.replace("_", " ").capitalize(), number) for name, number in load.summary.items()],
        "rows": [(row, *OUTCOMES[row.outcome]) for row in page.rows],
        "next_key": page.next_key,
    }
    return render(request, "staff/feed.html", context)


def _key(request: HttpRequest) -> str:
    key = request.GET.get("after", "")
    return key if pages.is_row(key) else ""
