"""Work items of the directory: for what nobody confirmed and for what the file contradicts."""

from datetime import timedelta

import pytest
from django.apps import apps

from portico.domains.directory import publishing
from portico.domains.directory.tests import keeping
from portico.domains.directory.tests.keeping import clock, last_use
from portico.domains.permits.permit import NotPermitted
from portico.domains.work import directory_upkeep, models
from tests.support import directory as building
from tests.support.actors import NOW, TODAY

pytestmark = pytest.mark.django_db
SUBJECT = f"{building.TAX_ID} since 2026-03-12"


def items(**wanted: object) -> list[tuple[str, str, str]]:
    rows = models.Item.objects.filter(**wanted).order_by("pk")
    return list(rows.values_list("kind", "subject", "state"))


def mark(since: object = TODAY) -> None:
    apps.get_model("directory", "Listing").objects.update(unverified_since=since)


def test_a_tax_id_with_entries_nobody_confirmed_is_one_item() -> None:
    office = keeping.office()
    building.affiliated(building.NADIA)
    keeping.entry()
    assert not directory_upkeep.is_due()
    mark()
    assert directory_upkeep.is_due()
    assert directory_upkeep.keep(actor=clock()) == 1
    assert last_use() == ("allowed", "directory_items_opened")
    assert items(office_id=office.pk) == [("directory_unconfirmed", SUBJECT, "open")]
    assert not directory_upkeep.is_due()


def test_the_item_is_done_once_all_is_confirmed_and_another_lapse_is_another_item() -> None:
    keeping.office()
    keeping.entry()
    mark()
    directory_upkeep.keep(actor=clock())
    mark(None)
    assert directory_upkeep.is_due()
    assert directory_upkeep.keep(actor=clock()) == 0
    assert last_use() == ("allowed", "directory_items_kept")
    assert items() == [("directory_unconfirmed", SUBJECT, "done")]
    mark(TODAY + timedelta(days=100))
    assert directory_upkeep.keep(actor=clock(days=100)) == 1


def test_an_item_that_somebody_closed_is_not_opened_again() -> None:
    keeping.office()
    keeping.entry()
    mark()
    directory_upkeep.keep(actor=clock())
    models.Item.objects.update(state="done", done_at=NOW)
    assert not directory_upkeep.is_due()


def test_a_contradicted_change_is_an_item_that_names_it() -> None:
    row = keeping.accepted(keeping.entry())
    keeping.feed(telephone=keeping.NEW_NUMBER)
    publishing.keep(actor=clock())
    assert directory_upkeep.keep(actor=clock()) == 1
    assert items() == [("directory_contradicted", row.reference, "open")]
    assert not directory_upkeep.is_due()


def test_nobody_but_the_system_keeps_them() -> None:
    with pytest.raises(NotPermitted):
        directory_upkeep.keep(actor=keeping.desk())
