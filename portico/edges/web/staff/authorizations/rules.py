"""Rules of authorizations: one page that leads to each kind of rule the plan sets."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.authorizations import rules_overview
from portico.edges.web import asking


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of rule: its page, its name, what it is for; `count` is its field of the overview."""

    route: str
    name: str
    about: str
    count: str = ""


SECTIONS: Final[tuple[Section, ...]] = (
    Section(
        "approval_rules",
        "Rules that approve",
        "What is approved without a reviewer, tried out on earlier requests before it counts.",
        "approval_rules",
    ),
    Section(
        "authorization_clocks",
        "Clocks",
        "How long decisions, notices and answers may take, by line of business.",
        "clock_rules",
    ),
    Section(
        "requirement_lists",
        "What needs an authorization",
        "The lists that offices are answered from: hand one in, see what it changes, publish it.",
    ),
    Section(
        "questionnaires",
        "Questionnaires",
        "The questions that go with a request: hand a version in, look through it, publish it.",
        "questionnaires",
    ),
)
"""In the order of the page. Each kind of rule has a page of its own, and its line here."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every kind of rule, and how many are in force."""
    found = rules_overview.overview(actor=asking.actor_of(request))
    sections = [(section, getattr(found, section.count) if section.count else None) for section in SECTIONS]
    return render(request, "staff/authorizations/rules.html", {"sections": sections, "found": found})
