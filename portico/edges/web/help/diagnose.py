"""Which it is: before signing in by what somebody tells, without looking at an account; after it by decide().

The same address for both. Nothing is kept; what was asked goes on into a support case only when it is sent
there.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portico.domains.plan import catalogue, entrances
from portico.domains.plan.entrances import Audience, Entrance
from portico.domains.support import diagnosing
from portico.domains.support.diagnosing import Diagnosis, Supposed
from portico.domains.support.verdicts import Verdict
from portico.edges.web import asking, parts, refusals
from portico.edges.web.help import desk_words, words
from portico.edges.web.help.forms import AskedForm, ToldForm
from portico.edges.web.parts import Part

_SIGN_IN, _CONTACT = ("sign_in", "Sign in"), ("contact", "Have us call you, or ask a question")
LINKS: Final[Mapping[Verdict, tuple[tuple[str, str], ...]]] = {
    Verdict.SIGN_IN_FIRST: (
        _SIGN_IN,
        ("forgot_password", "Set a new password"),
        ("forgot_username", "Have your username mailed"),
        ("register", "Register your office"),
    ),
    Verdict.WRONG_PAGE: (("entrances", "Every entrance, and whom it is for"),),
    Verdict.FIRST_STEPS: (_SIGN_IN, _CONTACT),
    Verdict.LOCKED: (("forgot_password", "Set a new password"), _CONTACT),
    Verdict.ACCOUNT_CLOSED: (_CONTACT,),
    Verdict.APPROVAL_PENDING: (("register_status", "Follow your registration"), _CONTACT),
    Verdict.SYSTEM_TROUBLE: (("service_status", "How the service is"), _CONTACT),
    Verdict.NOT_PARTICIPATING: (("join_network", "How to join the network"), _CONTACT),
}
"""Where somebody who is not signed in goes on; otherwise they sign in, and ask the same page again."""
TONES: Final = {Verdict.OPEN: "positive", Verdict.SYSTEM_TROUBLE: "negative"}


@require_http_methods(["GET", "POST"])
def diagnose(request: HttpRequest) -> HttpResponse:
    """Ask what is in the way, and answer which it is."""
    return _own(request) if asking.is_signed_in(request) else _told(request)


def asked_form(request: HttpRequest) -> AskedForm:
    """What is missed, as it was sent; in the part of the plan one is in."""
    data = request.POST if request.method == "POST" else None
    wanted = request.GET.get("function", "")
    return AskedForm(asking.actor_of(request), data, part=parts.of(request), function=wanted)


def entrance_of(part: Part) -> str:
    """The stable name of the entrance of that part; "" where the plan has none of its own for it."""
    ours = (each for each in entrances.all() if each.is_ours and each.line == part.line)
    return next((each.slug for each in ours), "")


def _told(request: HttpRequest) -> HttpResponse:
    form = ToldForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        found = diagnosing.supposed(
            actor=asking.actor_of(request), audience=said["audience"], told=said["told"]
        )
        context |= _supposed(found, said["audience"])
    return render(request, "help/told.html", context, status=422 if form.errors else 200)


def _supposed(found: Supposed, audience: Audience) -> dict[str, Any]:
    links = LINKS.get(found.verdict, (_SIGN_IN, _CONTACT))
    return {
        "said": words.VERDICTS[found.verdict],
        "tone": TONES.get(found.verdict, "caution"),
        "fixers": _fixers(found),
        "links": [(reverse(route), label) for route, label in links],
        "sites": _sites(audience),
        "is_behind": found.verdict not in LINKS,
        "plan": catalogue.identity(),
    }


def _fixers(found: Supposed) -> list[tuple[str, str]]:
    """Who can change it, and how; where it is about nobody's access, nobody."""
    if found.decision is None:
        return []
    named = "what you miss"
    fixers = [(desk_words.WHO[each.by], refusals.HOW[each.remedy]) for each in found.decision.fixers]
    roads = [("The plan's Provider Services", refusals.ROADS[each.code]) for each in found.decision.roads]
    return [(who, how.format(function=named)) for who, how in (*fixers, *roads)]


def _sites(audience: Audience) -> list[Entrance]:
    """Where somebody of another audience signs in."""
    if audience is Audience.PROVIDER:
        return []
    return [each for each in entrances.all() if each.audience == audience]


def _own(request: HttpRequest) -> HttpResponse:
    form = asked_form(request)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        actor = asking.actor_of(request)
        found = diagnosing.own(actor=actor, asked=form.asked())
        context |= _diagnosed(request, found)
    return render(request, "help/diagnose.html", context, status=422 if form.errors else 200)


def _diagnosed(request: HttpRequest, found: Diagnosis) -> dict[str, Any]:
    actor, decision, lines = asking.actor_of(request), found.decision, catalogue.line_names()
    return {
        "found": found,
        "said": words.VERDICTS[found.verdict],
        "tone": TONES.get(found.verdict, "caution"),
        "name": words.function(found.asked.function),
        "refusal": None if decision.allowed else refusals.in_words(actor, decision),
        "opens_in": [(code, lines[code]) for code in found.opens_in],
        "next": request.path_info,
        "used_at": found.use.at if found.use else None,
        "unknown_reference": bool(found.asked.reference) and found.use is None,
        "sent": _sent(found),
    }


def _sent(found: Diagnosis) -> list[tuple[str, str]]:
    """What goes on into a case, as the fields of a form."""
    asked = found.asked
    named = ("function", "line", "region", "tax_id", "provider", "reference")
    return [(name, str(getattr(asked, name))) for name in named]
