"""Whether somebody works is seen by the recurring jobs."""

from datetime import timedelta

import pytest

from portico.domains.jobs import models, pulse
from portico.domains.jobs.rules import State
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def recurring(*, due: timedelta, lease: timedelta | None = None, every: int | None = 5) -> None:
    models.Job.objects.create(
        kind="send_mail",
        state=State.QUEUED if lease is None else State.RUNNING,
        run_after=NOW + due,
        lease_until=None if lease is None else NOW + lease,
        every_seconds=every,
        created_at=NOW,
        created_kind="system",
    )


def test_without_a_worker_nothing_beats() -> None:
    assert not pulse.is_beating(kind="send_mail", now=NOW)


@pytest.mark.parametrize(
    ("due", "lease", "beats"),
    [
        (MINUTE, None, True),
        (-9 * MINUTE, None, True),
        (-pulse.PATIENCE, None, True),
        (-11 * MINUTE, None, False),
        (-60 * MINUTE, MINUTE, True),
        (-60 * MINUTE, -MINUTE, False),
    ],
    ids=["ahead", "nine_minutes_late", "ten_minutes_late", "eleven_minutes_late", "being_done", "left_alone"],
)
def test_a_job_that_is_overdue_for_long_is_no_pulse(
    due: timedelta, lease: timedelta | None, beats: bool
) -> None:
    recurring(due=due, lease=lease)
    assert pulse.is_beating(kind="send_mail", now=NOW) is beats
    assert not pulse.is_beating(kind="seal_audit", now=NOW)


def test_a_job_that_was_asked_for_once_is_no_pulse() -> None:
    recurring(due=MINUTE, every=None)
    assert not pulse.is_beating(kind="send_mail", now=NOW)
