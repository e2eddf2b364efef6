"""The life of a batch: kept sealed, its owner's alone, started once, run again, saved, thrown away."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from portico.domains.jobs.rules import State
from portico.domains.members import batch_reading, batches, housekeeping, models
from portico.domains.members.answers import Answered, Verdict
from portico.domains.members.asked import ByMemberId, Inquiry, NoAnswer
from portico.domains.members.batches import (
    NewRow,
    Outcome,
    Stage,
    TooManyKept,
    TooManyRows,
    TooManyRunning,
)
from portico.domains.members.tests import factories, filing
from portico.domains.members.tests.filing import DESK
from portico.domains.permits import actors
from portico.domains.permits.actors import Actor, ActorKind, Door
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.shared.vault import CannotOpen

pytestmark = pytest.mark.usefixtures("plan")


COLLEAGUE = factories.front_desk(persona_id=70)


@pytest.fixture(autouse=True)
def _desk_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    filing.standing_behind(monkeypatch, lambda: DESK)


def machine() -> Actor:
    """Our office's practice software."""
    nobody: dict[str, Any] = {"user_id": None, "persona_id": None, "persona_kind": None}
    return replace(DESK, kind=ActorKind.MACHINE, door=Door.X12, machine_id=5, **nobody)


def stored() -> str:
    """Every byte the tables of batches hold, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM members_batchrow")
        rows = cursor.fetchall()
        cursor.execute("SELECT * FROM members_batch")
        rows += cursor.fetchall()
    cells = (cell for row in rows for cell in row)
    return "\n".join(
        bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell) for cell in cells
    )


def test_a_draft_is_kept_and_nothing_is_asked() -> None:
    batch = filing.draft(DESK, filing.row(1), filing.unreadable(2), name="Tuesday")
    view = filing.view(DESK, batch)
    assert (view.stage, view.row_count, view.askable, view.settled) == (Stage.DRAFT, 2, 1, 0)
    assert (view.name, view.source, view.tax_id) == ("Tuesday", "csv", factories.OURS)
    assert not filing.jobs().exists()
    use = factories.last_use()
    assert (use.function, use.tax_id, use.conclusion) == ("eligibility", factories.OURS, "batch_created")


def test_questions_answers_and_frames_lie_sealed_each_for_its_own_place() -> None:
    factories.a_covered_member()
    batch = filing.asked(DESK, filing.row(1), filing.unreadable(2), frame="Okafor's frame")
    told = stored()
    assert "answered" in told
    for secret in ("Okafor", "OKAFOR", "N1000", "Adaeze"):
        assert secret not in told
    first, second = models.BatchRow.objects.order_by("position")
    models.BatchRow.objects.filter(pk=second.pk).update(asked_sealed=first.asked_sealed)
    with pytest.raises(CannotOpen):
        filing.rows_of(DESK, batch)


def test_a_row_asks_or_says_what_is_wrong_and_rows_come_in_order() -> None:
    with pytest.raises(ValueError, match="asks something"):
        NewRow(1, "row 1")
    with pytest.raises(ValueError, match="asks something"):
        NewRow(1, "row 1", Inquiry("", factories.TODAY, ByMemberId("N1")), problem="not_enough")
    with pytest.raises(ValueError, match="rise"):
        filing.draft(DESK, filing.row(2), filing.row(2))
    assert not models.Batch.objects.exists()


def test_a_persons_batch_and_a_machines_have_each_their_most_rows(settings: Any) -> None:
    settings.BATCH_ROWS = 2
    rows = [filing.row(place, f"N{place}") for place in (1, 2, 3)]
    with pytest.raises(TooManyRows) as refused:
        filing.draft(DESK, *rows)
    assert refused.value.most == 2
    assert filing.view(DESK, filing.draft(DESK, *rows[:2])).row_count == 2
    assert filing.view(machine(), filing.draft(machine(), *rows)).row_count == 3


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (factories.administrator(), Reason.ADMINISTRATOR_HAS_NO_PHI),
        (factories.plan_staff(), Reason.FUNCTION_NOT_GRANTED),
        (factories.front_desk(functions=(Function.BENEFITS,)), Reason.FUNCTION_NOT_GRANTED),
        (factories.front_desk(tax_ids=(factories.ALSO_OURS,)), Reason.TAX_ID_NOT_GRANTED),
    ],
)
def test_who_may_not_ask_makes_no_batch(actor: Actor, reason: Reason) -> None:
    with pytest.raises(NotPermitted) as refused:
        filing.draft(actor)
    assert refused.value.decision.reasons == (reason,)
    use = factories.last_use()
    assert (use.outcome, use.reasons, use.reference) == ("denied", [reason], refused.value.reference)
    assert not models.Batch.objects.exists()


def _uses(batch: UUID) -> list[tuple[str, Any]]:
    return [
        ("progress", lambda actor: filing.view(actor, batch)),
        ("page", lambda actor: filing.rows_of(actor, batch)),
        ("frame", lambda actor: batch_reading.frame(actor=actor, batch=batch)),
        ("start", lambda actor: batches.start(actor=actor, batch=batch)),
        ("rerun", lambda actor: batches.rerun(actor=actor, batch=batch)),
        ("cancel", lambda actor: batches.cancel(actor=actor, batch=batch)),
        ("save", lambda actor: batches.save(actor=actor, batch=batch, name="mine")),
        ("again", lambda actor: batches.again(actor=actor, batch=batch, as_of=factories.TODAY)),
        ("discard", lambda actor: batches.discard(actor=actor, batch=batch)),
    ]


def test_to_everybody_else_a_batch_is_as_unknown_as_one_that_never_was() -> None:
    own, nobodys = filing.draft(DESK), uuid4()
    for batch, actor in (
        (own, COLLEAGUE),
        (own, machine()),
        (own, actors.visitor(asked_at=factories.AT, today=factories.TODAY)),
        (nobodys, DESK),
    ):
        for name, use in _uses(batch):
            with pytest.raises(batches.BatchNotFound):
                pytest.fail(f"{name}: {use(actor)}")
    assert models.Batch.objects.count() == 1


def test_whoever_lost_the_grant_gets_no_further_with_a_batch_of_his_own() -> None:
    batch = filing.draft(DESK)
    revoked = factories.front_desk(functions=())
    for name, use in _uses(batch):
        with pytest.raises(NotPermitted):
            pytest.fail(f"{name}: {use(revoked)}")
        assert factories.last_use().outcome == "denied"
    assert models.Batch.objects.get().started_at is None


def test_a_batch_is_started_once() -> None:
    batch = filing.draft(DESK)
    batches.start(actor=DESK, batch=batch)
    batches.start(actor=DESK, batch=batch)
    job = filing.jobs().get()
    assert (job.kind, job.payload, job.office_id) == ("ask_batch", {"batch": str(batch)}, factories.OFFICE_ID)
    assert filing.view(DESK, batch).stage is Stage.RUNNING


def test_two_at_a_time_are_asked_for_one_person() -> None:
    running = [filing.draft(DESK, name=str(number)) for number in range(3)]
    for batch in running[:2]:
        batches.start(actor=DESK, batch=batch)
    with pytest.raises(TooManyRunning):
        batches.start(actor=DESK, batch=running[2])
    filing.jobs().filter(payload={"batch": str(running[0])}).update(state=State.FAILED)
    batches.start(actor=DESK, batch=running[2])
    batches.start(actor=COLLEAGUE, batch=filing.draft(COLLEAGUE))


def test_what_one_person_keeps_has_an_end(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.BATCH_ROWS = 2
    monkeypatch.setattr(batches, "FILES_KEPT", 1)
    batch = filing.draft(DESK, filing.row(1), filing.row(2))
    with pytest.raises(TooManyKept):
        filing.draft(DESK)
    with pytest.raises(TooManyKept):
        batches.again(actor=DESK, batch=batch, as_of=factories.TODAY)
    filing.draft(COLLEAGUE)
    filing.draft(machine())
    batches.discard(actor=DESK, batch=batch)
    filing.draft(DESK)


def test_a_saved_list_is_asked_for_another_day_as_a_batch_of_its_own() -> None:
    member = factories.a_covered_member("N1")
    later = factories.TODAY + timedelta(days=10)
    member.coverages.update(last_on=factories.TODAY)
    old = filing.asked(DESK, filing.row(1, "N1"), filing.unreadable(2), filing.row(5, "N1"))
    batches.save(actor=DESK, batch=old, name="Tuesday")
    new = batches.again(actor=DESK, batch=old, as_of=later)
    assert filing.view(DESK, new).stage is Stage.DRAFT
    batches.start(actor=DESK, batch=new)
    filing.ask()
    verdicts = [
        [
            row.answer.told[0].eligibility.verdict
            for row in filing.rows_of(DESK, batch)
            if isinstance(row.answer, Answered)
        ]
        for batch in (old, new)
    ]
    assert verdicts == [[Verdict.ACTIVE] * 2, [Verdict.TERMINATED] * 2]
    assert [row.position for row in filing.rows_of(DESK, new)] == [1, 5]


def test_a_batch_that_is_stopped_keeps_its_answers_and_can_go_on() -> None:
    factories.a_covered_member("N1")
    batch = filing.draft(DESK, filing.row(1, "N1"), filing.row(2, "N2"))
    batches.start(actor=DESK, batch=batch)
    batches.cancel(actor=DESK, batch=batch)
    assert filing.jobs().get().state == State.CANCELLED
    view = filing.view(DESK, batch)
    assert (view.stage, view.to_rerun) == (Stage.CANCELLED, 2)
    assert batches.rerun(actor=DESK, batch=batch) == 2
    filing.ask()
    assert filing.outcomes(DESK, batch) == [Outcome.ANSWERED, Outcome.NOT_ANSWERED]
    batches.cancel(actor=DESK, batch=batch)
    assert filing.view(DESK, batch).stage is Stage.DONE


def test_only_what_failed_was_refused_or_slowed_down_is_asked_again() -> None:
    factories.a_covered_member("N1")
    batch = filing.asked(
        DESK, *(filing.row(place, f"N{place}") for place in range(1, 7)), filing.unreadable(9)
    )
    rows = models.BatchRow.objects.filter(batch=batch)
    rows.filter(position=2).update(outcome=Outcome.FAILED, reason="crashed")
    rows.filter(position=3).update(outcome=Outcome.REFUSED, reason=Reason.GRANT_EXPIRED)
    rows.filter(position=4).update(reason=NoAnswer.SLOW_DOWN)
    kept = {row.position: row.reference for row in filing.rows_of(DESK, batch)}
    assert filing.view(DESK, batch).to_rerun == 3
    assert batches.rerun(actor=DESK, batch=batch) == 3
    assert batches.rerun(actor=DESK, batch=batch) == 0
    filing.ask()
    again = {row.position: row.reference for row in filing.rows_of(DESK, batch)}
    assert [place for place in kept if kept[place] != again[place]] == [2, 3, 4]
    assert filing.view(DESK, batch).to_rerun == 0


def test_a_job_that_was_given_up_leaves_a_batch_that_can_go_on() -> None:
    batch = filing.draft(DESK)
    batches.start(actor=DESK, batch=batch)
    filing.jobs().update(state=State.FAILED)
    assert filing.view(DESK, batch).stage is Stage.FAILED
    assert batches.rerun(actor=DESK, batch=batch) == 1
    filing.ask()
    assert filing.view(DESK, batch).stage is Stage.DONE


def test_a_draft_is_not_run_again() -> None:
    batch = filing.draft(DESK)
    assert batches.rerun(actor=DESK, batch=batch) == 0
    assert not filing.jobs().exists()


def test_what_is_discarded_is_gone_and_its_job_stops() -> None:
    batch = filing.draft(DESK)
    batches.start(actor=DESK, batch=batch)
    batches.discard(actor=DESK, batch=batch)
    assert not models.BatchRow.objects.exists()
    assert filing.jobs().get().state == State.CANCELLED
    assert factories.last_use().conclusion == "batch_discarded"


def test_drafts_go_after_a_day_batches_after_thirty_and_saved_lists_stay() -> None:
    done, saved, _ = filing.asked(DESK), filing.asked(DESK), filing.draft(DESK)
    batches.save(actor=DESK, batch=saved, name="Tuesday")
    ends = {timedelta(days=1): {done, saved}, timedelta(days=31): {saved}}
    for later, left in ends.items():
        at = factories.AT + later + timedelta(minutes=1)
        housekeeping.forget(actor=replace(factories.loader(), asked_at=at))
        assert set(models.Batch.objects.values_list("pk", flat=True)) == left
    assert models.BatchRow.objects.count() == 1
