"""Accepted changes are published on their day; the provider file confirms or contradicts them."""

from datetime import timedelta

import pytest
from django.apps import apps

from portico.domains.directory import entries, models, publishing
from portico.domains.directory.tests import keeping
from portico.domains.directory.tests.keeping import (
    NEW_NUMBER,
    OTHER_NUMBER,
    accepted,
    change,
    clock,
    entry,
    feed,
    keeper,
    last_use,
    send,
)
from portico.domains.permits.permit import NotPermitted
from tests.support import directory as building
from tests.support.actors import TODAY

pytestmark = pytest.mark.django_db
State = models.Change.State


def read(listing: models.Listing) -> str:
    """The number everybody reads."""
    listing.refresh_from_db()
    return listing.telephone


def keep(*, days: float = 0) -> None:
    """The clock runs out all there is to settle."""
    while publishing.is_due(actor=clock(days=days)):
        publishing.keep(actor=clock(days=days))


def test_a_change_for_later_is_published_on_its_day_and_not_before() -> None:
    mine = entry()
    row = accepted(mine, on=TODAY + timedelta(days=3))
    assert not publishing.is_due(actor=clock(days=2))
    assert publishing.is_due(actor=clock(days=3))
    keep(days=3)
    assert last_use() == ("allowed", "directory_changes_settled")
    assert change(row.reference).published_at == clock(days=3).asked_at
    assert read(mine) == OTHER_NUMBER


def test_where_all_agrees_nothing_is_settled() -> None:
    accepted(entry())
    assert not publishing.is_due(actor=clock())
    assert publishing.keep(actor=clock()) is False
    assert last_use() == ("allowed", "nothing_to_settle")


def test_nobody_but_the_system_settles() -> None:
    with pytest.raises(NotPermitted):
        publishing.keep(actor=keeper())


def test_a_load_that_says_what_it_said_before_erases_nothing() -> None:
    mine = entry()
    row = accepted(mine)
    feed()
    keep()
    assert (read(mine), change(row.reference).state) == (OTHER_NUMBER, State.ACCEPTED)


def test_the_file_that_says_the_same_confirms_a_change() -> None:
    mine = entry()
    row = accepted(mine)
    feed(telephone="(530) 555-0177")
    keep(days=1)
    settled = change(row.reference)
    assert (settled.state, settled.settled_at) == (State.CONFIRMED, clock(days=1).asked_at)
    assert mine.changes.count() == 1
    feed(telephone=NEW_NUMBER)
    keep(days=2)
    assert (read(mine), change(row.reference).state) == (NEW_NUMBER, State.CONFIRMED)


def test_the_file_that_says_something_else_contradicts_a_change_and_the_office_is_told() -> None:
    mine = entry()
    row = accepted(mine)
    feed(telephone=NEW_NUMBER)
    keep()
    settled = change(row.reference)
    assert (settled.state, settled.after) == (State.CONTRADICTED, OTHER_NUMBER)
    assert read(mine) == NEW_NUMBER
    assert keeping.notices()[-1] == (11, "directory_change_contradicted")
    assert publishing.contradicted() == {row.reference: 31}


def test_a_file_that_is_ahead_with_what_is_accepted_for_later_contradicts_nothing() -> None:
    mine = entry()
    first = accepted(mine)
    later = accepted(mine, after=NEW_NUMBER, actor=keeper(days=1), on=TODAY + timedelta(days=10))
    feed(telephone=NEW_NUMBER)
    keep(days=5)
    assert [change(row.reference).state for row in (first, later)] == [State.CONFIRMED, State.ACCEPTED]
    assert read(mine) == NEW_NUMBER
    keep(days=10)
    assert change(later.reference).state == State.CONFIRMED
    assert change(later.reference).published_at == clock(days=10).asked_at
    assert publishing.contradicted() == {}


def test_the_file_may_catch_up_with_one_change_after_the_other() -> None:
    mine = entry()
    first = accepted(mine)
    second = accepted(mine, after=NEW_NUMBER, actor=keeper(days=1))
    assert read(mine) == NEW_NUMBER
    feed(telephone=OTHER_NUMBER)
    keep()
    assert [change(row.reference).state for row in (first, second)] == [State.CONFIRMED, State.ACCEPTED]
    assert read(mine) == NEW_NUMBER
    feed(telephone=OTHER_NUMBER)
    keep()
    assert change(second.reference).state == State.ACCEPTED
    feed(telephone=NEW_NUMBER)
    keep()
    assert change(second.reference).state == State.CONFIRMED


def test_a_change_for_later_begins_at_what_the_file_says_on_its_day() -> None:
    mine = entry()
    row = accepted(mine, on=TODAY + timedelta(days=3))
    feed(telephone=NEW_NUMBER)
    keep(days=3)
    assert (change(row.reference).state, read(mine)) == (State.ACCEPTED, OTHER_NUMBER)


def test_an_end_is_confirmed_where_the_file_has_the_entry_no_more() -> None:
    mine = entry()
    last = accepted(mine, "last_on", (TODAY + timedelta(days=5)).isoformat())
    other = accepted(mine, "telehealth", True)
    mine.refresh_from_db()
    assert mine.last_on == TODAY + timedelta(days=5)
    apps.get_model("offices", "Affiliation").objects.all().delete()
    building.refresh()
    keep()
    assert change(last.reference).state == State.CONFIRMED
    assert change(other.reference).state == State.CONTRADICTED


def test_what_waits_at_the_desk_is_neither_confirmed_nor_contradicted() -> None:
    mine = entry()
    reference = send(mine)
    feed(telephone=NEW_NUMBER)
    assert not publishing.is_due(actor=clock())
    assert change(reference).state == State.SENT
    assert entries.one(actor=keeper(), number=mine.pk).says["telephone"] == NEW_NUMBER
