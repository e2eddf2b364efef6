"""The entrances: the list of them, each stable address, the card to print, and how to know the real site.

An address of an entrance never changes and holds no part of the plan before it: it is what is printed on
cards. Providers are led into their line of business; everybody else is told where their own site is.
"""

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portico.domains.plan import catalogue, entrances
from portico.domains.plan.entrances import Audience, Entrance
from portico.edges.web import asking, parts
from portico.edges.web.documents import entry_card
from portico.edges.web.documents.brand import Brand
from portico.edges.web.documents.entry_card import EntryCard
from portico.edges.web.parts import Part

PATH: Final = "/enter/{}/"
SIGN_IN: Final = "/sign-in/"
CARD_SECONDS: Final = 600
AUDIENCES: Final = {
    Audience.PROVIDER: "Providers and their offices",
    Audience.MEMBER: "Members",
    Audience.EMPLOYER: "Employers",
    Audience.BROKER: "Brokers",
}


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every entrance with its stable address and its card."""
    rows = [(each, address_of(each), AUDIENCES[each.audience]) for each in entrances.all()]
    return render(request, "site/entrances.html", {"rows": rows, "host": host()})


@require_safe
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead providers to the sign-in of their line, and tell everybody else where theirs is."""
    entrance = entrances.of(slug)
    if entrance is None:
        return _gone(request)
    if entrance.is_ours:
        return redirect(parts.address(request, Part(entrance.line), SIGN_IN))
    context = {"entrance": entrance, "audience": AUDIENCES[entrance.audience], "host": host_of(entrance.url)}
    return render(request, "site/entrance_elsewhere.html", context)


@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The entrance as a page to print. The same for everybody on a day, so it is made once in ten minutes."""
    entrance = entrances.of(slug)
    if entrance is None:
        return _gone(request)
    made = _card(entrance, request)
    key = f"site.entry_card.{hash(made):x}"
    content = cache.get(key) or entry_card.render(made)
    cache.set(key, content, CARD_SECONDS)
    headers = {"Content-Disposition": f'inline; filename="entry-card-{entrance.slug}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_safe
def look_alikes(request: HttpRequest) -> HttpResponse:
    """How to know the real site."""
    context = {"host": host(), "site": settings.SITE, "plan": catalogue.identity()}
    return render(request, "site/look_alikes.html", context)


def host() -> str:
    """The one name of this site."""
    return host_of(settings.SITE)


def host_of(address: str) -> str:
    """The name of the site an address is at, with its port where it has one."""
    return urlsplit(address).netloc


def address_of(entrance: Entrance) -> str:
    """The whole stable address of an entrance."""
    return f"{settings.SITE}{PATH.format(entrance.slug)}"


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "site/entrance_gone.html", status=404)


def _card(entrance: Entrance, request: HttpRequest) -> EntryCard:
    plan = catalogue.identity()
    return EntryCard(
        brand=Brand(plan.name, plan.telephone),
        name=entrance.name,
        says=entrance.says,
        host=host(),
        address=address_of(entrance),
        printed_on=asking.actor_of(request).today,
        elsewhere=host_of(entrance.url),
    )
