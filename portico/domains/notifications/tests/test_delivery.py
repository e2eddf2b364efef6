"""Mails are late where nobody sends them, or where the mail server takes none of them."""

from datetime import timedelta

import pytest
from django.conf import settings

from portico.domains.jobs.tests.test_pulse import recurring
from portico.domains.notifications import delivery, models
from portico.domains.notifications.rules import MessageState
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def mails(count: int, *, attempts: int, state: str = MessageState.QUEUED) -> None:
    for _ in range(count):
        models.Message.objects.create(to="x@example.org", template="x", attempts=attempts, state=state)


def test_the_job_that_sends_is_one_that_recurs() -> None:
    assert delivery.SENDER in settings.JOB_SCHEDULE


def test_where_nobody_sends_mails_are_late() -> None:
    assert delivery.is_late(now=NOW)
    recurring(due=-20 * MINUTE)
    assert delivery.is_late(now=NOW)


def test_mails_that_wait_for_their_first_try_are_not_late() -> None:
    recurring(due=MINUTE)
    assert not delivery.is_late(now=NOW)
    mails(20, attempts=1)
    assert not delivery.is_late(now=NOW)


def test_a_few_that_nobody_takes_are_no_fault_and_many_are() -> None:
    recurring(due=MINUTE)
    mails(delivery.MOST_STUCK, attempts=delivery.PATIENCE)
    mails(5, attempts=12, state=MessageState.FAILED)
    assert not delivery.is_late(now=NOW)
    mails(1, attempts=delivery.PATIENCE)
    assert delivery.is_late(now=NOW)
