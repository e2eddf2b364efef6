"""A billing company's clients: what each lets it do, and giving that up."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.access.clients import received
from portico.domains.access.clients.received import UnknownGrant
from portico.edges.web import asking
from portico.edges.web.billing import words


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What clients gave, the latest first."""
    page = received.listed(actor=asking.actor_of(request), key=request.GET.get("after", ""))
    context = {"rows": words.shown(page.rows), "next_key": page.next_key}
    return render(request, "billing/received.html", context)


@require_POST
def give_up(request: HttpRequest, number: UUID) -> HttpResponse:
    """Work for that client under that tax ID no more."""
    try:
        is_done = received.give_up(actor=asking.actor_of(request), public_id=number)
    except UnknownGrant as error:
        raise Http404 from error
    said = "Given up: it is closed to your people." if is_done else "It was over already."
    messages.success(request, said)
    return redirect("office_clients")
