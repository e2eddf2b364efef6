"""Work items of the plan: what is owed, how often it was asked for, and marking it done."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.work import items
from portico.edges.web import asking

KINDS = {
    "missing_schedule": "Supply a Schedule of Benefits",
    "directory_unconfirmed": "Directory entries nobody confirmed in time: reach the office",
    "directory_contradicted": "The provider file contradicts an accepted change: find out which is true",
    "office_without_administrator": "Find the office an administrator: none can sign in",
}


@require_safe
def work_items(request: HttpRequest) -> HttpResponse:
    """The open items, the longest open first."""
    page = items.page(actor=asking.actor_of(request), after=request.GET.get("after", ""))
    rows = [(row, KINDS.get(row.kind, row.kind)) for row in page.rows]
    return render(request, "staff/work_items.html", {"rows": rows, "next_key": page.next_key})


@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark an item done."""
    try:
        item = items.close(actor=asking.actor_of(request), reference=reference)
    except items.ItemNotFound as error:
        raise Http404 from error
    messages.success(request, f"Item {item.reference} is done.")
    return redirect("work_items")
