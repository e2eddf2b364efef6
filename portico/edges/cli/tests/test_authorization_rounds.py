"""The recurring job that watches over clocks."""

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from portico.domains.jobs.leases import Leased, Worker
from portico.edges.cli.authorization_rounds import WatchClocks
from portico.edges.cli.main import main
from tests.support import authorizations, world
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db


def test_late_requests_are_told_of_by_the_worker(settings: Any) -> None:
    world.build()
    authorizations.in_review()
    settings.JOB_HANDLERS = {"watch_clocks": settings.JOB_HANDLERS["watch_clocks"]}
    settings.JOB_SCHEDULE = {"watch_clocks": settings.JOB_SCHEDULE["watch_clocks"]}
    assert main(["worker", "--once"]) == 0
    assert apps.get_model("authorizations", "Event").objects.filter(kind="breached").count() == 1
    use = apps.get_model("audit", "Entry").objects.order_by("-pk")[0]
    assert (use.function, use.actor_name, use.conclusion) == ("housekeeping", "clock-watch", "clocks_watched")


def test_where_no_request_is_due_nothing_is_written() -> None:
    world.build()
    authorizations.in_review()
    before = apps.get_model("audit", "Entry").objects.count()
    at = NOW + timedelta(hours=1)
    worker = Worker(name="w", now=lambda: at, zone=ZoneInfo("America/Los_Angeles"))
    WatchClocks().run(Leased(1, UUID(int=1), "any", {}, {}, 1, 1, worker=worker))
    assert apps.get_model("audit", "Entry").objects.count() == before
