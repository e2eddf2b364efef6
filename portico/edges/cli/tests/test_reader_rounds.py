"""The recurring job that tells readers of the library."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.library.tests import shelving
from portico.domains.permits.actors import system_actor
from portico.domains.plan import days
from portico.edges.cli.reader_rounds import TellReaders
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY

pytestmark = pytest.mark.django_db


class Worker:
    """A worker that goes on."""

    def is_stopping(self) -> bool:
        """Never."""
        return False


class Leased:
    """The job as it is run at an instant."""

    worker = Worker()

    def __init__(self, at: datetime) -> None:
        """Remember the instant."""
        self.at = at

    def actor(self, name: str) -> Any:
        """The clock then."""
        return system_actor(name, asked_at=self.at, today=days.of(self.at))


def run(at: datetime) -> None:
    """The job, at an instant."""
    TellReaders().run(Leased(at))  # type: ignore[arg-type]


def uses() -> int:
    """How many rows of the audit there are."""
    return int(apps.get_model("audit", "Entry").objects.count())


def test_where_nobody_waits_nothing_is_written() -> None:
    worlds.build()
    shelving.document()
    before = uses()
    run(NOW)
    assert uses() == before


def test_offices_and_followers_are_told() -> None:
    world = worlds.build()
    subscriptions = apps.get_model("library", "Subscription").objects
    subscriptions.create(
        user_id=world["front_desk"].user_id, cadence="daily", made_at=NOW - timedelta(days=40)
    )
    shelving.document("rule", must_read_by=TODAY)
    run(datetime(2026, 3, 12, 13, 0, tzinfo=UTC))
    notices = apps.get_model("notifications", "Notice").objects.filter(kind="required_reading")
    assert notices.count() == len(world.offices)
    mails = apps.get_model("notifications", "Message").objects.filter(template="library_news")
    assert [mail.context for mail in mails] == [{"count": 1, "kind": "daily"}]
