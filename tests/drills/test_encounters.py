"""A file of 10,000 encounters, killed again and again while it is read: each record once, accepted or not."""

import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from django.apps import apps

from portico.domains.claims.facts.submitted import SentClaim
from portico.domains.encounters import models, reports, submissions
from portico.domains.permits.actors import Actor
from tests.drills.processes import portico, wait_until
from tests.support import encounters
from tests.support import world as worlds

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
SETTINGS = "portico.config.settings"
WORKER = ("worker", "--lease-seconds", "2")
RECORDS, WRONG_EVERY, DAYS = 10_000, 20, 28
KILLED_AT = (1_000, 4_000, 7_000)


def claims() -> Iterator[SentClaim]:
    """Visits of one patient, no two the same; every so often one is wrong, in one of three ways."""
    for number in range(RECORDS):
        code = f"{90_000 + number // DAYS:05d}"
        visit = encounters.a_claim(number % DAYS + 1, patient_control_number=f"DRILL{number}")
        visit = replace(visit, services=(replace(visit.services[0], code=code),))
        yield _spoilt(visit, number) if number % WRONG_EVERY == 0 else visit


def _spoilt(visit: SentClaim, number: int) -> SentClaim:
    ways = (
        lambda: replace(visit, billed=visit.billed + Decimal(1)),
        lambda: replace(visit, subscriber=replace(visit.subscriber, member_id=f"NOBODY{number}")),
        lambda: replace(visit, facility="12", services=(replace(visit.services[0], code="1"),)),
    )
    return ways[number // WRONG_EVERY % len(ways)]()


@pytest.fixture
def desk() -> Actor:
    """Who sends encounters for the office."""
    made = worlds.build()
    apps.get_model("jobs", "Job").objects.all().delete()
    encounters.a_provider()
    return worlds.actor(made["front_desk"])


def stored() -> int:
    """How many records are stored."""
    return models.Encounter.objects.count()


def stage(submission: UUID) -> str:
    """Where the file stands."""
    return models.Submission.objects.values_list("stage", flat=True).get(public_id=submission)


def summed(told: bytes, kind: str) -> int:
    """What the sets of a 277CA say together of one kind: a set of the file each."""
    counts = (each.split("*") for each in encounters.segments(told, "QTY"))
    return sum(int(count) for _, of_kind, count in counts if of_kind == kind)


def test_a_file_killed_again_and_again_is_whole(desk: Actor) -> None:
    submission = encounters.hand_in(desk, encounters.a_file(claims())).id
    for at_least in KILLED_AT:
        with portico(*WORKER, settings=SETTINGS) as worker:
            wait_until(lambda least=at_least: stored() >= least, f"{at_least} records are stored")  # type: ignore[misc]
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        assert stage(submission) == "reading"
    with portico(*WORKER, settings=SETTINGS):
        wait_until(lambda: stage(submission) == "read", "the last worker finished")
    _assert_whole(desk, submission)


def _assert_whole(desk: Actor, submission: UUID) -> None:
    view = submissions.read(actor=desk, submission=submission)
    wrong = RECORDS // WRONG_EVERY
    assert (view.received, view.accepted, view.rejected) == (RECORDS, RECORDS - wrong, wrong)
    positions = models.Encounter.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, RECORDS + 1))
    states = Counter(models.Encounter.objects.values_list("state", flat=True))
    assert states == {"accepted": RECORDS - wrong, "rejected": wrong}
    by_code = dict(reports.control_summary(actor=desk, submission=submission).by_code)
    assert sum(by_code.values()) == wrong
    assert len(by_code) == 3
    told = submissions.answers(actor=desk, submission=submission).of_records
    assert (summed(told, "90"), summed(told, "AA")) == (RECORDS - wrong, wrong)
