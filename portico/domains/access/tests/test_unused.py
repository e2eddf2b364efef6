"""Offices hear of accounts that were suspended, and one that is left to nobody by it can be recovered."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import models, unused
from portico.domains.access.tests import looking, making
from portico.domains.access.tests.looking import House
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor, system_actor
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings: Any) -> House:
    settings.INACTIVE_DAYS, settings.INACTIVE_NOTICE_DAYS = 90, 14
    return looking.a_house()


def keeper(days: int) -> Actor:
    at = people.NOW + timedelta(days=days)
    return system_actor("account-keeper", asked_at=at, today=at.date())


def notices() -> list[Any]:
    rows = apps.get_model("notifications", "Notice").objects.filter(kind=unused.NOTICE).order_by("office_id")
    return list(rows.values_list("office_id", "kind", "context"))


def test_each_office_hears_once_how_many_accounts_were_suspended(house: House) -> None:
    assert unused.tell(actor=keeper(76)) == house.sue
    assert unused.tell(actor=keeper(76), after=house.sue) is None
    assert unused.suspend(actor=keeper(90)) == house.sue
    assert unused.suspend(actor=keeper(90), after=house.sue) is None
    lakeside, hillcrest = (offices.find(key).id for key in (making.LAKESIDE, making.HILLCREST))
    assert notices() == [
        (lakeside, "accounts_suspended", {"accounts": 3}),
        (hillcrest, "accounts_suspended", {"accounts": 1}),
    ]


def test_the_plans_own_staff_are_treated_alike(house: House) -> None:
    unused.tell(actor=keeper(76))
    unused.suspend(actor=keeper(90))
    assert {looking.user(number).state for number in (house.joe, house.olga, house.sue)} == {"suspended"}


@pytest.mark.parametrize("step", [unused.tell, unused.suspend], ids=["tell", "suspend"])
def test_nobody_but_the_system_does_it(house: House, step: Any) -> None:
    with pytest.raises(NotPermitted):
        step(actor=house.as_("joe"))


def test_an_office_that_is_left_to_nobody_by_it_is_open_to_recovery(house: House) -> None:
    unused.tell(actor=keeper(76))
    looking.change(house.bea, last_login=people.NOW + timedelta(days=80))
    unused.suspend(actor=keeper(90))
    opened = models.Recovery.objects.values_list("office__key", "cause", "state")
    assert list(opened) == [(making.HILLCREST, "unused", "open")]
