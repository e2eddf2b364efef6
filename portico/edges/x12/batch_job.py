"""The job of a batch of 270s that a trading partner handed in: acknowledged, asked, answered for retrieval.

    acknowledge     TA1 or 999 for every interchange, always; its requests become a batch   cursor: batch
    ask             each request is a permit, an audit row and a result                     cursor: asked
    begin results   their row in the log gives them their control number                    cursor: results
    keep results    one file of 271s, sealed until its partner fetches it                   the job is done

It may be killed at any moment: what a step did is in one transaction with the cursor, and what is in none is
made again and kept once. It acts as the partner, with what that holds at each moment.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from portico.domains.exchange import rules, working
from portico.domains.exchange.submissions import File, UnknownSubmission
from portico.domains.jobs import queue
from portico.domains.jobs.leases import CannotDo, Leased
from portico.domains.members import batch_asking, batch_reading, batches
from portico.domains.members.answers import Answered, Told
from portico.domains.members.batches import CannotRead, RowView, TooManyRows
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.questions import Question
from portico.edges.x12 import batch_working, judging
from portico.edges.x12.connectivity.vocabulary import PayloadType
from portico.edges.x12.eligibility import batch_files
from portico.edges.x12.guides.guide_270 import GUIDE_270

ROWS_AT_ONCE = 200
BATCH, RESULTS = "batch", batch_working.RESULTS


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
        if len(told) > batch_working.MOST_INTERCHANGES:
            told, (batch, too_many) = told[:1], (None, True)
        else:
            batch, too_many = self._batch(actor, content)
        told = batch_working.refused(told) if too_many else told
        self.leased = batch_working.acknowledge(self.leased, actor, self.submission, told, {BATCH: batch})

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
        actor, kind = self._actor(), PayloadType.RESPONSE_271
        self.leased = batch_working.begin_results(self.leased, actor, self.submission, kind)

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
        return batch_working.partner(self.leased, self.submission)


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
