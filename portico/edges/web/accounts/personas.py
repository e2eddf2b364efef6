"""One's own personas, and the open switch between them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portico.domains.access import personas
from portico.domains.permits.functions import Desk
from portico.edges.web import asking
from portico.shared import pages

DESKS = {
    Desk.OPERATIONS: "Operations",
    Desk.MEMBER_SERVICES: "Member Services",
    Desk.SUPPORT: "Provider Support",
    Desk.COMMUNICATIONS: "Provider Communications",
    Desk.CLINICAL_REVIEW: "Clinical Review",
    Desk.MEDICAL_DIRECTION: "Medical Direction",
}


@require_http_methods(["GET", "POST"])
def list_own(request: HttpRequest) -> HttpResponse:
    """List the personas; a POST goes on as the one named."""
    actor = asking.actor_of(request)
    if request.method == "GET":
        return render(request, "accounts/personas.html", {"personas": personas.own(actor=actor)})
    asked = request.POST.get("persona", "")
    if not pages.is_row(asked) or not personas.switch(actor=actor, persona_id=int(asked)):
        raise Http404
    asking.act_as(request, int(asked))
    messages.success(request, "You now act as the persona you chose. What you do is recorded under it.")
    return redirect("home")
