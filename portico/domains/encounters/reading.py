"""Reads a submission's records, chunk by chunk: each judged, and accepted or rejected with what is wrong.

    begin -> read -> read -> ... -> judged -> finish        what an edge's job calls, in this order

A chunk is one permit and one transaction: its records, the counts and the job's checkpoint commit together,
so a job that is killed goes on where it stopped with no record lost or doubled. Nothing is handed on before
the file was read to its end; where it never is, `withdraw` takes back what was read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast
from uuid import UUID

from django.db.models import F, Max

from portico.domains.claims.edits.codes import Misfit, Spot
from portico.domains.encounters import files, judging, models, sealing, storing, submissions
from portico.domains.encounters.records import Judged as Judged
from portico.domains.encounters.records import SentRecord as SentRecord
from portico.domains.encounters.sealing import Answers
from portico.domains.encounters.submission_views import Stage, opened
from portico.domains.encounters.submissions import FileEdit
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

CHUNK = 200
Settle = Callable[[Permit, Sequence[Judged]], None]
State = models.Encounter.State


class NotReadable(Exception):
    """The submission was refused or read to its end: no record is added to it."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A submission whose reading begins or goes on: its file, and up to which position it is stored."""

    id: UUID
    tax_id: str
    file: BinaryIO
    stored_to: int


def begin(*, actor: Actor, submission: UUID) -> Begun:
    """The file to read. Raises SubmissionNotFound, NotReadable, NotPermitted."""
    with opened(actor, submission) as (given, row):
        waiting = models.Submission.objects.filter(pk=row.pk, stage__in=(Stage.WAITING, Stage.READING))
        is_open = bool(waiting.update(stage=Stage.READING))
        stored = row.records.aggregate(last=Max("position"))["last"] or 0
        given.conclude("encounters_reading" if is_open else "not_readable")
    if not is_open:
        raise NotReadable
    return Begun(row.public_id, row.tax_id, cast(BinaryIO, files.of_submission(row)), stored)


def read(
    *, actor: Actor, submission: UUID, records: Sequence[SentRecord], settle: Settle
) -> tuple[Judged, ...]:
    """Judges and stores a chunk of records; their positions go on from those stored.

    `settle` is called in the transaction with what came of each: it checkpoints the job. Raises
    SubmissionNotFound, NotReadable, NotPermitted, and what `settle` raises; then nothing of the chunk counts.
    """
    with opened(actor, submission) as (given, row):
        _lock(row)
        found = storing.store(
            given,
            row,
            records,
            lambda originals: judging.judged(given, records, tax_id=row.tax_id, originals=originals),
        )
        _count(row, found)
        settle(given, found)
        given.conclude("encounters_read")
        return tuple(found)


def judged(*, actor: Actor, submission: UUID, after: int = 0, size: int = CHUNK) -> tuple[Judged, ...]:
    """What came of the records after a position, in their order, as the answer to them tells it.

    For who makes that answer: it is of the whole file, whoever reaches how much of it. Three queries. Raises
    SubmissionNotFound, NotPermitted.
    """
    with opened(actor, submission) as (given, row):
        rows = list(row.records.filter(position__gt=after).order_by("position")[:size])
        edits: dict[int, list[Misfit]] = {}
        for edit in models.Edit.objects.filter(encounter__in=[each.pk for each in rows]):
            edits.setdefault(edit.encounter_id or 0, []).append(misfit(edit))
        given.conclude("encounters_judged")
        return tuple(_judged(each, row.public_id, tuple(edits.get(each.pk, ()))) for each in rows)


def finish(
    *,
    actor: Actor,
    submission: UUID,
    answers: Answers,
    settle: Callable[[Permit], None],
    edits: Sequence[FileEdit] = (),
) -> None:
    """The file is read to its end: keeps what is answered, and what was accepted may be handed on.

    `edits` are what was wrong with parts of the file that were not read. `settle` ends the job in the
    transaction. Raises SubmissionNotFound, NotReadable, NotPermitted.
    """
    with opened(actor, submission) as (given, row):
        _lock(row)
        models.Submission.objects.filter(pk=row.pk).update(
            stage=Stage.READ,
            answers_sealed=sealing.answers(row.public_id, answers),
            finished_at=actor.asked_at,
        )
        submissions.keep_edits(row, edits)
        settle(given)
        given.conclude("encounters_taken_in")


def withdraw(
    *, actor: Actor, submission: UUID, code: str, answers: Answers, edits: Sequence[FileEdit] = ()
) -> None:
    """Refuses a file in the midst of reading: what was read of it is gone, what that replaced is back.

    Raises SubmissionNotFound, NotPermitted.
    """
    with opened(actor, submission) as (given, row):
        take_back(given, row)
        submissions.refuse_row(given, row, code=code, answers=answers, edits=edits)
        given.conclude("encounters_withdrawn")


def abandon(*, actor: Actor, submission: UUID, code: str) -> None:
    """Refuses a file that is not read to its end and that nobody may go on reading, as `withdraw` does.

    For the system: whoever sent it may no longer act. A file that is gone or done is nothing to do. Raises
    NotPermitted.
    """
    with permit(actor, Function.HOUSEKEEPING) as given:
        row = models.Submission.objects.filter(public_id=submission).first()
        if row is not None:
            take_back(given, row)
            submissions.refuse_row(given, row, code=code, answers=Answers())
            given.note_subject("submission", str(row.public_id))
        given.conclude("encounters_abandoned" if row else "not_found")


def take_back(given: Permit, row: models.Submission) -> None:
    """Takes back what was read of a file that is not read to its end; one that is, stays."""
    held = models.Submission.objects.select_for_update().get(pk=row.pk)
    if held.stage == Stage.READ:
        return
    replacing = held.records.exclude(replaces=None).values_list("replaces", flat=True)
    replaced = [each for each in replacing if each is not None]
    held.records.all().delete()
    gone = models.Encounter.objects.filter(pk__in=replaced)
    # Where the same came again meanwhile, that one stays in force.
    identities = gone.exclude(identity="").values_list("identity", flat=True)
    held_by = models.Encounter.objects.filter(state=State.ACCEPTED, identity__in=list(identities))
    gone.exclude(identity__in=list(held_by.values_list("identity", flat=True))).update(
        state=State.ACCEPTED, changed_at=given.actor.asked_at
    )
    models.Submission.objects.filter(pk=row.pk).update(received_count=0, accepted_count=0, rejected_count=0)


def misfit(edit: models.Edit) -> Misfit:
    """What an edit row says."""
    return Misfit(
        code=edit.code,
        spot=Spot(edit.loop, edit.segment, edit.element),
        value_at=edit.value_at,
        about=edit.about,
        place=edit.place,
    )


def _count(row: models.Submission, found: Sequence[Judged]) -> None:
    accepted = sum(each.is_accepted for each in found)
    held = models.Submission.objects.filter(pk=row.pk)
    held.update(
        received_count=F("received_count") + len(found),
        accepted_count=F("accepted_count") + accepted,
        rejected_count=F("rejected_count") + len(found) - accepted,
    )
    if any(each.tax_id != row.tax_id for each in found):
        held.update(is_mixed=True)


def _lock(row: models.Submission) -> None:
    """Holds the submission till the transaction ends. Raises NotReadable."""
    held = models.Submission.objects.select_for_update().filter(pk=row.pk, stage=Stage.READING)
    if held.values_list("pk", flat=True).first() is None:
        raise NotReadable


def _judged(row: models.Encounter, submission: UUID, misfits: tuple[Misfit, ...]) -> Judged:
    return Judged(
        id=row.public_id,
        position=row.position,
        place=row.place,
        claim=sealing.content_of(row, submission),
        number=row.number,
        misfits=misfits,
        patient_control_number=row.patient_control_number,
        billed=row.billed,
        tax_id=row.tax_id,
    )
