"""When the plan works: set by the operator, by default Monday to Friday from 8 to 5."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from portico.domains.permits.permit import NotPermitted
from portico.domains.plan import models, opening
from portico.domains.plan.business_time import Open
from portico.domains.plan.opening_rules import DEFAULT_WEEKLY, FEWEST_OPEN, MOST_HOLIDAYS
from portico.domains.plan.rules import CannotConfigure
from tests.support import actors

pytestmark = pytest.mark.django_db
LONG = {0: Open(time(7), time(19)), 2: Open(time(8, 30), time(12))}
CHRISTMAS = {date(2026, 12, 25): "Christmas Day"}


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("-pk").first()


def test_a_plan_that_has_said_nothing_works_monday_to_friday_from_8_to_5() -> None:
    hours = opening.hours()
    assert hours.weekly == DEFAULT_WEEKLY == dict.fromkeys(range(5), Open(time(8), time(17)))
    assert hours.holidays == frozenset()
    assert str(hours.zone) == "America/Los_Angeles"


def test_what_was_set_holds_at_once_and_is_audited() -> None:
    opening.hours()
    opening.set_hours(actor=actors.system(), weekly=LONG, holidays=CHRISTMAS)
    assert opening.hours().weekly == opening.written_hours() == LONG
    assert opening.hours().holidays == {date(2026, 12, 25)}
    assert opening.written_holidays() == CHRISTMAS
    use = last_use()
    assert (use.function, use.outcome, use.conclusion) == ("configuration", "allowed", "opening_set")


def test_one_half_is_set_and_the_other_stays() -> None:
    opening.set_hours(actor=actors.system(), weekly=LONG, holidays=CHRISTMAS)
    opening.set_hours(actor=actors.system(), weekly={1: Open(time(9), time(10))})
    assert opening.written_holidays() == CHRISTMAS
    opening.set_hours(actor=actors.system(), holidays={})
    assert opening.written_hours() == {1: Open(time(9), time(10))}
    assert opening.written_holidays() == {}


def test_no_hours_at_all_bring_the_default_back() -> None:
    opening.set_hours(actor=actors.system(), weekly=LONG)
    opening.set_hours(actor=actors.system(), weekly={})
    assert opening.hours().weekly == DEFAULT_WEEKLY


def test_nobody_but_the_operator_sets_it() -> None:
    for actor in (actors.visitor(), actors.plan_staff(), actors.front_desk()):
        with pytest.raises(NotPermitted):
            opening.set_hours(actor=actor, weekly=LONG)
        assert last_use().outcome == "denied"
    assert opening.written_hours() == {}


EVERY_DAY = {date(2026, 1, 1) + timedelta(days=day): "Closed" for day in range(365)}
MANY = {date(2026, 1, 3) + timedelta(weeks=week): "Saturday" for week in range(MOST_HOLIDAYS + 1)}


@pytest.mark.parametrize(
    ("weekly", "holidays", "says"),
    [
        pytest.param({0: Open(time(9), time(9))}, {}, "monday: the plan closes before", id="no_time"),
        pytest.param({4: Open(time(9), time(8))}, {}, "friday: the plan closes before", id="backwards"),
        pytest.param({7: Open(time(8), time(9))}, {}, "seven days", id="an_eighth_day"),
        pytest.param({0: Open(time(8, 0, 1), time(9))}, {}, "whole minutes", id="seconds"),
        pytest.param(None, {date(2026, 1, 1): " "}, "2026-01-01: a name", id="no_name"),
        pytest.param(None, {date(2026, 1, 1): "x" * 81}, "a name has 1 to 80", id="a_long_name"),
        pytest.param(None, EVERY_DAY, f"fewer than {FEWEST_OPEN} working days in 2026", id="closed"),
        pytest.param(None, MANY, f"{MOST_HOLIDAYS} at most", id="too_many"),
    ],
)
def test_hours_by_which_nothing_could_be_due_are_refused(weekly: Any, holidays: Any, says: str) -> None:
    with pytest.raises(CannotConfigure, match=says):
        opening.set_hours(actor=actors.system(), weekly=weekly, holidays=holidays)
    assert opening.written_hours() == {}
    assert opening.written_holidays() == {}
    assert last_use().outcome == "crashed"


def test_new_hours_are_checked_beside_the_holidays_there_are() -> None:
    mondays = {date(2026, 1, 5) + timedelta(weeks=week): "Monday" for week in range(45)}
    opening.set_hours(actor=actors.system(), holidays=mondays)
    with pytest.raises(CannotConfigure, match="working days in 2026"):
        opening.set_hours(actor=actors.system(), weekly={0: Open(time(8), time(17))})


def test_the_database_refuses_a_day_that_closes_before_it_opens() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        models.OpeningHours.objects.create(weekday=0, opens=time(9), closes=time(8))
    with pytest.raises(DatabaseError), transaction.atomic():
        models.OpeningHours.objects.create(weekday=7, opens=time(8), closes=time(9))
