"""A provider's page, with every place and network, and a place's page, with everybody there."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.directory import profiles
from portico.domains.directory.network_answers import Verdict
from portico.domains.directory.profiles import NotListed, Profile
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.finding import words
from portico.edges.web.finding.forms import DayForm, NetworkForm


@require_safe
def provider(request: HttpRequest, npi: str) -> HttpResponse:
    """One provider on a day, and whether it is in the network asked for."""
    form, actor = _form(request), asking.actor_of(request)
    line, on = form.asked()
    try:
        profile = profiles.of(actor=actor, npi=npi, on=on)
    except NotListed as error:
        raise Http404 from error
    context = {"form": form, **said(request, profile, line)}
    return render(request, "finding/provider.html", context, status=422 if form.errors else 200)


@require_safe
def place(request: HttpRequest, place: int) -> HttpResponse:
    """One place on a day."""
    form = _form(request)
    _, on = form.asked()
    try:
        shown = profiles.at(actor=asking.actor_of(request), place=place, on=on)
    except (NotListed, OverflowError) as error:
        raise Http404 from error
    context = {
        "place": shown,
        "rows": words.rows(shown.providers),
        "accessibility": [words.ACCESSIBILITY[code] for code in shown.accessibility],
    }
    return render(request, "finding/place.html", context, status=422 if form.errors else 200)


def said(request: HttpRequest, profile: Profile, line: str, ask: NetworkForm | None = None) -> dict[str, Any]:
    """What the page of a provider shows; `ask`: the form of a receipt that was sent and would not do."""
    verdict, choices = words.standing(profile.places, line), catalogue.choices()
    ask = ask or NetworkForm(today=profile.on, lines=choices.lines)
    ask.initial.update({"line": line, "on": profile.on})
    return {
        "profile": profile,
        "places": [(row, words.networks(at)) for row, at in zip(_rows(profile), profile.places, strict=True)],
        "line": line,
        "line_name": choices.line_names.get(line, ""),
        "is_in": verdict is Verdict.IN_NETWORK,
        "is_asked": verdict is not None,
        "tone": words.TONES[verdict] if verdict else "",
        "ask": ask if asking.is_signed_in(request) else None,
    }


def _rows(profile: Profile) -> list[words.Row]:
    return words.rows(at.seen for at in profile.places)


def _form(request: HttpRequest) -> DayForm:
    today = asking.actor_of(request).today
    return DayForm(request.GET, today=today, lines=catalogue.choices().lines)
