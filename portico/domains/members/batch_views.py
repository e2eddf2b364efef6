"""What the owner of a batch sees of it now: how far it is, and each row as today's grants show it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from portico.domains.jobs import queue
from portico.domains.jobs.rules import State
from portico.domains.members import batch_rows, models
from portico.domains.members.answers import Answered, Told
from portico.domains.members.asked import Inquiry, NoAnswer
from portico.domains.members.batch_rows import Asked, Outcome, RowView
from portico.domains.members.keeping import Kept
from portico.domains.permits.actors import Actor
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide

Batches = QuerySet[models.Batch]
TO_ASK_AGAIN = (
    Q(outcome__in=(Outcome.FAILED, Outcome.REFUSED, Outcome.WAITING))
    | Q(outcome=Outcome.NOT_ANSWERED, reason=NoAnswer.SLOW_DOWN)
)  # fmt: skip


class BatchNotFound(LookupError):
    """There is no such batch of this actor."""


class Stage(StrEnum):
    """Where a batch stands."""

    DRAFT = "draft"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch and how far it is.

    `counts` are its rows by outcome; `to_rerun` how many `rerun` would ask; `shared`, told of a draft, how
    many ask what an earlier row asks.
    """

    id: UUID
    name: str
    source: str
    tax_id: str
    with_benefits: bool
    is_saved: bool
    stage: Stage
    row_count: int
    counts: Mapping[Outcome, int]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    keep_until: datetime
    to_rerun: int = 0
    shared: int = 0

    @property
    def askable(self) -> int:
        """How many rows could be read, and so be asked."""
        return self.row_count - self.counts.get(Outcome.UNREADABLE, 0)

    @property
    def answered(self) -> int:
        """How many rows have their answer."""
        return self.counts.get(Outcome.ANSWERED, 0)

    @property
    def unanswered(self) -> int:
        """How many rows are done with and have none, those that could not be read among them."""
        return self.row_count - self.answered - self.counts.get(Outcome.WAITING, 0)

    @property
    def settled(self) -> int:
        """How many of the askable rows are done with, one way or the other."""
        return self.askable - self.counts.get(Outcome.WAITING, 0)


def owned(actor: Actor, batch: UUID) -> models.Batch:
    """The batch, if this persona or machine made it. One query. Raises BatchNotFound."""
    row = of(actor).filter(pk=batch).first()
    if row is None:
        raise BatchNotFound
    return row


def of(actor: Actor) -> "Batches":
    """The batches of this persona or machine, and of nobody else; without their frames, which may be long.

    Whoever works for clients too finds those of the side that is worked for.
    """
    told = actor.standing
    has_sides = actor.context.get("clients") or told.former_clients or told.other_sides
    if actor.persona_id is None or not has_sides:
        return made_by(actor)
    return made_by(actor).filter(Q(tax_id="") | Q(tax_id__in=told.tax_ids))


def made_by(actor: Actor) -> "Batches":
    """The same, whichever side they were made on."""
    if actor.persona_id is None and actor.machine_id is None:
        return models.Batch.objects.none()
    mine = models.Batch.objects.filter(persona_id=actor.persona_id, machine_id=actor.machine_id)
    return mine.defer("frame_sealed")


@contextmanager
def opened(actor: Actor, batch: UUID, *, lately: bool = False) -> Iterator[tuple[Permit, models.Batch]]:
    """An own batch through a permit for its tax ID; `lately` where it is taken out of the portal.

    Raises BatchNotFound, NotPermitted.
    """
    row = owned(actor, batch)
    with permit(actor, Function.ELIGIBILITY, tax_id=row.tax_id or None, lately=lately) as given:
        yield given, row


def view(batch: models.Batch) -> BatchView:
    """The batch as it stands. Two queries, three while it runs."""
    told = _view(batch, _counts([batch])[batch.pk])
    if told.stage is Stage.DRAFT:
        return replace(told, shared=batch_rows.cover(batch).shared)
    return replace(told, to_rerun=batch.rows.filter(TO_ASK_AGAIN).count())


def views(batches: list[models.Batch]) -> tuple[BatchView, ...]:
    """Batches for a list, without what can be run again. One query, and one for each that runs."""
    counts = _counts(batches)
    return tuple(_view(batch, counts[batch.pk]) for batch in batches)


def rows(given: Permit, found: Iterable[models.BatchRow], *, with_benefits: bool) -> tuple[RowView, ...]:
    """Rows as the permit's actor may see them now; notes every member shown."""
    eyes = _Eyes(given)
    return tuple(_row(eyes, row, with_benefits=with_benefits) for row in found)


class _Eyes:
    """What one actor may see of kept answers; a decision is made once for each tax ID and line."""

    def __init__(self, given: Permit) -> None:
        self.given = given
        self._made: dict[Question, Decision] = {}

    def see(self, inquiry: Inquiry, answer: Kept | None) -> Kept | None:
        """The answer as far as it is open now; None where it no longer is."""
        if not isinstance(answer, Answered):
            return answer
        asked = self._decided(Question(Function.ELIGIBILITY, inquiry.tax_id, inquiry.line))
        lines = asked.scope.lines()
        if not asked.allowed or any(_lines(told) - (lines or _lines(told)) for told in answer.told):
            return None
        for told in answer.told:
            self.given.note_subject("member", told.eligibility.person.member_id)
        return replace(answer, told=tuple(self._amounts(inquiry, told) for told in answer.told))

    def _amounts(self, inquiry: Inquiry, told: Told) -> Told:
        if told.benefits is None or told.eligibility.coverage is None:
            return told
        decision = self._decided(Question(Function.BENEFITS, inquiry.tax_id, told.eligibility.coverage.line))
        if decision.allowed:
            return told
        return replace(told, benefits=None, accumulators=None, benefits_refused=decision)

    def _decided(self, question: Question) -> Decision:
        if question not in self._made:
            self._made[question] = decide(self.given.actor, question)
        return self._made[question]


def _lines(told: Told) -> frozenset[str]:
    return frozenset(keyed.span.line for keyed in told.spans)


def _row(eyes: _Eyes, row: models.BatchRow, *, with_benefits: bool) -> RowView:
    asked: Asked = batch_rows.asked(row)
    kept = batch_rows.answer(row, with_benefits=with_benefits)
    answer = eyes.see(asked.inquiry, kept) if asked.inquiry else None
    return RowView(
        position=row.position,
        locator=row.locator,
        outcome=Outcome(row.outcome),
        problem=row.problem,
        reason=row.reason,
        reference=row.reference,
        asked_at=row.asked_at,
        inquiry=asked.inquiry,
        echo=asked.echo,
        same_as=asked.same_as,
        answer=answer,
        is_withheld=kept is not None and answer is None,
    )


def _counts(batches: list[models.Batch]) -> dict[UUID, Counter[Outcome]]:
    counts: dict[UUID, Counter[Outcome]] = {batch.pk: Counter() for batch in batches}
    found = models.BatchRow.objects.filter(batch__in=list(counts)).order_by()
    for batch, outcome, number in found.values_list("batch_id", "outcome").annotate(number=Count("pk")):
        counts[batch][Outcome(outcome)] = number
    return counts


def _view(batch: models.Batch, counts: Counter[Outcome]) -> BatchView:
    return BatchView(
        id=batch.pk,
        name=batch.name,
        source=batch.source,
        tax_id=batch.tax_id,
        with_benefits=batch.with_benefits,
        is_saved=batch.is_saved,
        stage=_stage(batch, counts),
        row_count=batch.row_count,
        counts=counts,
        created_at=batch.created_at,
        started_at=batch.started_at,
        finished_at=batch.finished_at,
        keep_until=batch.keep_until,
    )


def _stage(batch: models.Batch, counts: Counter[Outcome]) -> Stage:
    if batch.started_at is None:
        return Stage.DRAFT
    if batch.finished_at is not None:
        return Stage.CANCELLED if counts[Outcome.WAITING] else Stage.DONE
    return Stage.FAILED if is_given_up(batch) else Stage.RUNNING


def is_given_up(batch: models.Batch) -> bool:
    """Has the job of a batch ended without having asked it all?"""
    return batch.job is not None and queue.state_of(batch.job) in (State.FAILED, State.CANCELLED)
