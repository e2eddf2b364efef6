"""The job of the library's clock: it notes what has appeared, and writes nothing where nothing has."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from pytest_django import Settings

from portico.domains.jobs import leases, queue
from portico.domains.jobs.leases import Worker
from portico.domains.library.rules import State
from portico.domains.library.tests import writing
from portico.domains.plan import days
from tests.support.actors import NOW, system

KIND = "appear_documents"


@pytest.mark.django_db(transaction=True)
def test_what_was_approved_for_later_is_noted_once(settings: Settings) -> None:
    settings.JOB_HANDLERS = {KIND: settings.JOB_HANDLERS[KIND]}
    settings.JOB_SCHEDULE = {KIND: 15}
    writing.plan()
    writing.published(at=NOW + timedelta(days=1))
    queue.keep_schedule(actor=replace(system(), asked_at=NOW))
    uses = apps.get_model("audit", "Entry").objects.filter(function="housekeeping")

    for at, state, audited in (
        (NOW, State.SCHEDULED, 0),
        (NOW + timedelta(days=1), State.PUBLISHED, 1),
        (NOW + timedelta(days=2), State.PUBLISHED, 1),
    ):
        worker = Worker(name="test", now=lambda at=at: at, zone=days.zone())  # type: ignore[misc]
        leased = queue.lease(worker=worker, kinds=[KIND])
        assert leased is not None
        leases.handler_for(KIND).run(leased)
        queue.finish(leased)
        assert writing.version().state == state
        assert uses.filter(conclusion="versions_appeared").count() == audited
