"""What the plan has told this office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.notifications import notices
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.web import asking
from portico.shared import pages


@require_safe
def of_office(request: HttpRequest) -> HttpResponse:
    """The notices, newest first; those shown count as read."""
    key = request.GET.get("after", "")
    with permit(asking.actor_of(request), Function.OWN_NOTICES) as given:
        page = notices.for_office(given=given, key=key if pages.is_row(key) else "")
        notices.mark_read(given=given, notices=[row.id for row in page.rows if row.read_at is None])
        given.conclude("notices_shown")
    return render(request, "site/notices.html", {"rows": page.rows, "next_key": page.next_key})
