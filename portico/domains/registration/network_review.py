"""The plan's desk for offices that would like to take part: one wish, who has it, notes, and the answer.

The desk alone sees what the provider file says of the numbers. An invitation opens nothing here: a contract
comes first, the provider file tells of it, and then the office registers like any other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import Q

from portico.domains.notifications import outbox
from portico.domains.offices import roster, standing
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.registration import (
    models,
    network,
    network_events,
    network_queue,
    network_rules,
    transaction_ids,
)
from portico.domains.registration.network import SUBJECT
from portico.domains.registration.network_events import Kind
from portico.domains.registration.network_queue import Row, Who
from portico.domains.registration.network_rules import Decline, Stage

ANSWERED: Final = "network_answered"
MOST_OTHERS: Final = 20


class BadNote(ValueError):
    """A note has something in it, and at most two thousand characters."""


@dataclass(frozen=True, slots=True)
class OnFile:
    """What the provider file says today of the numbers of a wish; `has_account`: their office is here."""

    knows_npi: bool
    knows_tax_id: bool
    takes_part: bool
    has_account: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a wish, and who did it; NOBODY is whoever asked, without an account."""

    kind: Kind
    at: datetime
    by: Who
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Case:
    """One wish as the desk reads it. A year after the answer it has lost its notes and whom to reach.

    `others`: further wishes of the same NPI or tax ID, the newest first.
    """

    row: Row
    npi: str
    tax_id: str
    regions: tuple[str, ...]
    lines: tuple[str, ...]
    contact_name: str = field(repr=False)
    email: str = field(repr=False)
    telephone: str = field(repr=False)
    reason: Decline | None
    on_file: OnFile
    happened: tuple[Happened, ...]
    others: tuple[Row, ...]


def case(*, actor: Actor, number: int) -> Case | None:
    """One wish, answered or not; None where there is none of that number. Raises NotPermitted."""
    with permit(actor, Function.NETWORK_REVIEW) as given:
        row = models.NetworkRequest.objects.filter(pk=number).first()
        given.conclude("network_request_shown" if row else "not_found")
        if row is None:
            return None
        given.note_subject(SUBJECT, str(row.pk))
        return _case(given, row)


def find(*, actor: Actor, tracking_number: str) -> int | None:
    """The number of the wish whose sender names this tracking number; None where there is none.

    Raises BadIdentifier for what is none or was mistyped, and NotPermitted.
    """
    wanted = network.index_of(transaction_ids.parse(tracking_number))
    with permit(actor, Function.NETWORK_REVIEW) as given:
        rows = models.NetworkRequest.objects.filter(tracking_index=wanted)
        number = rows.values_list("pk", flat=True).first()
        given.conclude("network_request_found" if number else "not_found")
        if number is not None:
            given.note_subject(SUBJECT, str(number))
        return number


def assign(*, actor: Actor, number: int, takes: bool) -> bool:
    """Take it oneself, from a colleague too, or hand back what is one's own: then anybody finds it.

    False where none of that number waits any more, or it is not one's own to hand back. Raises NotPermitted.
    """

    def act(given: Permit, row: models.NetworkRequest) -> bool:
        if not takes and row.assigned_to != actor.user_id:
            return False
        row.assigned_to = actor.user_id if takes else None
        row.state = Stage.IN_REVIEW if takes else Stage.RECEIVED
        network_events.note(given, row, Kind.TAKEN if takes else Kind.HANDED_BACK)
        given.conclude("network_request_taken" if takes else "network_request_handed_back")
        return True

    return _of_open(actor, number, act)


def note(*, actor: Actor, number: int, text: str) -> bool:
    """Keep a note for the plan alone, on an answered wish too; False where there is none of that number.

    Raises BadNote, NotPermitted.
    """
    told = text.strip()
    if not told or len(told) > network_rules.LONGEST_NOTE:
        raise BadNote
    with permit(actor, Function.NETWORK_REVIEW) as given:
        row = models.NetworkRequest.objects.filter(pk=number).first()
        given.conclude("network_request_noted" if row else "not_found")
        if row is None:
            return False
        given.note_subject(SUBJECT, str(row.pk))
        network_events.note(given, row, Kind.NOTED, text=told)
        return True


def invite(*, actor: Actor, number: int) -> bool:
    """Say yes: the plan gets in touch about a contract. False where none of that number waits any more.

    Raises NotPermitted.
    """
    return _answer(actor, number, Stage.INVITED, None)


def decline(*, actor: Actor, number: int, reason: Decline) -> bool:
    """Say no, for one of the reasons there are. False where none of that number waits any more.

    Raises NotPermitted.
    """
    return _answer(actor, number, Stage.DECLINED, reason)


def _answer(actor: Actor, number: int, stage: Stage, reason: Decline | None) -> bool:
    """Keep the answer and mail that there is one; why stands on the page of the tracking number alone."""

    def act(given: Permit, row: models.NetworkRequest) -> bool:
        row.state, row.reason = stage, reason or ""
        row.decided_at, row.decided_by = actor.asked_at, actor.user_id
        network_events.note(given, row, Kind(stage.value))
        outbox.enqueue(to=row.email, template=ANSWERED, context={"kind": str(stage)})
        given.conclude(f"network_request_{stage}")
        return True

    return _of_open(actor, number, act)


def _of_open(actor: Actor, number: int, act: Callable[[Permit, models.NetworkRequest], bool]) -> bool:
    """Act on a wish that waits, its row held: who comes second finds it answered."""
    with permit(actor, Function.NETWORK_REVIEW) as given:
        row = models.NetworkRequest.objects.select_for_update().filter(pk=number).first()
        if row is None or not network_rules.is_open(row.state):
            given.conclude("not_found" if row is None else "network_settled")
            return False
        given.note_subject(SUBJECT, str(row.pk))
        given.conclude("network_not_ones_own")
        done = act(given, row)
        row.save()
        return done


def _case(given: Permit, row: models.NetworkRequest) -> Case:
    actor = given.actor
    return Case(
        row=network_queue.row_of(row, actor),
        npi=row.npi,
        tax_id=row.tax_id,
        regions=tuple(row.regions),
        lines=tuple(row.lines),
        contact_name=row.contact_name,
        email=row.email,
        telephone=row.telephone,
        reason=Decline(row.reason) if row.reason else None,
        on_file=_on_file(given, row),
        happened=tuple(_happened(each, actor) for each in row.events.order_by("pk")),
        others=tuple(network_queue.row_of(each, actor) for each in _others(row)),
    )


def _on_file(given: Permit, row: models.NetworkRequest) -> OnFile:
    found = roster.read(given, npi=row.npi, tax_ids=[row.tax_id])
    return OnFile(
        knows_npi=any(each.npi == row.npi for each in found.providers),
        knows_tax_id=row.tax_id in found.tax_ids,
        takes_part=bool(standing.taking_part([row.tax_id], on=given.actor.today)),
        has_account=row.tax_id in found.offices,
    )


def _happened(row: models.NetworkEvent, actor: Actor) -> Happened:
    by = network_queue.who(row.by, actor)
    return Happened(Kind(row.kind), row.at, by, network_events.text(row))


def _others(row: models.NetworkRequest) -> list[models.NetworkRequest]:
    same = models.NetworkRequest.objects.filter(Q(npi=row.npi) | Q(tax_id=row.tax_id))
    return list(same.exclude(pk=row.pk).order_by("-pk")[:MOST_OTHERS])
