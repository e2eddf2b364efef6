"""One person: how far the account is, step by step, what they may do, and what can be done about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.access import factor_resetting, people
from portico.domains.access.people import Person
from portico.domains.accounts.joining.provisioning_rules import Standing, Step
from portico.edges.web import asking
from portico.edges.web.people import words
from portico.edges.web.people.access import panels
from portico.edges.web.people.sides import Side

ACTS: Final[Mapping[str, str]] = {
    "unlock": "Unlock",
    "invite": "Send a new invitation",
    "cancel": "Take the invitation back",
    "reset": "Reset the second factors",
    "vouch": "Vouch for who it is",
    "caller": "Check a caller's answer",
    "enable": "Enable the account",
    "disable": "Disable the account",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that can be done about the account, and where."""

    label: str
    url: str


@require_safe
def shown(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """The person's page."""
    actor = asking.actor_of(request)
    found = read(request, side, number)
    account, reset = found.account, found.reset
    said, tone = words.STANDINGS[account.row.standing]
    stops = factor_resetting.hindrance(actor=actor, request=reset) if reset else None
    access = panels.of(actor, side, found)
    context = {
        "side": side,
        "person": found,
        "row": account.row,
        "said": said,
        "tone": tone,
        "is_handed_over": account.row.standing is Standing.INVITED,
        "is_suspended": account.row.standing is Standing.SUSPENDED,
        "steps": [words.step(each) for each in account.steps],
        "stuck": words.stuck(account.stuck),
        "access": access,
        "others": panels.others(side, found, access),
        "desks": [(held, *words.persona(held)) for held in found.personas if held.desk],
        "reset": reset,
        "stops": words.HINDRANCES[stops] if stops else "",
        "is_own": reset is not None and reset.asked_by == actor.user_id,
        "reactivate_url": side.person(number, "reactivate"),
        "agree_url": side.person(number, "reset_agree"),
        "refuse_url": side.person(number, "reset_refuse"),
        "offered": [Offered(ACTS[act], side.person(number, act)) for act in _acts(side, found)],
    }
    return render(request, "people/person.html", context)


def read(request: HttpRequest, side: Side, number: int, *, lately: bool = False) -> Person:
    """The person of that number; Http404 where there is none within reach."""
    actor = asking.actor_of(request)
    try:
        return people.one(actor=actor, function=side.function, user_id=number, lately=lately)
    except people.UnknownPerson as error:
        raise Http404 from error


def _acts(side: Side, person: Person) -> list[str]:
    """What there is to do, for somebody who may look after this account."""
    if not person.may_change:
        return []
    account, standing = person.account, person.account.row.standing
    is_open = standing is not Standing.DISABLED
    is_asked = any(
        seen.step is Step.IDENTITY and seen.progress in ("waiting", "stopped") for seen in account.steps
    )
    wanted = {
        "unlock": is_open and not account.is_invited,
        "invite": is_open and account.is_invited,
        "cancel": standing is Standing.INVITED,
        "reset": is_open and not account.is_invited and person.has_factors and person.reset is None,
        "vouch": side.is_plan and is_open and is_asked and person.may_vouch,
        "caller": side.is_plan and is_open and bool(account.question),
        "enable": side.is_plan and not is_open,
        "disable": side.is_plan and is_open,
    }
    return [act for act in ACTS if wanted[act]]
