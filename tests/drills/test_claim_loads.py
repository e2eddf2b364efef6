"""A file of 100,000 claims: flat memory, progress, killed in the middle, and whole in the end."""

import os
import signal
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from portico.domains.claims.facts.submitted import SentClaim
from portico.domains.claims.models import Claim, ClaimEvent, ClaimLine
from portico.domains.jobs.models import Job
from portico.domains.jobs.rules import State
from portico.edges.loaders.intake import Kind
from portico.edges.loaders.tests import building
from portico.transactions.claims import writer
from portico.transactions.claims.tests import claims as made
from tests.drills.processes import portico, wait_until
from tests.loads import claims, loading

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
SETTINGS = "portico.config.settings"
CLAIMS, BAD_EVERY = 100_000, 1_000
MOST_MEMORY = 400 * 1024  # KiB of a whole process, the framework's own 150 MiB among them
LOAD = ("load", "837")


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A plan that knows the member and the office, and an 837 in which every so often a claim is poison."""
    loading.plan()
    loading.load(tmp_path, building.CATALOGUE.encode(), Kind.BENEFITS)
    claims.known(tmp_path)
    path = tmp_path / "feed.837"
    with path.open("wb") as target:
        form = made.VISIT.form
        writer.write(target, _claims(), form=form, ends=made.ENDS, at=claims.AT, control_number=7)
    return path


def _claims() -> Iterator[SentClaim]:
    for number in range(CLAIMS):
        yield claims.a_visit(f"C{number}", Decimal(1) if number % BAD_EVERY == 0 else None)


def job() -> Job:
    return Job.objects.get(kind=Kind.CLAIMS_837)


def _progress() -> int:
    return Job.objects.filter(kind=Kind.CLAIMS_837).values_list("progress_done", flat=True).first() or 0


def _memory(process: int) -> int:
    """The most that a process held so far, in KiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def test_a_load_of_many_claims_killed_twice_is_whole(feed: Path) -> None:
    for _ in range(2):
        with portico(*LOAD, str(feed), settings=SETTINGS) as process:
            done = _progress()
            wait_until(lambda: _progress() > done, "a chunk was loaded")  # noqa: B023
            os.kill(process.pid, signal.SIGKILL)
        assert 0 < Claim.objects.count() < CLAIMS
    with portico(*LOAD, str(feed), settings=SETTINGS) as process:
        most = 0
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            wait_until(lambda: process.poll() is not None or _progress() > done, "it goes on")  # noqa: B023
            done = _progress()
        assert process.returncode == 1
    assert most < MOST_MEMORY
    _assert_whole()


def _assert_whole() -> None:
    bad = CLAIMS // BAD_EVERY
    assert job().state == State.DONE
    assert job().progress_done == job().progress_total
    assert job().summary == {"rows": CLAIMS, "accepted": CLAIMS - bad, "quarantined": bad}
    assert Claim.objects.count() == ClaimEvent.objects.count() == CLAIMS - bad
    assert ClaimLine.objects.count() == 2 * (CLAIMS - bad)
