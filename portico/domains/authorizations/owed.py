"""What an office owes and is owed of its requests, the one due first before the others.

For a list that stands on a first page: no patient is named, only the requests are, by their numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from portico.domains.access import colleagues, coworkers
from portico.domains.audit import uses
from portico.domains.authorizations import draft_rows, models, reach
from portico.domains.authorizations.facts.requested import Kind, Level
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

SIZE: Final = 50
KINDS: Final = {
    Function.AUTHORIZATION_SUBMISSION: (Kind.AUTHORIZATION, Kind.ADMISSION),
    Function.REFERRALS: (Kind.REFERRAL,),
}
"""What is written, by the function that sends it."""
State = models.Authorization.State


@dataclass(frozen=True, slots=True)
class Owed:
    """A request, and when the next step of it is due; None where no clock runs.

    `assigned_to` names who follows it in the own office, or at the plan's desk; "" for nobody who is still
    there. `is_mine`: that is whoever asks.
    """

    public_id: UUID
    number: str
    kind: Kind
    level: Level
    due_at: datetime | None
    assigned_to: str = ""
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class OwedRequests:
    """Those due first, and how many there are in all."""

    requests: tuple[Owed, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Handed:
    """A draft that a colleague handed to whoever asks."""

    public_id: UUID
    kind: Kind
    handed_at: datetime
    by: str


def answers(*, actor: Actor, size: int = SIZE) -> OwedRequests:
    """Requests of which the plan asks for more: due when the first open question is. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_INQUIRY) as given:
        asked = models.InformationRequest.objects.filter(
            authorization=OuterRef("pk"), state=models.InformationRequest.State.OPEN
        )
        first = asked.order_by("due_at").values("due_at")[:1]
        rows = reach.at_work_on(given).filter(state=State.PENDED).annotate(next_at=Subquery(first))
        return _of_office(given, rows, size)


def decisions(*, actor: Actor, size: int = SIZE) -> OwedRequests:
    """Requests that the plan has to decide: due when its clock ends. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_INQUIRY) as given:
        rows = reach.at_work_on(given).filter(state=State.IN_REVIEW).annotate(next_at=F("due_at"))
        return _of_office(given, rows, size)


def handed(*, actor: Actor, function: Function, size: int = SIZE) -> tuple[Handed, ...]:
    """Drafts of what `function` sends that were handed to whoever asks, the oldest first.

    Raises NotPermitted, and KeyError for a function that sends none (KINDS).
    """
    with permit(actor, function) as given:
        rows = draft_rows.within(given).filter(
            owner_id=actor.persona_id or 0,
            state=models.Draft.State.OPEN,
            kind__in=KINDS[function],
            handed_at__isnull=False,
        )
        found = rows.order_by("handed_at", "pk").values_list("public_id", "kind", "handed_at", "handed_by")
        told = list(found[:size])
        names = coworkers.names(given, {by for *_, by in told if by is not None}) if told else {}
        given.conclude(uses.GLANCED)
        return tuple(
            Handed(public_id, Kind(kind), handed_at or actor.asked_at, names.get(by or 0, ""))
            for public_id, kind, handed_at, by in told
        )


def queue(*, actor: Actor, size: int = SIZE) -> OwedRequests:
    """What the plan's desk has to decide, of every office. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        rows = models.Authorization.objects.filter(state=State.IN_REVIEW).annotate(next_at=F("due_at"))
        found = _soonest(rows, size)
        names = colleagues.names(given, {row.reviewer_id for row in found if row.reviewer_id is not None})
        told = tuple(
            _owed(row, names.get(row.reviewer_id or 0, ""), row.reviewer_id == actor.user_id) for row in found
        )
        return _concluded(given, told, rows, size)


def _of_office(given: Permit, rows: "QuerySet[models.Authorization]", size: int) -> OwedRequests:
    actor, found = given.actor, _soonest(rows, size)
    people = coworkers.using(given, Function.AUTHORIZATION_INQUIRY) if found else ()
    names = {each.persona_id: each.name for each in people}
    held = models.Assignment.objects.filter(
        authorization__in=[row.pk for row in found], office_id=actor.office_id or 0
    )
    assigned = dict(held.values_list("authorization_id", "persona_id"))
    told = tuple(
        _owed(row, names.get(assigned.get(row.pk) or 0, ""), assigned.get(row.pk) == actor.persona_id)
        for row in found
    )
    return _concluded(given, told, rows, size)


def _soonest(rows: "QuerySet[models.Authorization]", size: int) -> "Sequence[models.Authorization]":
    return list(rows.order_by(F("next_at").asc(nulls_last=True), "pk")[:size])


def _owed(row: models.Authorization, assigned_to: str, is_mine: bool) -> Owed:
    due_at: datetime | None = getattr(row, "next_at")  # noqa: B009 - annotated by each question here
    kind, level = Kind(row.kind), Level(row.level)
    return Owed(row.public_id, row.number, kind, level, due_at, assigned_to, is_mine and bool(assigned_to))


def _concluded(
    given: Permit, told: tuple[Owed, ...], rows: "QuerySet[models.Authorization]", size: int
) -> OwedRequests:
    for each in told:
        given.note_subject("authorization", each.number)
    given.conclude(uses.GLANCED)
    return OwedRequests(told, rows.count() if len(told) == size else len(told))
