"""Files of encounters as groups send them: taken in once, answered, and listed.

    take_in -> waiting -> reading -> read        its records accepted and rejected
                  |          `-----> refused     nothing of it counts, and it may be sent again
                  `----------------> refused

The same bytes again are the same submission with the answers it got, and where the work on it had failed, it
goes on. The same control number of the same
sender with other bytes is refused as a duplicate, unless what came under it was refused before.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from portico.domains.access import actors as access_actors
from portico.domains.access import machines
from portico.domains.accounts import users
from portico.domains.claims.edits.places import Segment
from portico.domains.encounters import files, models, sealing, submission_views
from portico.domains.encounters.sealing import Answers as Answers
from portico.domains.encounters.submission_views import Source as Source
from portico.domains.encounters.submission_views import Stage as Stage
from portico.domains.encounters.submission_views import SubmissionNotFound as SubmissionNotFound
from portico.domains.encounters.submission_views import SubmissionView as SubmissionView
from portico.domains.encounters.submission_views import opened
from portico.domains.jobs import queue, steering
from portico.domains.permits.actors import Actor, Door
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.shared import pages
from portico.shared.files import scanning

MOST_BYTES = 50 * 1024 * 1024
MOST_WAITING = 20  # files of one tax ID that nobody has read yet
LIST_PAGE = 20
DUPLICATE = "duplicate_interchange"


class Taken(StrEnum):
    """What became of a file that was handed in: a new one, one that was here before, a duplicate."""

    NEW = "new"
    AGAIN = "again"
    DUPLICATE = "duplicate"


class BadUpload(ValueError):
    """A file that is not taken in; `code` says why: empty, too_large, not_x12, infected, not_scanned."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TooManyWaiting(Exception):
    """So many files of this tax ID wait to be read that another has to wait outside."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was handed in; `sender` is ISA05 and ISA06 of its interchange, `interchange` its ISA13.

    Both as the edge read them; an empty `interchange` says that it could not. `duplicate` is what is answered
    where that number was used before for another file.
    """

    tax_id: str
    content: bytes
    sender: str = ""
    interchange: str = ""
    name: str = ""
    source: Source = Source.WEB
    duplicate: Answers | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a file: the submission it is, or was before (AGAIN), or is refused as (DUPLICATE)."""

    id: UUID
    taken: Taken


@dataclass(frozen=True, slots=True)
class FileEdit:
    """What is wrong with a file as a whole, and the segment it is about where there is one."""

    code: str
    segment: Segment | None = None
    element: int | None = None
    loop: str = ""


def take_in(*, actor: Actor, file: NewFile, job: str = "") -> Receipt:
    """Keeps the file and orders the job of kind `job`, where one is named, which is given its `submission`.

    Raises BadUpload, TooManyWaiting, NotPermitted.
    """
    if decide(actor, Question(Function.ENCOUNTERS, file.tax_id)).allowed:
        _check(file)
    with permit(actor, Function.ENCOUNTERS, tax_id=file.tax_id) as given:
        (machines if actor.user_id is None else users).take_turn(given)
        receipt = _taken(given, file, job)
        given.conclude(f"encounters_{receipt.taken}" if receipt else "has_to_wait")
        if receipt:
            given.note_subject("submission", str(receipt.id))
    if receipt is None:
        raise TooManyWaiting
    return receipt


def refuse(
    *, actor: Actor, submission: UUID, code: str, answers: Answers, edits: Sequence[FileEdit] = ()
) -> None:
    """Keeps why a file is refused, and what is answered; a file that was read already is left alone.

    Raises SubmissionNotFound, NotPermitted.
    """
    with opened(actor, submission) as (given, row):
        refuse_row(given, row, code=code, answers=answers, edits=edits)
        given.conclude("encounters_refused")


def refuse_row(
    given: Permit, row: models.Submission, *, code: str, answers: Answers, edits: Sequence[FileEdit] = ()
) -> None:
    """The same, within a permit."""
    open_still = models.Submission.objects.filter(pk=row.pk).exclude(stage__in=(Stage.READ, Stage.REFUSED))
    changed = open_still.update(
        stage=Stage.REFUSED,
        refusal=code[:64],
        answers_sealed=sealing.answers(row.public_id, answers),
        finished_at=given.actor.asked_at,
    )
    if changed:
        keep_edits(row, edits)


def keep_edits(row: models.Submission, edits: Sequence[FileEdit]) -> None:
    """Keeps what is wrong with a file as a whole."""
    models.Edit.objects.bulk_create([_edit(row, each) for each in edits])


def listed(
    *, actor: Actor, tax_id: str | None = None, after: str = "", size: int = LIST_PAGE
) -> pages.Page[SubmissionView]:
    """The files of the tax IDs that are open, or of one, the newest first; `after` is the key before.

    Raises NotPermitted.
    """
    with permit(actor, Function.ENCOUNTERS, tax_id=tax_id) as given:
        found = submission_views.reached(given).exclude(source=Source.MENDED)
        found = found.filter(tax_id=tax_id) if tax_id else found
        found = found.filter(pk__lt=int(after)) if pages.is_row(after) else found
        rows = list(found.order_by("-pk")[: size + 1])
        cut = pages.cut(rows, size=size, key_of=lambda row: str(row.pk))
        given.conclude("encounters_listed")
        return pages.Page(submission_views.views(given, cut.rows), cut.next_key)


def read(*, actor: Actor, submission: UUID) -> SubmissionView:
    """One file and how far it is. Raises SubmissionNotFound, NotPermitted."""
    with opened(actor, submission) as (given, row):
        given.conclude("found")
        return submission_views.views(given, [row])[0]


def progress(*, actor: Actor, submission: UUID) -> SubmissionView:
    """How far a file is, by its own counts; being asked every other second leaves no audit row.

    Raises SubmissionNotFound.
    """
    return submission_views.whole(submission_views.found(actor, submission))


def answers(*, actor: Actor, submission: UUID, to_take: bool = False) -> Answers:
    """What was answered; empty while nothing was.

    Whoever reaches some of its records alone gets none of what was answered to the records. `to_take`: that
    leaves the portal as a file, with whom it is about, which is a sensitive act. Raises SubmissionNotFound,
    NotPermitted.
    """
    with opened(actor, submission, lately=to_take) as (given, row):
        sees_all = submission_views.views(given, [row])[0].sees_all
        given.conclude("encounters_answers")
        return sealing.answers_of(row, with_records=sees_all)


def owner(submission: UUID, *, at: datetime, today: date) -> Actor | None:
    """Who handed the file in, with what they hold at this instant; None when they may no longer act."""
    row = models.Submission.objects.filter(public_id=submission).defer("answers_sealed").first()
    if row is None:
        return None
    return access_actors.for_job(
        persona_id=row.persona_id,
        machine_id=row.machine_id,
        asked_at=at,
        today=today,
        door=Door.WEB if row.machine_id is None else Door.X12,
    )


def _check(file: NewFile) -> None:
    if not file.content:
        raise BadUpload("empty")
    if len(file.content) > MOST_BYTES:
        raise BadUpload("too_large")
    if not file.interchange or not file.content.lstrip().startswith(b"ISA"):
        raise BadUpload("not_x12")
    scan = scanning.look(file.content)
    if scan is not scanning.Scan.CLEAN:
        raise BadUpload("infected" if scan is scanning.Scan.INFECTED else "not_scanned")


def _taken(given: Permit, file: NewFile, job: str) -> Receipt | None:
    """The receipt; None where the file has to wait outside."""
    digest = hashlib.sha256(file.content).hexdigest()
    mine = models.Submission.objects.filter(tax_id=file.tax_id).exclude(stage=Stage.REFUSED)
    held = mine.filter(digest=digest).first()
    if held is not None:
        if held.job is not None:
            steering.try_again(given=given, job=held.job)
        return Receipt(held.public_id, Taken.AGAIN)
    if mine.exclude(stage=Stage.READ).count() >= MOST_WAITING:
        return None
    try:
        with transaction.atomic():
            return Receipt(_kept(given, file, digest, job).public_id, Taken.NEW)
    except IntegrityError:
        return _taken_before(given, file, digest)


def _taken_before(given: Permit, file: NewFile, digest: str) -> Receipt:
    """The interchange was here before: with these bytes a moment ago, or with others."""
    held = models.Submission.objects.exclude(stage=Stage.REFUSED).get(
        tax_id=file.tax_id, sender=file.sender, interchange=file.interchange
    )
    if held.digest == digest:
        return Receipt(held.public_id, Taken.AGAIN)
    refused = {"stage": Stage.REFUSED, "refusal": DUPLICATE}
    row = models.Submission.objects.filter(tax_id=file.tax_id, digest=digest, **refused).first()
    if row is None:
        row = _row(given, file, digest, finished_at=given.actor.asked_at, **refused)
        row.answers_sealed = sealing.answers(row.public_id, file.duplicate or Answers())
        row.save(force_insert=True)
    return Receipt(row.public_id, Taken.DUPLICATE)


def _kept(given: Permit, file: NewFile, digest: str, job: str) -> models.Submission:
    row = _row(given, file, digest)
    row.save(force_insert=True)
    files.keep_submission(row, file.content)
    if job:
        payload = {"submission": str(row.public_id)}
        row.job = queue.enqueue(actor=given.actor, kind=job, payload=payload)
        row.save(update_fields=["job"])
    return row


def _row(given: Permit, file: NewFile, digest: str, **more: Any) -> models.Submission:
    actor = given.actor
    return models.Submission(
        tax_id=file.tax_id,
        persona_id=actor.persona_id,
        user_id=actor.user_id,
        machine_id=actor.machine_id,
        office_id=actor.office_id,
        source=file.source,
        name=file.name[:120],
        sender=file.sender[:20],
        interchange=file.interchange,
        digest=digest,
        size=len(file.content),
        created_at=actor.asked_at,
        **more,
    )


def _edit(row: models.Submission, told: FileEdit) -> models.Edit:
    return models.Edit(
        submission=row,
        code=told.code[:40],
        place=told.segment.place if told.segment else 0,
        segment=told.segment.name[:3] if told.segment else "",
        element=told.element,
        loop=told.loop[:8],
        segment_sealed=sealing.segment(row.public_id, told.code[:40], told.segment),
    )
