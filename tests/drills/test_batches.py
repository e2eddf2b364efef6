"""A batch whose worker is killed in the middle is whole in the end: no row lost, none asked twice."""

import signal
from dataclasses import replace
from uuid import UUID

import pytest

from portico.domains.members import batch_reading, batches
from portico.domains.members.asked import ByFacts, Facts, Inquiry
from portico.domains.members.batches import NewRow, Stage
from portico.domains.members.models import BatchRow
from portico.edges.web import asking
from tests.drills.processes import portico, wait_until
from tests.support import cast, patients, world

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
ROWS = 1_500
WORKER = ("worker", "--lease-seconds", "2")
SETTINGS = "portico.config.settings"


def settled(batch: UUID) -> int:
    """How many rows are done with."""
    return BatchRow.objects.filter(batch=batch).exclude(outcome="waiting").count()


def test_a_batch_killed_again_and_again_is_whole() -> None:
    made = world.build()
    at = asking.now()
    today = asking.today(at)
    actor = replace(world.actor(made["front_desk"]), asked_at=at, today=today)
    rows = [
        NewRow(
            number,
            f"row {number}",
            Inquiry("", today, ByFacts(Facts(member_id=member_id, last_name="Quillfeather"))),
        )
        for number, member_id in enumerate([patients.ZEPHYRINE, *(f"NLQX{n:06}" for n in range(1, ROWS))], 1)
    ]
    batch = batches.create(actor=actor, source="csv", rows=rows, tax_id=cast.OWN)
    batches.start(actor=actor, batch=batch)
    before = world.last_use()
    for at_least in (1, 400, 900):
        with portico(*WORKER, settings=SETTINGS) as worker:
            wait_until(lambda least=at_least: settled(batch) >= least, f"{at_least} rows are done")  # type: ignore[misc]
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        assert batch_reading.progress(actor=actor, batch=batch).stage is Stage.RUNNING
    with portico(*WORKER, settings=SETTINGS):
        wait_until(
            lambda: batch_reading.progress(actor=actor, batch=batch).stage is Stage.DONE, "all is asked"
        )
    asked = [use.reference for use in world.uses(pk__gt=before, function="eligibility", outcome="allowed")]
    kept = list(BatchRow.objects.filter(batch=batch).order_by("position").values_list("reference", flat=True))
    assert len(kept) == ROWS
    assert kept == asked
