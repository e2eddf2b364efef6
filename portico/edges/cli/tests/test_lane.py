"""A lane goes on: after a handler that raises, and after a database that was away."""

import threading
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.db import InterfaceError, OperationalError

from portico.domains.jobs import leases, queue
from portico.domains.jobs.leases import CannotDo, Leased, LeaseLost, Stopping
from portico.domains.jobs.rules import State
from portico.domains.jobs.tests import making
from portico.edges.cli import lane
from portico.edges.cli.lane import Lane

pytestmark = pytest.mark.django_db
Work = Callable[[Leased], None]


class Doing:
    """A handler that does what a test wants."""

    def __init__(self, work: Work) -> None:
        self.run = work


@pytest.fixture(autouse=True)
def _known_kind(settings: Any) -> None:
    settings.JOB_HANDLERS = {making.KIND: "unused"}


def step(work: Work, **changed: Any) -> Any:
    """One turn of a lane with one job to do; answers the job as it then stands."""
    clock, public_id = making.Clock(), making.enqueue()
    worker = making.worker(clock, **changed)
    with patch.object(leases, "handler_for", return_value=Doing(work)):
        assert Lane(worker=worker, kinds=[making.KIND], stop=threading.Event()).step()
    return making.stored(public_id)


def raising(error: BaseException) -> Work:
    def work(leased: Leased) -> None:
        raise error

    return work


def test_a_job_whose_handler_returns_is_done() -> None:
    assert step(lambda leased: None).state == State.DONE


def test_a_handler_may_finish_by_itself() -> None:
    job = step(lambda leased: queue.finish(leased, summary={"rows": 1}))
    assert (job.state, job.summary) == (State.DONE, {"rows": 1})


def test_a_handler_that_raises_is_tried_again_and_only_the_kind_of_error_is_kept() -> None:
    job = step(raising(ValueError("Ann Example, 1980-02-29")))
    assert (job.state, job.error, job.attempts) == (State.QUEUED, "ValueError", 1)


def test_a_job_that_cannot_be_done_fails_with_its_code() -> None:
    job = step(raising(CannotDo("not_an_834")))
    assert (job.state, job.error) == (State.FAILED, "not_an_834")


def test_a_worker_that_stops_hands_its_job_back() -> None:
    job = step(raising(Stopping()))
    assert (job.state, job.attempts, job.error) == (State.QUEUED, 0, "")


def test_a_job_taken_over_is_left_to_its_new_holder() -> None:
    assert step(raising(LeaseLost())).state == State.RUNNING


def test_an_unknown_kind_fails_like_any_error(settings: Any) -> None:
    public_id = making.enqueue()
    settings.JOB_HANDLERS = {}
    assert Lane(worker=making.worker(making.Clock()), kinds=[making.KIND], stop=threading.Event()).step()
    assert making.stored(public_id).error == "UnknownKind"


def test_the_log_names_the_kind_of_error_and_not_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    with patch.object(lane, "log") as log:
        step(raising(ValueError("Ann Example")))
    told = log.bind.return_value.error.call_args
    assert told.kwargs["error"] == "ValueError"
    assert "Ann Example" not in str(told)


def test_a_lane_waits_for_a_database_that_is_away_and_goes_on() -> None:
    stop = threading.Event()
    waits: list[float] = []
    answers: list[Any] = [
        OperationalError(),
        InterfaceError(),
        OperationalError(),
        None,
        OperationalError(),
        None,
    ]

    def lease(**_: Any) -> None:
        answer = answers.pop(0)
        if not answers:
            stop.set()
        if answer is not None:
            raise answer

    waiting = patch.object(stop, "wait", waits.append)
    with patch.object(queue, "lease", lease), waiting, patch("portico.edges.cli.lane.connection.close"):
        Lane(worker=making.worker(making.Clock()), kinds=[making.KIND], stop=stop).run()
    assert waits == [0.5, 1.0, 2.0, lane.POLL_SECONDS, 0.5, lane.POLL_SECONDS]


def test_a_broken_lane_stops_the_whole_worker() -> None:
    stop = threading.Event()
    each = Lane(worker=making.worker(making.Clock()), kinds=[making.KIND], stop=stop)
    breaking = patch.object(queue, "lease", side_effect=TypeError)
    with breaking, patch("portico.edges.cli.lane.connection.close"):
        each.run()
    assert stop.is_set()
    assert each.is_broken


@pytest.mark.parametrize(("misses", "seconds"), [(1, 0.5), (2, 1.0), (6, 16.0), (7, 30.0), (1_000, 30.0)])
def test_the_wait_for_a_database_doubles_up_to_half_a_minute(misses: int, seconds: float) -> None:
    assert lane.wait_after(misses) == seconds


def test_a_lease_is_renewed_while_the_handler_works() -> None:
    clock = making.Clock()
    making.enqueue()
    each = Lane(worker=making.worker(clock), kinds=[making.KIND], stop=threading.Event())

    def work(leased: Leased) -> None:
        clock.move(seconds=50)
        each.renew()
        clock.move(seconds=50)
        assert making.lease(clock, "second") is None

    with patch.object(leases, "handler_for", return_value=Doing(work)):
        assert each.step()
    each.renew()
