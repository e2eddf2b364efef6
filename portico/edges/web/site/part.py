"""Choosing the part of the plan one works in; the page one came from opens again in it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from portico.domains.accounts.own import parts as remembering
from portico.edges.web import asking, confirming, parts


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Go on in the chosen part, and remember it for who is signed in; what the plan has not is left out."""
    part = parts.known(request.POST.get("line", ""), request.POST.get("region", ""))
    if asking.is_signed_in(request):
        remembering.remember(actor=asking.actor_of(request), line=part.line, region=part.region)
    page = parts.page_of(request, confirming.path(request.POST.get("next", "")) or "/")
    return HttpResponseRedirect(parts.address(request, part, page))
