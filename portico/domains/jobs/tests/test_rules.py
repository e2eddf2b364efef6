"""When a job is tried again."""

from datetime import timedelta

import pytest

from portico.domains.jobs import rules


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 5), (1, 5), (2, 10), (3, 20), (7, 320), (8, 600), (9, 600), (10_000, 600)]
)
def test_the_wait_doubles_up_to_ten_minutes(attempts: int, seconds: int) -> None:
    assert rules.wait_after(attempts) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("attempts", "again"), [(0, True), (4, True), (5, False), (6, False)])
def test_five_tries_without_progress_are_enough(attempts: int, again: bool) -> None:
    assert rules.may_try_again(attempts) is again


def test_counting_tries_ends_somewhere() -> None:
    assert (rules.counted(0), rules.counted(1000)) == (1, 1000)


def test_an_ended_job_neither_waits_nor_runs() -> None:
    assert frozenset(rules.State) - {rules.State.QUEUED, rules.State.RUNNING} == rules.ENDED
