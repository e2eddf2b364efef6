"""The confirmation once more, in the hour after it was sent: on the page, and on paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.registration import applications
from portico.domains.registration.applications import Submitted
from portico.edges.web import asking
from portico.edges.web.documents import registration_confirmation
from portico.edges.web.register import marks, outcome, paper


@require_http_methods(["GET", "POST"])
def received(request: HttpRequest) -> HttpResponse:
    """That it was sent from this browser; a POST shows the confirmation again."""
    found = _sent(request)
    if found is None:
        return redirect("register_status")
    if request.method == "POST":
        return outcome.shown(request, found)
    return render(request, "register/sent.html")


@require_POST
def as_pdf(request: HttpRequest) -> HttpResponse:
    """The confirmation as PDF/UA, to be kept; its name says nothing of what is in it."""
    found = _sent(request)
    if found is None:
        return redirect("register_status")
    address = request.build_absolute_uri(reverse("register_status"))
    made = registration_confirmation.render(paper.confirmation(found, asking.actor_of(request), address))
    headers = {"Content-Disposition": 'attachment; filename="registration-confirmation.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _sent(request: HttpRequest) -> Submitted | None:
    mark = marks.of(request)
    return applications.again(actor=asking.actor_of(request), mark=mark) if mark else None
