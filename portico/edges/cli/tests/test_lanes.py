"""Which jobs run beside which: nothing that people wait for stands behind a load."""

import threading
from datetime import timedelta

from django.conf import settings

from portico.edges.cli import worker_command


def lanes() -> list[set[str]]:
    """The kinds of jobs of each lane."""
    made = worker_command._lanes(threading.Event(), timedelta(seconds=60))
    return [set(each._kinds) for each in made]


def test_every_kind_of_job_has_exactly_one_lane() -> None:
    kinds = [kind for lane in lanes() for kind in lane]
    assert sorted(kinds) == sorted(settings.JOB_HANDLERS)


def test_mails_that_people_wait_for_go_beside_the_sending_and_behind_no_load() -> None:
    [lane] = [lane for lane in lanes() if "mail_reset" in lane]
    assert {"mail_reset", "mail_usernames", "send_mail"} <= lane
    assert not [kind for kind in lane if kind.startswith("load_") or kind in settings.BATCH_JOBS]
