"""What the plan has told this office."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.notifications import notices
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.web import asking
from portico.shared import pages

TITLES: Final[Mapping[str, str]] = {
    "receipt_changed": "A later change touched one of your receipts",
    "machine_created": "A system was connected for your office",
    "machine_rotated": "A system of your office got a new password",
    "machine_revoked": "A system of your office was revoked",
}


@require_safe
def of_office(request: HttpRequest) -> HttpResponse:
    """The notices, newest first; those shown count as read."""
    key = request.GET.get("after", "")
    with permit(asking.actor_of(request), Function.OWN_NOTICES) as given:
        page = notices.for_office(given=given, key=key if pages.is_row(key) else "")
        notices.mark_read(given=given, notices=[row.id for row in page.rows if row.read_at is None])
        given.conclude("notices_shown")
    rows = [(row, TITLES.get(row.kind, "A word from the plan")) for row in page.rows]
    return render(request, "site/notices.html", {"rows": rows, "next_key": page.next_key})
