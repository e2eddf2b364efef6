"""Asks the rows of a batch one by one: each a permit, an audit row and a result, all three or none of them.

It may be killed at any moment and run again: whatever still waits is asked, whatever does not is left. The
owner is built anew for every chunk, so what is taken away from him is gone for the rows that follow.
"""

from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from portico.domains.access import actors as access_actors
from portico.domains.jobs import queue
from portico.domains.jobs.leases import Leased, LeaseLost
from portico.domains.members import batch_rows, batches, inquiries, models
from portico.domains.members.answers import Answered
from portico.domains.members.asked import NotAnswered
from portico.domains.members.batch_rows import Asked, Outcome
from portico.domains.permits.actors import Actor, Door
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from portico.shared import prepared

CHUNK = 50
CRASHED = "crashed"
ASKER = "batch-asker"

# A plain statement: once a row it would cost Django five times as long to write.
_SETTLE = (
    "UPDATE members_batchrow SET outcome = %s, reason = %s, verdict = %s, reference = %s, "
    "answer_sealed = %s, asked_at = %s WHERE id = %s AND outcome = %s"
)


class AskBatch:
    """The handler of jobs of kind `ask_batch`."""

    def run(self, leased: Leased) -> None:
        """Asks what waits in the batch that the payload names."""
        run(leased, UUID(leased.payload["batch"]))


def run(leased: Leased, batch: UUID) -> None:
    """Asks what waits in a batch, as its owner; the job itself is left for the caller to finish.

    A batch that is gone is nothing to do. Raises LeaseLost, Stopping.
    """
    row = models.Batch.objects.filter(pk=batch).first()
    if row is None:
        return
    _begin(leased, row)
    done, total = row.row_count - row.rows.filter(outcome=Outcome.WAITING).count(), row.row_count
    while waiting := _waiting(row):
        actor = _owner(leased, row)
        if actor is None:
            _refuse_rest(leased, row)
            break
        with prepared.remembering():
            for each in waiting:
                _ask(actor, row, each)
        done += len(waiting)
        queue.checkpoint(leased, cursor={**leased.cursor, "asked": done}, done=done, total=total)
    models.Batch.objects.filter(pk=batch, finished_at=None).update(finished_at=leased.now())


def _begin(leased: Leased, batch: models.Batch) -> None:
    """A machine's own job asks a draft that nobody started."""
    now = leased.now()
    values = {"started_at": now, "job": leased.public_id, "keep_until": now + batches.KEPT_FOR}
    models.Batch.objects.filter(pk=batch.pk, started_at=None).update(**values)


def _waiting(batch: models.Batch) -> list[models.BatchRow]:
    return list(batch.rows.filter(outcome=Outcome.WAITING).order_by("position")[:CHUNK])


def _owner(leased: Leased, batch: models.Batch) -> Actor | None:
    """Who asks, with what it holds now; None when the person may no longer sign in at all."""
    now = leased.now()
    return access_actors.for_job(
        persona_id=batch.persona_id,
        machine_id=batch.machine_id,
        asked_at=now,
        today=now.astimezone(leased.worker.zone).date(),
        door=Door.WEB if batch.machine_id is None else Door.X12,
    )


class _Keeper:
    """Writes what came of a row's question, if the row still waits."""

    def __init__(self, actor: Actor, row: models.BatchRow) -> None:
        self._row = row
        self._now = actor.asked_at

    def answered(self, answer: Answered | NotAnswered) -> None:
        """Keep an answer, or why there is none. Raises LeaseLost."""
        sealed = batch_rows.sealed_answer(self._row, answer)
        if isinstance(answer, NotAnswered):
            reason, reference = answer.reason, answer.reference
            self._settle(Outcome.NOT_ANSWERED, reason=reason, reference=reference, answer_sealed=sealed)
        else:
            verdict, reference = answer.told[0].eligibility.verdict, answer.reference
            self._settle(Outcome.ANSWERED, verdict=verdict, reference=reference, answer_sealed=sealed)

    def refused(self, decision: Decision, reference: str) -> None:
        """Keep a refusal. Raises LeaseLost."""
        sealed = batch_rows.sealed_answer(self._row, decision)
        reason = decision.reasons[0]
        self._settle(Outcome.REFUSED, reason=reason, reference=reference, answer_sealed=sealed)

    def failed(self, reference: str) -> None:
        """Keep that asking broke; the audit row of that reference says so too. Raises LeaseLost."""
        self._settle(Outcome.FAILED, reason=CRASHED, reference=reference)

    def shared(self, source: models.BatchRow) -> None:
        """Keep the answer of an earlier row that asked the same. Raises LeaseLost."""
        self._settle(
            Outcome(source.outcome),
            reason=source.reason,
            verdict=source.verdict,
            reference=source.reference,
            answer_sealed=batch_rows.copied_answer(source, self._row),
        )

    def _settle(
        self,
        outcome: Outcome,
        *,
        reason: str = "",
        verdict: str = "",
        reference: str = "",
        answer_sealed: bytes | None = None,
    ) -> None:
        at = connection.ops.adapt_datetimefield_value(self._now)
        values = (outcome, reason, verdict, reference, answer_sealed, at)
        with connection.cursor() as cursor:
            cursor.execute(_SETTLE, [*values, self._row.pk, Outcome.WAITING])
            if not cursor.rowcount:
                raise LeaseLost


def _ask(actor: Actor, batch: models.Batch, row: models.BatchRow) -> None:
    keeper = _Keeper(actor, row)
    try:
        asked = batch_rows.asked(row)
        source = _answered_before(actor, batch, asked)
        if source is not None:
            keeper.shared(source)
        elif asked.inquiry is not None:
            inquiries.ask(
                actor=actor, inquiry=asked.inquiry, with_benefits=batch.with_benefits, keeper=keeper
            )
    except NotPermitted:
        return  # the keeper wrote it down
    except (LeaseLost, OperationalError, InterfaceError):
        raise
    except Exception as error:
        keeper.failed(getattr(error, "reference", ""))


def _answered_before(actor: Actor, batch: models.Batch, asked: Asked) -> models.BatchRow | None:
    """The earlier row that asked the same and has its answer, while the actor may still ask it."""
    if asked.same_as is None or asked.inquiry is None:
        return None
    question = Question(Function.ELIGIBILITY, asked.inquiry.tax_id, asked.inquiry.line)
    if not decide(actor, question).allowed:
        return None
    answered = (Outcome.ANSWERED, Outcome.NOT_ANSWERED)
    return batch.rows.filter(position=asked.same_as, outcome__in=answered).first()


def _refuse_rest(leased: Leased, batch: models.Batch) -> None:
    """What waits is refused at once: nobody is left to ask it."""
    with permit(leased.actor(ASKER), Function.HOUSEKEEPING) as given:
        waiting = batch.rows.filter(outcome=Outcome.WAITING)
        waiting.update(
            outcome=Outcome.REFUSED,
            reason=Reason.ACCOUNT_DISABLED,
            reference=given.reference,
            asked_at=given.actor.asked_at,
        )
        given.conclude("batch_owner_gone")
