"""How fresh the feeds are: never turned back, never in the future."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection

from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import freshness, models
from portico.domains.plan.freshness import Feed
from tests.support import actors as people

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MORNING = people.NOW - 6 * HOUR


def note(as_of: datetime, feed: Feed = Feed.ENROLMENT, *, at: datetime = people.NOW) -> None:
    with permit(replace(people.system(), asked_at=at), Function.LOADING) as given:
        freshness.note(given, feed=feed, as_of=as_of)


def test_a_feed_never_loaded_is_absent() -> None:
    note(MORNING)
    assert freshness.of() == {"enrolment": MORNING}


def test_a_later_file_is_fresher() -> None:
    note(MORNING)
    note(MORNING + HOUR)
    assert freshness.of()["enrolment"] == MORNING + HOUR


def test_an_older_file_does_not_turn_it_back_but_was_loaded() -> None:
    note(MORNING)
    note(MORNING - HOUR, at=people.NOW + HOUR)
    row = models.Freshness.objects.get()
    assert (row.as_of, row.loaded_at) == (MORNING, people.NOW + HOUR)


def test_feeds_are_fresh_each_by_itself() -> None:
    note(MORNING)
    note(MORNING - HOUR, Feed.PROVIDERS)
    assert freshness.of() == {"enrolment": MORNING, "providers": MORNING - HOUR}


def test_a_file_from_the_future_is_true_as_of_now() -> None:
    note(people.NOW + timedelta(days=4000))
    assert freshness.of()["enrolment"] == people.NOW


@pytest.mark.django_db(transaction=True)
def test_of_files_loaded_at_once_the_freshest_stays() -> None:
    def load(hours: int) -> None:
        try:
            note(MORNING + hours * HOUR)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(load, (0, 3, 1, 2)))
    assert freshness.of()["enrolment"] == MORNING + 3 * HOUR
