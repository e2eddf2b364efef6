"""The open switch of a billing company's people: the own office, or one client."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portico.domains.access.clients import working
from portico.edges.web import asking
from portico.shared import pages


@require_http_methods(["GET", "POST"])
def side(request: HttpRequest) -> HttpResponse:
    """The offices there are to work for; a POST goes on for the one named."""
    actor = asking.actor_of(request)
    if request.method == "GET":
        return render(request, "billing/side.html", {"sides": working.sides(actor=actor)})
    asked = request.POST.get("office", "")
    if not pages.is_row(asked) or not working.switch(actor=actor, office_id=int(asked)):
        raise Http404
    asking.work_for(request, int(asked))
    name = working.current(asking.actor_of(request)) or "the office you chose"
    messages.success(request, f"You now work for {name}. You see nothing of any other office.")
    return redirect("home")
