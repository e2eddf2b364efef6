"""The life of a job, and that no two workers ever hold it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from portico.domains.jobs import leases, queue
from portico.domains.jobs.leases import Leased, LeaseLost, Stopping
from portico.domains.jobs.models import Job
from portico.domains.jobs.rules import State
from portico.domains.jobs.tests import making

pytestmark = pytest.mark.django_db


def test_a_job_remembers_who_asked_for_it() -> None:
    job = making.stored(making.enqueue(making.biller()))
    assert (job.state, job.payload, job.created_at) == (State.QUEUED, {"file": "f1"}, making.START)
    assert (job.created_kind, job.created_user_id, job.office_id) == ("persona", 11, 13)


def test_a_job_exists_exactly_if_the_business_does() -> None:
    with transaction.atomic():
        making.enqueue()
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_the_same_key_again_answers_the_first_job() -> None:
    first = making.enqueue(idempotency_key="file-1")
    assert making.enqueue(idempotency_key="file-1", payload={"file": "other"}) == first
    assert making.enqueue(idempotency_key="file-2") != first


def test_a_kind_nobody_handles_is_refused_at_once() -> None:
    with pytest.raises(leases.UnknownKind):
        making.enqueue(kind="nonsense")


def test_the_longest_due_comes_first_and_the_future_waits(clock: making.Clock) -> None:
    later = making.enqueue(run_after=making.START + timedelta(hours=1))
    first, second = making.enqueue(), making.enqueue()
    held = [making.lease(clock), making.lease(clock)]
    assert [job and job.public_id for job in held] == [first, second]
    assert making.lease(clock) is None
    clock.move(hours=1)
    taken_over = [making.lease(clock, "second") for _ in range(3)]
    assert {job.public_id for job in taken_over if job} == {first, second, later}


def test_a_worker_takes_only_its_kinds_and_only_the_job_it_wants(clock: making.Clock) -> None:
    making.enqueue()
    wanted = making.enqueue()
    worker = making.worker(clock)
    assert queue.lease(worker=worker, kinds=["tick"]) is None
    held = queue.lease(worker=worker, kinds=[making.KIND], only=wanted)
    assert held is not None
    assert held.public_id == wanted


def test_a_leased_job_is_nobody_elses_until_the_lease_runs_out(clock: making.Clock) -> None:
    making.leased(clock)
    clock.move(seconds=60)
    assert making.lease(clock, "second") is None
    clock.move(seconds=1)
    taken = making.lease(clock, "second")
    assert taken is not None
    assert (taken.attempts, taken.fence) == (2, 2)


def test_a_renewed_lease_lasts_longer(clock: making.Clock) -> None:
    held = making.leased(clock)
    clock.move(seconds=50)
    queue.renew(held)
    clock.move(seconds=50)
    assert making.lease(clock, "second") is None


ATTEMPTS: list[Callable[[Leased], None]] = [
    lambda held: queue.checkpoint(held, cursor={}, done=1),
    queue.renew,
    queue.finish,
    lambda held: queue.fail(held, code="x"),
    queue.hand_back,
]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_who_lost_the_lease_can_do_no_more(clock: making.Clock, attempt: Callable[[Leased], None]) -> None:
    old = making.leased(clock)
    clock.move(seconds=61)
    making.lease(clock, "second")
    with pytest.raises(LeaseLost):
        attempt(old)
    assert not queue.is_held(old)


def chunk_of(held: Leased) -> None:
    with transaction.atomic():
        making.enqueue(idempotency_key="business-row")
        queue.checkpoint(held, cursor={"row": 5}, done=5)


def test_the_chunk_of_who_lost_the_lease_is_rolled_back(clock: making.Clock) -> None:
    old = making.leased(clock)
    clock.move(seconds=61)
    making.lease(clock, "second")
    with pytest.raises(LeaseLost):
        chunk_of(old)
    assert not Job.objects.filter(idempotency_key="business-row").exists()


def test_the_next_worker_begins_at_the_last_checkpoint(clock: making.Clock) -> None:
    held = making.leased(clock)
    queue.checkpoint(held, cursor={"row": 500}, done=500, total=2000)
    queue.checkpoint(held, cursor={"row": 700}, done=700)
    clock.move(seconds=61)
    taken = making.lease(clock, "second")
    assert taken is not None
    assert (taken.cursor, taken.done, taken.total, taken.attempts) == ({"row": 700}, 700, 2000, 1)


def test_a_checkpoint_prolongs_the_lease(clock: making.Clock) -> None:
    held = making.leased(clock)
    clock.move(seconds=59)
    queue.checkpoint(held, cursor={}, done=1)
    clock.move(seconds=59)
    assert making.lease(clock, "second") is None


def test_a_checkpoint_costs_one_query(
    clock: making.Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    held = making.leased(clock)
    with django_assert_num_queries(1):
        queue.checkpoint(held, cursor={"row": 1}, done=1)


def test_a_worker_that_is_to_stop_stops_at_the_next_checkpoint(clock: making.Clock) -> None:
    held = making.leased(clock, is_stopping=lambda: True)
    with pytest.raises(Stopping):
        queue.checkpoint(held, cursor={"row": 1}, done=1)
    queue.hand_back(held)
    job = making.stored(held.public_id)
    assert (job.state, job.cursor, job.attempts) == (State.QUEUED, {}, 0)


def test_a_finished_job_is_done_and_keeps_its_summary(clock: making.Clock) -> None:
    held = making.leased(clock)
    queue.finish(held, summary={"accepted": 3})
    job = making.stored(held.public_id)
    assert (job.state, job.summary, job.finished_at, job.leased_by) == (
        State.DONE,
        {"accepted": 3},
        making.START,
        "",
    )
    clock.move(days=1)
    assert making.lease(clock) is None


def test_a_failed_try_is_made_again_later(clock: making.Clock) -> None:
    held = making.leased(clock)
    queue.fail(held, code="OperationalError")
    assert making.stored(held.public_id).error == "OperationalError"
    assert making.lease(clock) is None
    clock.move(seconds=5)
    again = making.lease(clock)
    assert again is not None
    assert again.attempts == 2


def test_five_failed_tries_without_progress_fail_the_job(clock: making.Clock) -> None:
    making.enqueue()
    for _ in range(5):
        held = making.lease(clock)
        assert held is not None
        queue.fail(held, code="ValueError")
        clock.move(hours=1)
    assert making.lease(clock) is None
    job = Job.objects.get()
    assert (job.state, job.error) == (State.FAILED, "ValueError")


def test_progress_starts_the_count_of_tries_anew(clock: making.Clock) -> None:
    making.enqueue()
    for done in range(12):
        held = making.lease(clock)
        assert held is not None
        queue.checkpoint(held, cursor={"row": done}, done=done)
        queue.fail(held, code="ValueError")
        clock.move(hours=1)
    assert making.lease(clock) is not None


def test_what_can_never_be_done_fails_at_once(clock: making.Clock) -> None:
    held = making.leased(clock)
    queue.fail(held, code="not_an_834", again=False)
    assert making.stored(held.public_id).state == State.FAILED


def test_a_job_that_kills_its_workers_is_given_up(clock: making.Clock) -> None:
    making.leased(clock)
    for _ in range(4):
        clock.move(seconds=61)
        assert making.lease(clock) is not None
    clock.move(seconds=61)
    assert making.lease(clock) is None
    job = Job.objects.get()
    assert (job.state, job.error) == (State.FAILED, "worker_lost")


def test_a_recurring_job_is_one_row_that_comes_again(clock: making.Clock, settings: Any) -> None:
    settings.JOB_SCHEDULE = {"tick": 60}
    queue.keep_schedule(actor=making.loader())
    queue.keep_schedule(actor=making.loader())
    for _ in range(3):
        held = queue.lease(worker=making.worker(clock), kinds=["tick"])
        assert held is not None
        queue.finish(held)
        assert queue.lease(worker=making.worker(clock), kinds=["tick"]) is None
        clock.move(seconds=60)
    assert Job.objects.count() == 1


def test_a_recurring_job_never_fails_for_good(clock: making.Clock, settings: Any) -> None:
    settings.JOB_SCHEDULE = {"tick": 60}
    queue.keep_schedule(actor=making.loader())
    for _ in range(8):
        held = queue.lease(worker=making.worker(clock), kinds=["tick"])
        assert held is not None
        queue.fail(held, code="OSError", again=False)
        clock.move(hours=1)


def test_the_schedule_follows_the_settings(settings: Any) -> None:
    settings.JOB_SCHEDULE = {"tick": 60}
    queue.keep_schedule(actor=making.loader())
    settings.JOB_SCHEDULE = {"tick": 5}
    queue.keep_schedule(actor=making.loader())
    assert Job.objects.get().every_seconds == 5
    settings.JOB_SCHEDULE = {}
    queue.keep_schedule(actor=making.loader())
    assert not Job.objects.exists()


def test_the_database_refuses_a_running_job_without_a_lease(clock: making.Clock) -> None:
    making.enqueue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.update(state=State.RUNNING)


def test_the_database_refuses_a_state_nobody_knows() -> None:
    making.enqueue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.update(state="limbo")


def test_a_leased_job_makes_actors_of_the_plans_day(clock: making.Clock) -> None:
    held = making.leased(clock)
    clock.move(hours=10)
    actor = held.actor("loader")
    assert (actor.name, actor.asked_at) == ("loader", making.START + timedelta(hours=10))
    assert actor.today == making.START.date()
    assert actor.asked_at.date() > actor.today


def test_a_handler_comes_from_its_dotted_path() -> None:
    assert type(leases.handler_for(making.KIND)).__name__ == "Count"
    with pytest.raises(leases.UnknownKind):
        leases.handler_for("nonsense")
