"""100,000 paid claims: flat memory, progress, killed in the middle of a long payment, whole in the end."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Count, Sum

from portico.domains.claims.facts.paid import PaymentWithClaims
from portico.domains.claims.models import ClaimPayment, Payment
from portico.domains.jobs.models import Job
from portico.domains.jobs.rules import State
from portico.edges.loaders.intake import Kind
from portico.transactions.remittances import writer
from portico.transactions.remittances.tests import sent
from tests.drills.processes import portico, wait_until
from tests.loads import loading

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
SETTINGS = "portico.config.settings"
CLAIMS = 100_000
IN_ONE, IN_EACH = CLAIMS * 6 // 10, 20
FEW = (CLAIMS - IN_ONE) // IN_EACH
MOST_MEMORY = 400 * 1024  # KiB of a whole process, the framework's own 150 MiB among them
LOAD = ("load", "835")
PAID = Decimal("175.00")


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """Payments of a few claims each and one of very many; of the payments, one is out by a cent."""
    loading.plan()
    path = tmp_path / "feed.835"
    with path.open("wb") as target:
        writer.write(target, _payments(), plan=sent.PLAN, at=sent.AT, control_number=7)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"*C*FWT*", b".01*C*FWT*"))
    return path


def _payments() -> Iterator[PaymentWithClaims]:
    claim = sent.an_ordinary_claim()
    for number in range(FEW):
        claims = (replace(claim, claim_number=f"S{number}N{place}") for place in range(IN_EACH))
        method = "FWT" if number == FEW // 2 else "ACH"
        yield sent.payment(*claims, trace_number=f"E{number}", method=method)
        if number == FEW // 40:
            many = (replace(claim, claim_number=f"L{place}") for place in range(IN_ONE))
            yield sent.payment(*many, trace_number="LONG")


def _job() -> Job:
    return Job.objects.get(kind=Kind.REMITTANCES)


def _progress() -> int:
    found = Job.objects.filter(kind=Kind.REMITTANCES).values_list("progress_done", flat=True)
    return found.first() or 0


def _is_inside_the_long_one() -> bool:
    return Payment.every.filter(trace_number="LONG", is_whole=False).exists()


def _memory(process: int) -> int:
    """The most that a process held so far, in KiB; 0 of one that has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except FileNotFoundError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def test_a_load_of_many_paid_claims_killed_twice_is_whole(feed: Path) -> None:
    for reached in (lambda: _progress() > 0, _is_inside_the_long_one):
        with portico(*LOAD, str(feed), settings=SETTINGS) as process:
            wait_until(reached, "a chunk was loaded")
            os.kill(process.pid, signal.SIGKILL)
        assert 0 < ClaimPayment.objects.count() < CLAIMS - IN_EACH
        assert not Payment.objects.filter(trace_number="LONG").exists()
    most, done = 0, _progress()
    with portico(*LOAD, str(feed), settings=SETTINGS) as process:
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            wait_until(lambda: process.poll() is not None or _progress() > done, "it goes on")  # noqa: B023
            done = _progress()
        assert process.returncode == 1
    assert most < MOST_MEMORY
    _assert_whole()


def _assert_whole() -> None:
    assert _job().state == State.DONE
    assert _job().progress_done == _job().progress_total
    assert _job().summary == {"rows": FEW + 1, "accepted": FEW, "quarantined": 1}
    [note] = _job().results.all()
    assert note.reason == "payment_out_of_balance"
    told = Payment.objects.aggregate(count=Sum("claim_count"), amount=Sum("amount"))
    loaded = CLAIMS - IN_EACH
    assert told == {"count": loaded, "amount": loaded * PAID}
    held = ClaimPayment.objects.aggregate(
        count=Count("pk"), numbers=Count("claim_number", distinct=True), paid=Sum("paid")
    )
    assert held == {"count": loaded, "numbers": loaded, "paid": loaded * PAID}
    positions = ClaimPayment.objects.filter(payment__trace_number="LONG").values_list("position", flat=True)
    assert sorted(positions) == list(range(IN_ONE))
