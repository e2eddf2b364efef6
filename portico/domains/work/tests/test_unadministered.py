"""An office that nobody administers is a work item of the plan, as long as that is so."""

from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import looking_after
from portico.domains.access.tests import looking, making
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.work import items, unadministered
from tests.support import actors

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> looking.House:
    return looking.a_house()


def open_items() -> list[tuple[str, str, int]]:
    rows = items.page(actor=actors.system()).rows
    return [(row.kind, row.subject, row.times_asked) for row in rows]


def disable(house: looking.House) -> None:
    """Hillcrest's only administrator is gone."""
    looking_after.disable(actor=actors.system(), user_id=house.hill, why=looking_after.Why.LEFT)


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("pk").last()


def test_it_is_opened_once_and_closed_when_somebody_is_back(house: looking.House) -> None:
    assert not unadministered.is_due()
    disable(house)
    assert unadministered.is_due()
    for _ in range(2):
        assert unadministered.keep(actor=actors.system()) == 1
        assert last_use().conclusion == "offices_without_administrator"
        assert open_items() == [("office_without_administrator", "hillcrest", 1)]
    assert not unadministered.is_due()
    looking_after.enable(actor=actors.system(), user_id=house.hill, why=looking_after.Why.BY_MISTAKE)
    assert unadministered.is_due()
    assert unadministered.keep(actor=actors.system()) == 0
    assert last_use().conclusion == "every_office_administered"
    assert open_items() == []


def test_one_that_was_marked_done_too_early_is_opened_again(house: looking.House) -> None:
    disable(house)
    unadministered.keep(actor=actors.system())
    [item] = items.page(actor=actors.system()).rows
    items.close(actor=actors.system(), reference=item.reference)
    unadministered.keep(actor=actors.system())
    [again] = items.page(actor=actors.system()).rows
    assert again.reference != item.reference


def test_items_of_another_kind_are_left_alone(house: looking.House) -> None:
    apps.get_model("work", "Item").objects.create(
        reference="R",
        kind="missing_schedule",
        subject="A1 2026",
        opened_at=making.NOW,
        last_asked_at=making.NOW,
    )
    unadministered.keep(actor=actors.system())
    assert open_items() == [("missing_schedule", "A1 2026", 1)]


def test_only_the_system_keeps_it() -> None:
    with pytest.raises(NotPermitted):
        unadministered.keep(actor=actors.plan_staff(Desk.OPERATIONS))
