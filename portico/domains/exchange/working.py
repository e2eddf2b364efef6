"""What the job of a submission does: reads what was handed in, keeps the acknowledgement and the results.

Each step is one transaction with the job's checkpoint, so a job that is killed goes on where it stopped.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portico.domains.exchange import log, models, rows, rules, submissions
from portico.domains.exchange.entries import Entry, Result, SetNote
from portico.domains.exchange.submissions import File, Kind, UnknownSubmission
from portico.domains.jobs import queue
from portico.domains.jobs.leases import Leased
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose submission it is, and which function its transactions use."""

    machine_id: int
    function: Function


@dataclass(frozen=True, slots=True)
class Received:
    """What was handed in: the file, and the name it came under."""

    file: File
    payload_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """What is said of one interchange that was handed in: `kind` is TA1 or 999, `interchange` their ISA13."""

    interchange: str
    kind: str
    accepted: bool
    sets: tuple[SetNote, ...] = ()


def owner(submission: UUID) -> Owner | None:
    """Whose it is; None once it was forgotten."""
    row = models.Submission.objects.filter(public_id=submission).first()
    return Owner(row.machine_id, Function(row.function)) if row else None


def received(*, actor: Actor, submission: UUID) -> Received:
    """What was handed in. Raises UnknownSubmission, NotPermitted."""
    function = _function(actor, submission)
    with permit(actor, function) as given:
        row = _row(given, submission)
        kept = row.payloads.get(kind=Kind.RECEIVED)
        content = submissions.unseal(submission, Kind.RECEIVED, bytes(kept.sealed))
        given.note_subject("submission", str(submission))
        given.conclude("read")
        return Received(File(kept.payload_type, content), row.payload_id)


def keep_acknowledgement(
    *,
    leased: Leased,
    actor: Actor,
    submission: UUID,
    interchanges: Sequence[Acknowledged],
    payload_type: str,
    write: Callable[[Sequence[str]], bytes],
    cursor: Mapping[str, Any],
) -> None:
    """Keeps the acknowledgement for its partner, completes the log, and checkpoints.

    `write` is given our control number for each interchange: that of the exchange it came in, and of a row
    of its own for every further one. Raises UnknownSubmission, NotPermitted, and what `checkpoint` does.
    """
    function = _function(actor, submission)
    with permit(actor, function) as given:
        row = _row(given, submission)
        numbers = list(_completed(row, interchanges))
        _keep(given, row, Kind.ACKNOWLEDGEMENT, File(payload_type, write(numbers)))
        row.acknowledged_at = actor.asked_at
        row.save(update_fields=["acknowledged_at"])
        queue.checkpoint(leased, cursor=cursor, done=leased.done)
        given.note_subject("submission", str(submission))
        given.conclude("acknowledged" if any(each.accepted for each in interchanges) else "rejected")


def begin_results(
    *, leased: Leased, actor: Actor, submission: UUID, entry: Entry, cursor: Mapping[str, Any]
) -> int:
    """Notes that the results are being made, and checkpoints; answers the number of their exchange.

    The cursor remembers it as `results`; their control number is made of it (`rules.control_number`).
    Raises UnknownSubmission, NotPermitted, and what `checkpoint` does.
    """
    function = _function(actor, submission)
    with permit(actor, function) as given:
        number = log.note(entry).number
        ours = rules.control_number(number)
        models.Exchange.objects.filter(pk=number).update(our_interchange=ours)
        queue.checkpoint(leased, cursor={**cursor, "results": number}, done=leased.done)
        given.note_subject("submission", str(submission))
        given.conclude("results_begun")
        return number


def keep_piece(
    *,
    leased: Leased,
    actor: Actor,
    submission: UUID,
    content: bytes,
    cursor: Mapping[str, Any],
    done: int,
    total: int,
) -> None:
    """Keeps a piece of the results, those of `done` requests by now, and checkpoints.

    Raises UnknownSubmission, NotPermitted, and what `checkpoint` does.
    """
    function = _function(actor, submission)
    with permit(actor, function) as given:
        row = _row(given, submission)
        sealed = submissions.seal(submission, Kind.RESULTS, content)
        models.Piece.objects.create(submission=row, position=done, sealed=sealed)
        queue.checkpoint(leased, cursor=cursor, done=done, total=total)
        given.note_subject("submission", str(submission))
        given.conclude("piece_kept")


def pieces(*, actor: Actor, submission: UUID) -> Iterator[bytes]:
    """The pieces of the results in their order, opened one by one. Raises UnknownSubmission, NotPermitted."""
    function = _function(actor, submission)
    with permit(actor, function) as given:
        row = _row(given, submission)
        sealed = [bytes(each) for each in row.pieces.order_by("position").values_list("sealed", flat=True)]
        given.note_subject("submission", str(submission))
        given.conclude("read")
    return (submissions.unseal(submission, Kind.RESULTS, each) for each in sealed)


def keep_results(
    *,
    leased: Leased,
    actor: Actor,
    submission: UUID,
    number: int,
    file: File,
    shown: Collection[Question],
    request_count: int,
) -> None:
    """Keeps the results for their partner, completes the log, and ends the job; `number` is their exchange's.

    `shown` is what must be open to the partner, still, when it fetches them. Raises UnknownSubmission,
    NotPermitted, LeaseLost.
    """
    function = _function(actor, submission)
    with permit(actor, function) as given:
        row = _row(given, submission)
        kept = File(file.payload_type, submissions.kept_with(shown, file.content))
        _keep(given, row, Kind.RESULTS, kept)
        row.pieces.all().delete()
        models.Exchange.objects.filter(pk=number).update(
            result=Result.ANSWERED,
            answered_at=actor.asked_at,
            bytes_sent=len(file.content),
            request_count=request_count,
        )
        row.answered_at = actor.asked_at
        row.save(update_fields=["answered_at"])
        queue.finish(leased)
        given.note_subject("submission", str(submission))
        given.conclude("answered")


def _function(actor: Actor, submission: UUID) -> Function:
    its = owner(submission)
    if its is None or its.machine_id != actor.machine_id:
        raise UnknownSubmission
    return its.function


def _row(given: Permit, submission: UUID) -> models.Submission:
    return models.Submission.objects.get(public_id=submission, machine_id=given.actor.machine_id or 0)


def _keep(given: Permit, row: models.Submission, kind: Kind, file: File) -> None:
    models.Payload.objects.update_or_create(
        submission=row,
        kind=kind,
        defaults={
            "payload_type": file.payload_type,
            "sealed": submissions.seal(row.public_id, kind, file.content),
            "made_at": given.actor.asked_at,
        },
    )


def _completed(row: models.Submission, interchanges: Sequence[Acknowledged]) -> Iterator[str]:
    """The row of each interchange in the log, now with what is said of it; answers our control numbers."""
    exchange = models.Exchange.objects.get(pk=row.exchange_id)
    for place, told in enumerate(interchanges):
        if place:
            exchange.pk = None
            exchange.save(force_insert=True)
        exchange.interchange = told.interchange
        exchange.our_interchange = rules.control_number(exchange.pk)
        exchange.acknowledgement = told.kind
        exchange.result = Result.ACCEPTED if told.accepted else Result.REJECTED
        exchange.save()
        rows.insert_sets(exchange.pk, told.sets)
        yield exchange.our_interchange
