"""What the job of every batch does alike: acts as its partner, acknowledges what came, begins the results.

A batch of any kind is acknowledged by TA1 or 999 for every interchange, always. Each step is one transaction
with the job's cursor.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from portico.domains.access import actors as access_actors
from portico.domains.exchange import working
from portico.domains.exchange.log import Entry, Operation, Result, SetNote
from portico.domains.exchange.submissions import UnknownSubmission
from portico.domains.exchange.working import Acknowledged
from portico.domains.jobs.leases import CannotDo, Leased
from portico.domains.permits.actors import Actor, Door
from portico.edges.x12 import acknowledgements, codes_of_faults, replies
from portico.edges.x12.acknowledgements import Due, Mode
from portico.edges.x12.connectivity.vocabulary import PayloadType
from portico.edges.x12.reviews import InterchangeReview
from portico.shared.x12.build import InterchangeWriter

MOST_INTERCHANGES = 500  # of one file: each has its row in the log, all written in one transaction
RESULTS = "results"
_OURS = "0001"  # ST02 of a 999: one to a group

Told = tuple[InterchangeReview, ...]


def partner(leased: Leased, submission: UUID) -> Actor:
    """Whose submission it is, with what it holds now.

    Raises CannotDo when the partner is gone, UnknownSubmission when its submission is.
    """
    owner = working.owner(submission)
    if owner is None:
        raise UnknownSubmission
    now = leased.now()
    today = now.astimezone(leased.worker.zone).date()
    actor = access_actors.for_machine(owner.machine_id, asked_at=now, today=today, door=Door.X12)
    if actor is None:
        raise CannotDo("partner_gone")
    return actor


def refused(told: Told) -> Told:
    """Every interchange as one that is refused for its content: there is too much of it."""
    return tuple(replace(each, note=codes_of_faults.CONTENT) for each in told)


def acknowledge(
    leased: Leased, actor: Actor, submission: UUID, told: Told, cursor: Mapping[str, Any]
) -> Leased:
    """Keeps the acknowledgement of what was judged, and checkpoints; the new lease has the cursor."""
    dues = [_due(each) for each in told]
    at = actor.asked_at.astimezone(leased.worker.zone)
    working.keep_acknowledgement(
        leased=leased,
        actor=actor,
        submission=submission,
        interchanges=[_acknowledged(*each) for each in zip(told, dues, strict=True)],
        payload_type=_type_of(dues),
        write=lambda numbers: _written(told, dues, numbers, at),
        cursor=cursor,
    )
    return replace(leased, cursor=cursor)


def begin_results(leased: Leased, actor: Actor, submission: UUID, payload_type: PayloadType) -> Leased:
    """Gives the results their row in the log; its number stands in the cursor as `results`."""
    received = working.received(actor=actor, submission=submission)
    entry = Entry(
        operation=Operation.RESULTS,
        envelope="",
        received_at=actor.asked_at,
        result=Result.ACCEPTED,
        machine_id=actor.machine_id,
        office_id=actor.office_id,
        sender_id=actor.context.get("sender_id", ""),
        payload_type=payload_type,
        payload_id=received.payload_id,
    )
    cursor = dict(leased.cursor)
    number = working.begin_results(
        leased=leased, actor=actor, submission=submission, entry=entry, cursor=cursor
    )
    return replace(leased, cursor={**cursor, RESULTS: number})


def _due(told: InterchangeReview) -> Due:
    """What is said of an interchange: in batch always something."""
    due = acknowledgements.due(told, Mode.BATCH)
    return Due(True, ()) if due.is_nothing else due


def _written(
    told: Sequence[InterchangeReview], dues: Sequence[Due], numbers: Sequence[str], at: datetime
) -> bytes:
    file = io.BytesIO()
    for review, due, number in zip(told, dues, numbers, strict=True):
        header = replies.interchange_header(review.header, at=at, control_number=int(number))
        with InterchangeWriter(file, header, replace_delimiters=True) as interchange:
            acknowledgements.put(interchange, review, due, at=at)
    return file.getvalue()


def _acknowledged(told: InterchangeReview, due: Due) -> Acknowledged:
    return Acknowledged(
        interchange=told.header.control_number[:9],
        kind="999" if due.groups else "TA1",
        accepted=told.is_accepted and (not told.groups or any(group.accepted for group in told.groups)),
        sets=tuple(_sets(told, due)),
    )


def _sets(told: InterchangeReview, due: Due) -> Iterator[SetNote]:
    """Each set received, with the numbers of the 999 that speaks of it."""
    ours = {id(group): str(place) for place, group in enumerate(due.groups, 1)}
    for group in told.groups:
        number = ours.get(id(group), "")
        for one in group.sets:
            yield SetNote(
                code=one.header.code[:3],
                group=group.header.control_number[:9],
                number=one.header.control_number[:9],
                our_group=number,
                our_number=_OURS if number else "",
                accepted=told.is_accepted and not group.codes and one.is_accepted,
            )


def _type_of(dues: Sequence[Due]) -> PayloadType:
    return PayloadType.RESPONSE_999 if any(due.groups for due in dues) else PayloadType.RESPONSE_TA1
