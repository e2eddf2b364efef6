"""Saved filters: kept under a name for one persona, with days that may move."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from portico.domains.accounts import users
from portico.domains.claims import filters, finding
from portico.domains.claims.models import SavedFilter
from portico.domains.claims.tests.asking import SUBSCRIBER, asked, biller
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import actors, world
from tests.support.actors import TODAY

pytestmark = pytest.mark.usefixtures("plan")
LAST_MONTH = asked(first_on=TODAY - timedelta(days=30), last_on=TODAY, status="pended")


def test_a_filter_comes_back_as_it_was_saved() -> None:
    filters.save(actor=biller(), name="Pended", asked=LAST_MONTH)
    (row,) = filters.mine(actor=biller())
    assert (row.name, row.asked, row.moves) == ("Pended", LAST_MONTH, False)


def test_it_is_asked_like_any_search() -> None:
    actor = biller()
    filters.save(actor=actor, name="Pended", asked=LAST_MONTH)
    (row,) = filters.mine(actor=actor)
    inquiry = filters.run(actor=actor, number=row.public_id)
    assert finding.asked_in(actor=actor, inquiry=inquiry) == LAST_MONTH


@pytest.mark.parametrize("days", [0, 1, 45])
def test_days_move_with_the_calendar_where_that_is_wanted(days: int) -> None:
    later = filters.moved(LAST_MONTH, saved_on=TODAY, today=TODAY + timedelta(days=days))
    assert later.last_on == TODAY + timedelta(days=days)
    assert later.first_on == TODAY + timedelta(days=days - 30)
    assert filters.moved(asked(), saved_on=date(2020, 1, 1), today=TODAY) == asked()
    ends = asked(first_on=date.min, last_on=date.max)
    assert filters.moved(ends, saved_on=TODAY - timedelta(days=1), today=TODAY).last_on == date.max


def test_the_same_name_replaces_what_it_named() -> None:
    filters.save(actor=biller(), name="Mine", asked=LAST_MONTH)
    filters.save(actor=biller(), name="Mine", asked=asked(), moves=True)
    (row,) = filters.mine(actor=biller())
    assert row.asked == asked()


def test_two_of_a_name_at_once_are_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[object] = []
    monkeypatch.setattr(users, "take_turn", waited.append)
    filters.save(actor=biller(), name="Mine", asked=asked())
    assert len(waited) == 1


def test_nothing_of_a_patient_lies_open_in_the_row() -> None:
    filters.save(actor=biller(), name="Mine", asked=asked())
    assert SUBSCRIBER.encode() not in bytes(SavedFilter.objects.get().asked_sealed)


def test_there_is_a_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "MOST", 1)
    filters.save(actor=biller(), name="One", asked=asked())
    filters.save(actor=biller(), name="One", asked=asked())
    with pytest.raises(filters.TooManyFilters):
        filters.save(actor=biller(), name="Two", asked=asked())


def test_somebody_elses_filter_is_unknown() -> None:
    filters.save(actor=biller(), name="Mine", asked=asked())
    (row,) = filters.mine(actor=biller())
    other = actors.front_desk(actors.grant(Function.CLAIMS_INQUIRY, lines=None), persona_id=22, user_id=12)
    assert filters.mine(actor=other) == ()
    for number in (row.public_id, uuid4()):
        with pytest.raises(filters.FilterNotFound):
            filters.run(actor=other, number=number)
        with pytest.raises(filters.FilterNotFound):
            filters.drop(actor=other, number=number)
    filters.drop(actor=biller(), number=row.public_id)
    assert filters.mine(actor=biller()) == ()


def test_without_the_function_nothing_is_kept() -> None:
    before = world.last_use()
    with pytest.raises(NotPermitted):
        filters.save(actor=biller(Function.ELIGIBILITY), name="Mine", asked=asked())
    assert [use.outcome for use in world.uses(pk__gt=before)] == ["denied"]
    assert not SavedFilter.objects.exists()
