"""The personas of the office that were taken away, each with the way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.access.delegating import suspending
from portico.edges.web import asking
from portico.edges.web.people.access import words
from portico.edges.web.people.opening import by_side
from portico.edges.web.people.sides import Side


@require_safe
@by_side
def listed(request: HttpRequest, side: Side) -> HttpResponse:
    """Those suspended, the newest first."""
    page = suspending.suspended(actor=asking.actor_of(request), key=request.GET.get("after", ""))
    rows = [
        (
            each,
            words.KINDS[each.kind],
            side.persona(each.user_id, each.persona_id, "restore"),
            side.persona(each.user_id, each.persona_id, "history"),
        )
        for each in page.rows
    ]
    context = {"side": side, "rows": rows, "next_key": page.next_key}
    return render(request, "people/access/suspended.html", context)
