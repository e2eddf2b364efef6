"""Lookups: what a search found, kept under an opaque id for the persona or the machine that searched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import UUIDField

from portico.domains.members import models, rules
from portico.domains.members.asked import NoAnswer
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit
from portico.shared import prepared
from portico.shared.prepared import Given

_WITH_CHOSEN = prepared.Query(
    lambda: models.Lookup.objects.select_related("chosen").filter(pk=Given("lookup", UUIDField()))
)


class LookupNotFound(LookupError):
    """There is no such lookup for this actor; `reason` says EXPIRED where there was one."""

    def __init__(self, reason: NoAnswer | None = None) -> None:
        super().__init__(reason or "no such lookup")
        self.reason = reason


class NotChosen(LookupNotFound):
    """The lookup found several people and none of them is chosen yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for the chosen member; an empty line stands for every line granted."""

    id: UUID
    member: models.Member
    tax_id: str
    line: str
    decided_line: str
    as_of: date


def owned(actor: Actor, lookup: UUID) -> models.Lookup:
    """The lookup, with the member chosen, if this actor made it within twelve hours. One query."""
    row = _WITH_CHOSEN.first(lookup=lookup)
    if row is None or not _is_owner(actor, row):
        raise LookupNotFound
    if actor.asked_at > row.created_at + rules.LOOKUP_LIFE:
        raise LookupNotFound(NoAnswer.EXPIRED)
    return row


def asked(actor: Actor, lookup: UUID) -> Asked:
    """What was asked for the chosen member. Raises LookupNotFound, NotChosen."""
    row = owned(actor, lookup)
    if row.chosen is None:
        raise NotChosen
    return Asked(row.pk, row.chosen, row.tax_id, row.line, row.decided_line, row.as_of)


def remember(
    given: Permit, *, found: Sequence[int], as_of: date, chosen: int | None = None, decided_line: str = ""
) -> UUID:
    """Keep what was found (row numbers of members) for what `given` was asked; answers the opaque id."""
    actor, question = given.actor, given.question
    row = models.Lookup.objects.create(
        persona_id=actor.persona_id,
        machine_id=actor.machine_id,
        tax_id=question.tax_id or "",
        line=question.line or "",
        decided_line=decided_line,
        as_of=as_of,
        found=list(found),
        chosen_id=chosen,
        created_at=actor.asked_at,
    )
    return row.pk


def _is_owner(actor: Actor, row: models.Lookup) -> bool:
    mine, its = (actor.persona_id, actor.machine_id), (row.persona_id, row.machine_id)
    return mine == its and mine != (None, None)
