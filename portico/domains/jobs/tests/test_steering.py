"""What people see of jobs and do to them, and whose jobs they reach."""

from uuid import uuid4

import pytest

from portico.domains.jobs import queue, steering
from portico.domains.jobs.leases import LeaseLost
from portico.domains.jobs.rules import State
from portico.domains.jobs.tests import making
from portico.domains.permits.actors import Actor
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit
from portico.domains.permits.questions import Question, Scope

pytestmark = pytest.mark.django_db


def given(actor: Actor, *, everything: bool = True) -> Permit:
    decision = Decision(Question(Function.FEED_REVIEW), True, Scope(everything=everything))
    return Permit(actor, decision, "REFERENCE001")


PLAN = given(making.desk())


def test_a_job_is_shown_with_its_share(clock: making.Clock) -> None:
    held = making.leased(clock)
    queue.checkpoint(held, cursor={}, done=30, total=120)
    view = steering.of(given=PLAN, job=held.public_id)
    assert view is not None
    assert (view.state, view.done, view.total, view.share) == (State.RUNNING, 30, 120, 0.25)
    assert view.leased_by == "first"


def test_a_job_of_unknown_length_has_no_share(clock: making.Clock) -> None:
    held = making.leased(clock)
    queue.checkpoint(held, cursor={}, done=30)
    view = steering.of(given=PLAN, job=held.public_id)
    assert view is not None
    assert view.share is None


def test_jobs_are_listed_newest_first_in_pages() -> None:
    made = [making.enqueue() for _ in range(5)]
    first = steering.page(given=PLAN, size=3)
    second = steering.page(given=PLAN, size=3, key=first.next_key or "")
    assert [view.public_id for view in (*first.rows, *second.rows)] == made[::-1]
    assert second.next_key is None


def test_jobs_are_found_by_kind_and_state(clock: making.Clock) -> None:
    making.leased(clock)
    other = making.enqueue(kind="tick")
    assert [view.public_id for view in steering.page(given=PLAN, kinds=("tick",)).rows] == [other]
    assert [view.kind for view in steering.page(given=PLAN, states=(State.RUNNING,)).rows] == [making.KIND]


@pytest.mark.parametrize("everything", [True, False])
def test_an_office_reaches_its_own_jobs_only(everything: bool) -> None:
    own, others, plans = (
        making.enqueue(making.biller(13)),
        making.enqueue(making.biller(14)),
        making.enqueue(),
    )
    office = given(making.biller(13), everything=everything)
    assert [view.public_id for view in steering.page(given=office).rows] == [own]
    assert steering.of(given=office, job=others) is None
    assert not steering.cancel(given=office, job=plans)
    assert len(steering.page(given=PLAN).rows) == 3
    assert len(steering.page(given=given(making.loader())).rows) == 3


def test_a_waiting_job_is_cancelled_at_once(clock: making.Clock) -> None:
    job = making.enqueue()
    assert steering.cancel(given=PLAN, job=job)
    assert not steering.cancel(given=PLAN, job=job)
    assert making.lease(clock) is None


def test_a_running_job_stops_at_its_next_checkpoint(clock: making.Clock) -> None:
    held = making.leased(clock)
    assert steering.cancel(given=PLAN, job=held.public_id)
    with pytest.raises(LeaseLost):
        queue.checkpoint(held, cursor={}, done=1)
    assert making.stored(held.public_id).state == State.CANCELLED


def test_a_failed_job_goes_on_where_it_stopped(clock: making.Clock) -> None:
    held = making.leased(clock)
    queue.checkpoint(held, cursor={"row": 7}, done=7)
    queue.fail(held, code="not_an_834", again=False)
    assert steering.try_again(given=PLAN, job=held.public_id)
    again = making.lease(clock)
    assert again is not None
    assert (again.cursor, again.attempts) == ({"row": 7}, 1)


def test_a_done_job_is_not_tried_again(clock: making.Clock) -> None:
    held = making.leased(clock)
    queue.finish(held)
    assert not steering.try_again(given=PLAN, job=held.public_id)
    assert steering.of(given=PLAN, job=uuid4()) is None
