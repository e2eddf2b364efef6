"""The home page for whoever has not signed in: who the portal is for, and where everybody else goes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portico.domains.plan import entrances
from portico.edges.web.site.entering import host


def page(request: HttpRequest) -> HttpResponse:
    """Welcome a visitor."""
    others = [each for each in entrances.all() if not each.is_ours]
    context = {"others": others, "host": host()}
    return render(request, "site/welcome.html", context)
