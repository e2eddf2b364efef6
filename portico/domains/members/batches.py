"""Batches: files of questions of one person or machine, kept, asked in the background, read again.

    create -> draft -> start -> running -> done -> rerun what failed -> running ...
                                   `-> cancel -> cancelled -> rerun the rest

A batch belongs to who made it: to everybody else it is as unknown as one that never was. What is read of it
is decided anew each time: an answer in a line that is no longer granted is withheld.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from portico.domains.accounts import users
from portico.domains.jobs import queue, steering
from portico.domains.members import batch_rows, batch_views, models
from portico.domains.members.batch_rows import Cover
from portico.domains.members.batch_rows import NewRow as NewRow
from portico.domains.members.batch_rows import Outcome as Outcome
from portico.domains.members.batch_rows import RowView as RowView
from portico.domains.members.batch_views import BatchNotFound as BatchNotFound
from portico.domains.members.batch_views import BatchView as BatchView
from portico.domains.members.batch_views import Stage as Stage
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

ASK_BATCH = "ask_batch"
MOST_ROWS_OF_A_MACHINE = 50_000
MOST_RUNNING = 2
FILES_KEPT = 50  # of the most rows each; what a person keeps is counted in rows
DRAFTS_ARE_KEPT_FOR = timedelta(days=1)
KEPT_FOR = timedelta(days=30)


class TooManyRows(ValueError):
    """A file has more rows than the `most` there may be."""

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} rows")
        self.most = most


class CannotRead(ValueError):
    """A file of which no reader can make rows; the code is stable, the words are for a person."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


class TooManyRunning(Exception):
    """So many batches of this owner are being asked that another has to wait."""


class TooManyKept(Exception):
    """So many rows of this person lie here that another file has no room."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """What a reader makes of a file: its rows, and the frame its writer needs to answer in the same form.

    Readers and writers are functions named by dotted path in the settings `BATCH_READERS` and
    `BATCH_WRITERS`, each for the source it speaks:

        read(content: bytes, *, actor: Actor, tax_id: str, as_of: date) -> NewFile     raises CannotRead
        write(view: BatchView, rows: Iterable[RowView], *, frame: str) -> bytes        rows with benefits

    A writer may be given the rows of any source; `frame` is empty for one that is not its own.
    """

    source: str
    rows: tuple[NewRow, ...]
    frame: str = ""


def most_rows(actor: Actor) -> int:
    """How many rows a batch of this actor may have."""
    return MOST_ROWS_OF_A_MACHINE if actor.machine_id is not None else int(settings.BATCH_ROWS)


def create(
    *,
    actor: Actor,
    source: str,
    rows: Iterable[NewRow],
    name: str = "",
    tax_id: str = "",
    frame: str = "",
    with_benefits: bool = True,
) -> UUID:
    """Keeps the rows of a file as a draft; nothing is asked before `start`.

    `source` is csv, xlsx or x12. `tax_id` is asked for by rows that name none, and by whoever reads the
    batch. `frame` is what its edge needs to write the answers in the same form; it is kept sealed. Raises
    TooManyRows, TooManyKept, NotPermitted.
    """
    most = most_rows(actor)
    kept = list(islice(rows, most + 1))
    if len(kept) > most:
        raise TooManyRows(most)
    _check_room(actor, len(kept))
    tax_id = _of_side(actor, kept, tax_id)
    with permit(actor, Function.ELIGIBILITY, tax_id=tax_id or None) as given:
        batch = _new(given, source=source, name=name, tax_id=tax_id, with_benefits=with_benefits)
        return _filled(given, batch, kept, frame)


def _of_side(actor: Actor, rows: Iterable[NewRow], tax_id: str) -> str:
    """The tax ID that the file is opened under: of somebody with clients always one of its own rows'.

    A file belongs to one side. One that names another side's tax ID is opened under that, and so refused.
    """
    if actor.persona_id is None or not actor.context.get("clients"):
        return tax_id
    named = {row.inquiry.tax_id for row in rows if row.inquiry is not None and row.inquiry.tax_id}
    others = sorted(named & actor.standing.other_sides)
    return next(iter((*others, *filter(None, [tax_id]), *sorted(named))), "")


def start(*, actor: Actor, batch: UUID) -> None:
    """Has a draft asked in the background; one that was started is left alone.

    Raises BatchNotFound, TooManyRunning, NotPermitted.
    """
    with _running_one_more(actor, batch) as (given, row):
        draft = models.Batch.objects.filter(pk=row.pk, started_at=None)
        if draft.update(started_at=actor.asked_at):
            _enqueue(given, row)
        given.conclude("batch_started")


def rerun(*, actor: Actor, batch: UUID) -> int:
    """Has the rows asked again that failed, were refused, slowed down or never asked; answers how many.

    Raises BatchNotFound, TooManyRunning, NotPermitted.
    """
    with _running_one_more(actor, batch) as (given, found):
        given.conclude("batch_started_again")
        # Two clicks at once come one after the other, and the second finds the batch running.
        row = models.Batch.objects.select_for_update().get(pk=found.pk)
        if batch_views.view(row).stage in (Stage.DRAFT, Stage.RUNNING):
            return 0
        waiting = {"outcome": Outcome.WAITING, "reason": "", "verdict": "", "reference": ""}
        again = row.rows.filter(batch_views.TO_ASK_AGAIN)
        number = again.update(**waiting, answer_sealed=None, asked_at=None)
        if number:
            _enqueue(given, row)
        return number


def cancel(*, actor: Actor, batch: UUID) -> None:
    """Stops asking; what was answered stays. Raises BatchNotFound, NotPermitted."""
    with batch_views.opened(actor, batch) as (given, row):
        _stop(given, row)
        given.conclude("batch_cancelled")


def save(*, actor: Actor, batch: UUID, name: str) -> None:
    """Keeps the batch as a list under a name until it is discarded. Raises BatchNotFound, NotPermitted."""
    with batch_views.opened(actor, batch) as (given, row):
        models.Batch.objects.filter(pk=row.pk).update(is_saved=True, name=name[:120])
        given.conclude("batch_saved")


def again(*, actor: Actor, batch: UUID, as_of: date) -> UUID:
    """The questions of a batch for another day, as a draft of its own; rows that could not be read stay out.

    Raises BatchNotFound, TooManyKept, NotPermitted.
    """
    _check_room(actor, batch_views.owned(actor, batch).row_count)
    with batch_views.opened(actor, batch) as (given, row):
        asked = ((each, batch_rows.asked(each)) for each in row.rows.order_by("position").iterator())
        rows = [
            NewRow(each.position, each.locator, replace(held.inquiry, as_of=as_of), echo=held.echo)
            for each, held in asked
            if held.inquiry is not None
        ]
        new = _new(
            given, source=row.source, name=row.name, tax_id=row.tax_id, with_benefits=row.with_benefits
        )
        return _filled(given, new, rows, batch_rows.cover(row).frame)


def discard(*, actor: Actor, batch: UUID) -> None:
    """Drops the batch with all its rows; the audit keeps its own. Raises BatchNotFound, NotPermitted."""
    with batch_views.opened(actor, batch) as (given, row):
        _stop(given, row)
        row.delete()
        given.conclude("batch_discarded")


def _new(given: Permit, *, source: str, name: str, tax_id: str, with_benefits: bool) -> models.Batch:
    actor = given.actor
    return models.Batch(
        persona_id=actor.persona_id,
        user_id=actor.user_id,
        machine_id=actor.machine_id,
        office_id=actor.office_id,
        source=models.Batch.Source(source),
        name=name[:120],
        tax_id=tax_id,
        with_benefits=with_benefits,
        created_at=actor.asked_at,
        keep_until=actor.asked_at + DRAFTS_ARE_KEPT_FOR,
    )


def _filled(given: Permit, batch: models.Batch, rows: list[NewRow], frame: str) -> UUID:
    made, shared = batch_rows.made(batch, rows)
    batch.row_count = len(made)
    batch.frame_sealed = batch_rows.sealed_cover(batch, Cover(frame, shared))
    batch.save(force_insert=True)
    models.BatchRow.objects.bulk_create(made, batch_size=500)
    given.conclude("batch_created")
    return batch.pk


def _enqueue(given: Permit, batch: models.Batch) -> None:
    actor = given.actor
    job = queue.enqueue(actor=actor, kind=ASK_BATCH, payload={"batch": str(batch.pk)})
    models.Batch.objects.filter(pk=batch.pk).update(
        job=job, finished_at=None, keep_until=actor.asked_at + KEPT_FOR
    )


@contextmanager
def _running_one_more(actor: Actor, batch: UUID) -> Iterator[tuple[Permit, models.Batch]]:
    """An own batch that may be asked now; starts of one user at once come one after the other.

    Raises BatchNotFound, TooManyRunning, NotPermitted.
    """
    with batch_views.opened(actor, batch) as (given, row):
        users.take_turn(given)
        is_room = _running(actor) < MOST_RUNNING
        if is_room:
            yield given, row
        else:
            given.conclude("batch_has_to_wait")
    if not is_room:
        raise TooManyRunning


def _running(actor: Actor) -> int:
    """How many batches of the actor are being asked: his files must not keep everybody else's waiting."""
    begun = batch_views.made_by(actor).filter(started_at__isnull=False, finished_at=None)
    return sum(not batch_views.is_given_up(row) for row in begun)


def _check_room(actor: Actor, number: int) -> None:
    """May so many rows more be kept? A person's drafts and lists do not fill the disk of everybody."""
    if actor.machine_id is None:
        held = batch_views.made_by(actor).aggregate(rows=Sum("row_count"))["rows"] or 0
        if held + number > FILES_KEPT * most_rows(actor):
            raise TooManyKept


def _stop(given: Permit, batch: models.Batch) -> None:
    running = models.Batch.objects.filter(pk=batch.pk, started_at__isnull=False, finished_at=None)
    if running.update(finished_at=given.actor.asked_at) and batch.job is not None:
        steering.cancel(given=given, job=batch.job)
