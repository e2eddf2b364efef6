"""What changed in what somebody may do: when, by whom, what was given and taken, before and after."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.access.delegating import history
from portico.domains.access.delegating.held import PersonaAccess
from portico.domains.access.delegating.history import Change
from portico.domains.permits.actors import Actor
from portico.edges.web import asking
from portico.edges.web.people.access import describing, giving, panels, words
from portico.edges.web.people.access.describing import Group, Names
from portico.edges.web.people.opening import by_side
from portico.edges.web.people.sides import Side
from portico.shared import pages


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words."""

    at: datetime
    what: str
    by: str
    given: tuple[Group, ...]
    taken: tuple[Group, ...]
    before: tuple[Group, ...]
    after: tuple[Group, ...]
    reference: str


@require_safe
@by_side
def shown(request: HttpRequest, side: Side, number: int, persona: int) -> HttpResponse:
    """The changes, the latest first."""
    actor = asking.actor_of(request)
    access = giving.one(request, side, number, persona)
    page = history.of(actor=actor, persona_id=persona, key=request.GET.get("after", ""))
    names = describing.names(_called(actor, access, page))
    context = {
        "side": side,
        "access": access,
        "kind": words.KINDS[access.kind],
        "changes": [_told(each, names) for each in page.rows],
        "next_key": page.next_key,
        "is_first": not request.GET.get("after"),
        "back_url": side.people("suspended") if _is_away(side, access) else side.person(number),
        "is_away": _is_away(side, access),
    }
    return render(request, "people/access/history.html", context)


def _is_away(side: Side, access: PersonaAccess) -> bool:
    return access.suspended_at is not None and not side.is_plan


def _called(actor: Actor, access: PersonaAccess, page: pages.Page[Change]) -> dict[str, str]:
    every = [entry for change in page.rows for entry in (*change.before, *change.after)]
    npis = {npi for entry in every for npi in entry.where.providers or ()}
    tax_ids = {tax_id for entry in every for tax_id in entry.where.tax_ids}
    return panels.called(actor, access, npis, tax_ids)


def _told(change: Change, names: Names) -> Told:
    by = change.by or ("The plan" if change.by_plan else "By itself")
    return Told(
        change.at,
        words.CHANGES.get(change.kind, "Access changed"),
        by,
        names.groups(change.given),
        names.groups(change.taken),
        names.groups(change.before),
        names.groups(change.after),
        change.reference,
    )
