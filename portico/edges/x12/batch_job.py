"""The job of a batch of 270s that a trading partner handed in: acknowledged, asked, answered for retrieval.

    acknowledge     TA1 or 999 for every interchange, always; its requests become a batch   cursor: batch
    ask             each request is a permit, an audit row and a result                     cursor: asked
    begin results   their row in the log gives them their control number                    cursor: results
    keep results    one file of 271s, sealed until its partner fetches it                   the job is done

It may be killed at any moment: what a step did is in one transaction with the cursor, and what is in none is
made again and kept once. It acts as the partner, with what that holds at each moment.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from portico.domains.access import actors as access_actors
from portico.domains.exchange import rules, working
from portico.domains.exchange.log import Entry, Operation, Result, SetNote
from portico.domains.exchange.submissions import File, UnknownSubmission
from portico.domains.exchange.working import Acknowledged
from portico.domains.jobs import queue
from portico.domains.jobs.leases import CannotDo, Leased
from portico.domains.members import batch_asking, batch_reading, batches
from portico.domains.members.answers import Answered, Told
from portico.domains.members.batches import CannotRead, RowView, TooManyRows
from portico.domains.permits.actors import Actor, Door
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.questions import Question
from portico.edges.x12 import acknowledgements, codes_of_faults, judging, replies
from portico.edges.x12.acknowledgements import Due, Mode
from portico.edges.x12.connectivity.vocabulary import PayloadType
from portico.edges.x12.eligibility import batch_files
from portico.edges.x12.guides.guide_270 import GUIDE_270
from portico.edges.x12.reviews import InterchangeReview
from portico.shared.x12.build import InterchangeWriter

ROWS_AT_ONCE = 200
MOST_INTERCHANGES = 500  # of one file: each has its row in the log, all written in one transaction
BATCH, RESULTS = "batch", "results"
_OURS = "0001"  # ST02 of a 999: one to a group


class X12Batch:
    """The handler of jobs of kind `x12_batch`."""

    def run(self, leased: Leased) -> None:
        """Goes on with the submission that the payload names; one that was forgotten is nothing to do."""
        submission = UUID(leased.payload["submission"])
        try:
            _Work(leased, submission).go_on()
        except UnknownSubmission:
            queue.finish(leased)
        except NotPermitted:
            raise CannotDo("not_permitted") from None


@dataclass(slots=True)
class _Work:
    """One submission under way; `leased` carries the cursor as it was kept last."""

    leased: Leased
    submission: UUID

    def go_on(self) -> None:
        """Does each step that was not done."""
        if BATCH not in self.leased.cursor:
            self._acknowledge()
        batch = self.leased.cursor[BATCH]
        if batch is None:
            queue.finish(self.leased)
            return
        batch_asking.run(self.leased, UUID(batch))
        if RESULTS not in self.leased.cursor:
            self._begin_results()
        self._keep_results(UUID(batch))

    def _acknowledge(self) -> None:
        actor = self._actor()
        content = working.received(actor=actor, submission=self.submission).file.content
        told = judging.judge(content, guides=(GUIDE_270,)).interchanges
        if not told:
            raise CannotDo("no_interchange")
        if len(told) > MOST_INTERCHANGES:
            told, (batch, too_many) = told[:1], (None, True)
        else:
            batch, too_many = self._batch(actor, content)
        if too_many:
            told = tuple(replace(each, note=codes_of_faults.CONTENT) for each in told)
        dues = [_due(each) for each in told]
        at = self._local(actor)
        cursor = {BATCH: batch}
        working.keep_acknowledgement(
            leased=self.leased,
            actor=actor,
            submission=self.submission,
            interchanges=[_acknowledged(*each) for each in zip(told, dues, strict=True)],
            payload_type=_type_of(dues),
            write=lambda numbers: _written(told, dues, numbers, at),
            cursor=cursor,
        )
        self._keep(cursor)

    def _batch(self, actor: Actor, content: bytes) -> tuple[str | None, bool]:
        """The batch of what is asked, not yet asked; None without any. Then, whether that was too much."""
        tax_id = actor.context.get("tax_id", "")
        try:
            file = batch_files.read(content, actor=actor, tax_id=tax_id, as_of=actor.today)
        except CannotRead:
            return None, False
        except TooManyRows:
            return None, True
        return str(batches.create(actor=actor, source=file.source, rows=file.rows, frame=file.frame)), False

    def _begin_results(self) -> None:
        actor = self._actor()
        received = working.received(actor=actor, submission=self.submission)
        entry = Entry(
            operation=Operation.RESULTS,
            envelope="",
            received_at=actor.asked_at,
            result=Result.ACCEPTED,
            machine_id=actor.machine_id,
            office_id=actor.office_id,
            sender_id=actor.context.get("sender_id", ""),
            payload_type=PayloadType.RESPONSE_271,
            payload_id=received.payload_id,
        )
        cursor = dict(self.leased.cursor)
        number = working.begin_results(
            leased=self.leased, actor=actor, submission=self.submission, entry=entry, cursor=cursor
        )
        self._keep({**cursor, RESULTS: number})

    def _keep_results(self, batch: UUID) -> None:
        actor = self._actor()
        number = self.leased.cursor[RESULTS]
        view = batch_reading.progress(actor=actor, batch=batch)
        file, shown = io.BytesIO(), set[Question]()
        batch_files.write_into(
            file,
            view,
            _noting(_rows(actor, batch), shown),
            frame=batch_reading.frame(actor=actor, batch=batch),
            control_number=int(rules.control_number(number)),
            at=actor.asked_at,
        )
        working.keep_results(
            leased=self.leased,
            actor=actor,
            submission=self.submission,
            number=number,
            file=File(PayloadType.RESPONSE_271, file.getvalue()),
            shown=shown,
            request_count=view.askable,
        )

    def _actor(self) -> Actor:
        """The partner, now. Raises CannotDo when it is gone, UnknownSubmission when its submission is."""
        owner = working.owner(self.submission)
        if owner is None:
            raise UnknownSubmission
        now = self.leased.now()
        today = now.astimezone(self.leased.worker.zone).date()
        actor = access_actors.for_machine(owner.machine_id, asked_at=now, today=today, door=Door.X12)
        if actor is None:
            raise CannotDo("partner_gone")
        return actor

    def _local(self, actor: Actor) -> datetime:
        return actor.asked_at.astimezone(self.leased.worker.zone)

    def _keep(self, cursor: Mapping[str, Any]) -> None:
        self.leased = replace(self.leased, cursor=cursor)


def _rows(actor: Actor, batch: UUID) -> Iterator[RowView]:
    """Every row of a batch with its amounts, some at a time."""
    key: str | None = ""
    while key is not None:
        page = batch_reading.page(actor=actor, batch=batch, after=key, size=ROWS_AT_ONCE, with_benefits=True)
        yield from page.rows
        key = page.next_key


def _noting(rows: Iterator[RowView], shown: set[Question]) -> Iterator[RowView]:
    """The rows as they come, with what has to be open to whoever reads their answers noted in `shown`."""
    for row in rows:
        if row.inquiry is not None and isinstance(row.answer, Answered):
            for told in row.answer.told:
                shown.update(_shown(told, row.inquiry.tax_id))
        yield row


def _shown(told: Told, tax_id: str) -> Iterator[Question]:
    yield Question(Function.ELIGIBILITY, tax_id)
    for keyed in told.spans:
        yield Question(Function.ELIGIBILITY, tax_id, keyed.span.line)
    if told.benefits is not None and told.eligibility.coverage is not None:
        yield Question(Function.BENEFITS, tax_id, told.eligibility.coverage.line)


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
