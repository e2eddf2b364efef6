"""The job of a batch of 276s that a trading partner handed in: acknowledged, asked, answered for retrieval.

    acknowledge     TA1 or 999 for every interchange, always            cursor: total
    ask             so many requests at a time, each a permit and an
                    audit row; what came of them is kept as a piece     cursor: asked
    begin results   their row in the log gives them a control number    cursor: results
    keep results    one file of 277s, sealed until it is fetched        the job is done

It may be killed at any moment: pieces that are kept are not asked again. It acts as the partner, with what
that holds at each piece.
"""

from dataclasses import dataclass, replace
from itertools import islice
from uuid import UUID

from portico.domains.exchange import rules, working
from portico.domains.exchange.submissions import File, UnknownSubmission
from portico.domains.jobs import queue
from portico.domains.jobs.leases import CannotDo, Leased
from portico.domains.members import batches
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from portico.edges.x12 import batch_working, judging
from portico.edges.x12.batch_working import RESULTS
from portico.edges.x12.claim_status import asking, batch_files, content
from portico.edges.x12.claim_status.batch_files import Piece
from portico.edges.x12.claim_status.questions import Questions
from portico.edges.x12.claim_status.requests import Request
from portico.edges.x12.connectivity.vocabulary import PayloadType
from portico.edges.x12.guides.guide_276 import GUIDE_276
from portico.edges.x12.reviews import Review
from portico.shared import prepared

AT_ONCE = 50
TOTAL, ASKED = "total", "asked"


class X12ClaimStatus:
    """The handler of jobs of kind `x12_claim_status`."""

    def run(self, leased: Leased) -> None:
        """Goes on with the submission that the payload names; one that was forgotten is nothing to do."""
        try:
            _Work.of(leased, UUID(leased.payload["submission"])).go_on()
        except UnknownSubmission:
            queue.finish(leased)
        except NotPermitted:
            raise CannotDo("not_permitted") from None


@dataclass(slots=True)
class _Work:
    """One submission under way, its file judged; `leased` carries the cursor as it was kept last."""

    leased: Leased
    submission: UUID
    file: bytes
    review: Review

    @classmethod
    def of(cls, leased: Leased, submission: UUID) -> "_Work":
        """The work of a submission. Raises UnknownSubmission, NotPermitted, CannotDo."""
        actor = batch_working.partner(leased, submission)
        file = working.received(actor=actor, submission=submission).file.content
        return cls(leased, submission, file, judging.judge(file, guides=(GUIDE_276,)))

    def go_on(self) -> None:
        """Does each step that was not done."""
        if TOTAL not in self.leased.cursor:
            self._acknowledge()
        if not self.leased.cursor[TOTAL]:
            queue.finish(self.leased)
            return
        self._ask()
        if RESULTS not in self.leased.cursor:
            kind = PayloadType.RESPONSE_277
            self.leased = batch_working.begin_results(self.leased, self._partner(), self.submission, kind)
        self._keep_results()

    def _acknowledge(self) -> None:
        actor, told = self._partner(), self.review.interchanges
        if not told:
            raise CannotDo("no_interchange")
        most = batches.most_rows(actor)
        total = sum(1 for _ in islice(batch_files.requests(self.file, self.review), most + 1))
        if len(told) > batch_working.MOST_INTERCHANGES:
            told, total = told[:1], most + 1
        if total > most:
            told, total = batch_working.refused(told), 0
        self.leased = batch_working.acknowledge(self.leased, actor, self.submission, told, {TOTAL: total})

    def _ask(self) -> None:
        """Asks what no piece holds yet."""
        done = self.leased.cursor.get(ASKED, 0)
        waiting = islice(batch_files.requests(self.file, self.review), done, None)
        while some := list(islice(waiting, AT_ONCE)):
            done += len(some)
            self._keep_piece(some, done)

    def _keep_piece(self, some: list[Request], done: int) -> None:
        actor = self._partner()
        questions, piece = Questions(actor), Piece()
        with prepared.remembering():
            for request in some:
                question = questions.of(request)
                outcome = asking.ask(actor, question.asked, may_lose_database=False)
                piece.add(outcome, content.of(request, outcome, question.problems, actor.today))
        cursor = {**self.leased.cursor, ASKED: done}
        working.keep_piece(
            leased=self.leased,
            actor=actor,
            submission=self.submission,
            content=batch_files.packed(piece),
            cursor=cursor,
            done=done,
            total=self.leased.cursor[TOTAL],
        )
        self.leased = replace(self.leased, cursor=cursor, done=done)

    def _keep_results(self) -> None:
        actor, number = self._partner(), self.leased.cursor[RESULTS]
        pieces = list(working.pieces(actor=actor, submission=self.submission))
        at = actor.asked_at.astimezone(self.leased.worker.zone)
        ours = int(rules.control_number(number))
        written = batch_files.write(self.file, self.review, pieces, at=at, number=ours)
        working.keep_results(
            leased=self.leased,
            actor=actor,
            submission=self.submission,
            number=number,
            file=File(PayloadType.RESPONSE_277, written),
            shown=batch_files.questions(pieces),
            request_count=self.leased.cursor[TOTAL],
        )

    def _partner(self) -> Actor:
        return batch_working.partner(self.leased, self.submission)
