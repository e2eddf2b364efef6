"""A load killed in the middle goes on where it stopped: nothing lost, nothing doubled."""

import os
import signal
from collections import Counter
from pathlib import Path

import pytest

from portico.domains.jobs.models import Before, Job
from portico.domains.jobs.rules import State
from portico.domains.members.models import Coverage, Member
from portico.edges.loaders.intake import Kind
from portico.edges.loaders.tests import building
from tests.drills.processes import portico, wait_until
from tests.loads import loading

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
SETTINGS = "portico.config.settings"
MEMBERS, BAD = 20_000, 100
LOAD = ("load", "834")


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A plan, and an 834 of many members in which every so often one has no day of birth that exists."""
    loading.plan()
    loading.load(tmp_path, building.CATALOGUE.encode(), Kind.BENEFITS)
    people = (
        building.person(
            number=f"NLH{number}",
            own_id=f"NLH{number}01",
            name="OKAFOR*ADAEZE",
            born="19850314" if number % (MEMBERS // BAD) else "20261399",
        )
        for number in range(MEMBERS)
    )
    path = tmp_path / "feed.834"
    path.write_bytes(building.file_834(*people))
    return path


def job() -> Job:
    return Job.objects.get(kind=Kind.ENROLMENT)


def is_under_way() -> bool:
    return Job.objects.filter(kind=Kind.ENROLMENT, progress_done__gt=0).exists()


def test_a_load_killed_again_and_again_is_whole(feed: Path) -> None:
    for _ in range(2):
        with portico(*LOAD, str(feed), settings=SETTINGS) as process:
            done = job().progress_done if Job.objects.filter(kind=Kind.ENROLMENT).exists() else 0
            wait_until(lambda: is_under_way() and job().progress_done > done, "a chunk was loaded")  # noqa: B023
            os.kill(process.pid, signal.SIGKILL)
        assert 0 < Member.objects.count() < MEMBERS - BAD
    with portico(*LOAD, str(feed), settings=SETTINGS) as process:
        assert process.wait(timeout=120) == 1
    _assert_whole()


def test_a_load_stopped_by_the_keyboard_goes_on_with_the_same_command(feed: Path) -> None:
    with portico(*LOAD, str(feed), settings=SETTINGS) as process:
        wait_until(is_under_way, "a chunk was loaded")
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(timeout=60) == 1
    assert job().state == State.QUEUED
    with portico(*LOAD, str(feed), settings=SETTINGS) as process:
        assert process.wait(timeout=120) == 1
    _assert_whole()


def _assert_whole() -> None:
    assert job().state == State.DONE
    assert job().summary == {"rows": MEMBERS, "accepted": MEMBERS - BAD, "quarantined": BAD}
    assert Member.objects.count() == Coverage.objects.count() == MEMBERS - BAD
    assert job().results.count() == BAD
    noted = Counter(Before.objects.filter(job=job()).values_list("model", flat=True))
    assert noted == {"members.member": MEMBERS - BAD, "members.coverage": MEMBERS - BAD}
