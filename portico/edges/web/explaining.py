"""What helps against a refusal: for each reason the way to mend it, a link or one button that asks for it.

Every closed menu item, refused page and disabled button leads here, with the tax ID, the line, the region and
the provider that were asked about; so a request is tied to where something was missed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse

from portico.domains.access import personas
from portico.domains.access.asking import requests, rules, views
from portico.domains.access.asking.rules import Cannot, Wish
from portico.domains.access.delegating import confirmers
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import FixedBy, Fixer, Reason, Remedy
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue
from portico.domains.support import diagnosing
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier

PLACES: Mapping[Remedy, tuple[str, str]] = {
    Remedy.SIGN_IN: ("sign_in", "Sign in"),
    Remedy.USE_YOUR_OWN_SITE: ("entrances", "Find your own site"),
    Remedy.ACCEPT_TERMS: ("terms_accept", "Read and accept them"),
    Remedy.ACTIVATE: ("welcome", "Go on with your first sign-in"),
    Remedy.VERIFY_IDENTITY: ("identity", "Verify your identity"),
    Remedy.PASS_SECOND_FACTOR: ("factors", "Go to your second steps"),
    Remedy.CONFIRM_IT_IS_YOU: ("confirm", "Confirm that it is you"),
    Remedy.SWITCH_SIDE: ("side", "Choose the office you work for"),
}
ROAD_PLACES: Mapping[str, tuple[str, str]] = {
    "join_the_network": ("join_network", "How to join the network"),
    "plan_service_area": ("support", "Ask Provider Services"),
}
SWITCHES: Final[Mapping[PersonaKind, str]] = {
    PersonaKind.END_USER: "Switch to your end-user persona",
    PersonaKind.ADMINISTRATOR: "Switch to your administrator persona",
}


@dataclass(frozen=True, slots=True)
class Way:
    """Where it is mended: a page, or (`sends`) a form of hidden fields that a button sends there.

    `more`: what a second button of the same form says; it sends no `send` and so leads to the whole form.
    `is_begun`: there is no first one, what it leads to is always looked through before it is sent.
    """

    says: str
    url: str
    sends: tuple[tuple[str, str], ...] = ()
    more: str = ""
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One dimension of what was asked, in words."""

    label: str
    value: str


def ways(actor: Actor, decision: Decision, reference: str = "") -> Mapping[Reason, Way]:
    """The way to mend each reason that this person can mend, or ask somebody to.

    `reference` is that of the refusal, "" for a decision that was only looked at.
    """
    found = {fixer.reason: _own_way(fixer.remedy, decision) for fixer in decision.fixers}
    found |= {road.reason: _place(ROAD_PLACES.get(road.code)) for road in decision.roads}
    request = _request(actor, decision)
    for reason in decision.reasons:
        found[reason] = found.get(reason) or _switch(actor, decision, reason)
        if found[reason] is None and _is_asked_for(reason):
            found[reason] = request
    for fixer in decision.fixers:
        if found.get(fixer.reason) is None and _is_the_plans(actor, fixer):
            found[fixer.reason] = _case(actor, decision.question, reference)
    return {reason: way for reason, way in found.items() if way is not None}


def asked(question: Question) -> tuple[Asked, ...]:
    """What was asked about, where that was more than the function."""
    return tuple(_asked(question))


def sent(wish: Wish) -> tuple[tuple[str, str], ...]:
    """The wish as the fields of a form, without what is open."""
    named = (
        *(("functions", str(function)) for function in wish.functions),
        ("tax_id", wish.tax_id),
        ("line", wish.line),
        ("region", wish.region),
        ("provider", wish.provider),
        ("wants_end_user", "on" if wish.wants_end_user else ""),
    )
    return tuple((name, value) for name, value in named if value)


def _own_way(remedy: Remedy, decision: Decision) -> Way | None:
    way = _place(PLACES.get(remedy))
    if way is None or remedy is not Remedy.VERIFY_IDENTITY:
        return way
    return replace(way, url=f"{way.url}?for={decision.question.function}")


def _place(place: tuple[str, str] | None) -> Way | None:
    return None if place is None else Way(place[1], reverse(place[0]))


def _switch(actor: Actor, decision: Decision, reason: Reason) -> Way | None:
    """To another persona of one's own in the same office, where that one mends it."""
    wanted = None
    if reason is Reason.ADMINISTRATOR_HAS_NO_PHI:
        wanted = PersonaKind.END_USER
    elif reason is Reason.ACCESS_REVIEW_OVERDUE or decision.question.function is Function.MANAGE_USERS:
        wanted = PersonaKind.ADMINISTRATOR
    number = personas.own_in_office(actor, wanted) if wanted else None
    if wanted is None or number is None:
        return None
    return Way(SWITCHES[wanted], reverse("personas"), (("persona", str(number)),))


def _is_asked_for(reason: Reason) -> bool:
    return reason in rules.MENDED_BY_GRANT or reason is Reason.ADMINISTRATOR_HAS_NO_PHI


def _request(actor: Actor, decision: Decision) -> Way | None:
    """Ask for it, or see what was asked before; None where a request brings nothing.

    Whose tax ID it is, the office's own or nobody's here, the form that is sent says and not this page: it is
    the same for every tax ID that was not granted.
    """
    wish = requests.wish_of(actor, decision.question)
    is_asked_for = any(map(_is_asked_for, decision.reasons))
    if not is_asked_for or requests.hindrance(actor, wish) not in (None, Cannot.TAX_ID):
        return None
    before = views.open_one(actor, rules.digest(wish))
    if before is not None:
        return Way("See your request", reverse("access_request", args=[before]))
    return Way("Ask for it", reverse("access_request_new"), sent(wish), "Add more, or a note")


def _is_the_plans(actor: Actor, fixer: Fixer) -> bool:
    """Does the plan mend it: by itself, or because nobody of the office confirms what was proposed?"""
    if fixer.reason is Reason.GRANT_PROPOSED:
        return not confirmers.of_own(actor)
    return fixer.by is FixedBy.PLAN


def _case(actor: Actor, question: Question, reference: str) -> Way | None:
    """To the plan's support, with what was refused, for somebody of an office whose account may ask it."""
    may_ask = actor.office_id is not None and decide(actor, Question(Function.SUPPORT_CASE)).allowed
    if not may_ask:
        return None
    way = Way("Open a support case", reverse("case_new"))
    if question.function not in diagnosing.choices(actor):
        return way
    return replace(way, sends=_facts(actor, question, reference), is_begun=True)


def _facts(actor: Actor, question: Question, reference: str) -> tuple[tuple[str, str], ...]:
    """What was refused, as the fields of the form that a case begins with; none that it would not take."""
    own = actor.standing.tax_ids | actor.standing.former_clients
    named = (
        ("function", str(question.function)),
        ("tax_id", question.tax_id if question.tax_id in own else ""),
        ("line", question.line),
        ("region", question.region),
        ("provider", question.provider if _is_npi(question.provider or "") else ""),
        ("reference", reference),
    )
    return tuple((name, value) for name, value in named if value)


def _is_npi(typed: str) -> bool:
    try:
        return bool(identifiers.parse_npi(typed))
    except BadIdentifier:
        return False


def _asked(question: Question) -> Iterator[Asked]:
    choices = catalogue.choices()
    if question.tax_id:
        yield Asked("Tax ID", identifiers.format_tax_id(question.tax_id))
    if question.provider:
        yield Asked("Provider", question.provider)
    if question.line:
        yield Asked("Line of business", _name(question.line, choices.lines))
    if question.region:
        yield Asked("Region", _name(question.region, choices.regions))


def _name(code: str, named: tuple[catalogue.Named, ...]) -> str:
    return next((each.name for each in named if each.code == code), code)
