"""An office confirms that its entries are true: all on one page, what is new marked, only what was shown."""

from datetime import date, timedelta

import pytest

from portico.domains.directory import attesting, models
from portico.domains.directory.attesting import Sheet
from portico.domains.directory.tests.keeping import (
    OTHER_NUMBER,
    accepted,
    entry,
    feed,
    keeper,
    last_use,
    subjects,
)
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people
from tests.support import directory as building
from tests.support.actors import TODAY

pytestmark = pytest.mark.django_db


def sheet(*, days: float = 0) -> Sheet:
    return attesting.sheet(actor=keeper(days=days))


def shown(*, days: float = 0) -> dict[int, str]:
    return {one.entry.number: one.digest for one in sheet(days=days).page.rows}


def confirm(said: dict[int, str] | None = None, *, days: float = 0) -> tuple[int, int]:
    found = attesting.confirm(actor=keeper(days=days), shown=shown(days=days) if said is None else said)
    return found.count, found.changed


def test_all_entries_of_an_office_are_confirmed_at_once() -> None:
    building.affiliated(building.NADIA)
    mine = entry()
    assert (sheet().count, sheet().due, sheet().last_on) == (2, 0, None)
    assert confirm() == (2, 0)
    assert last_use() == ("allowed", "directory_confirmed")
    assert len(subjects()) == 2
    mine.refresh_from_db()
    assert (mine.attested_on, mine.attest_by) == (TODAY, date(2026, 6, 10))
    kept = models.Attestation.objects.get(listing=mine)
    assert (kept.office_id, kept.user_id, kept.changed) == (31, 11, 0)
    assert kept.shown["telephone"] == "5305550110"
    assert sheet().last_on == TODAY


def test_confirming_takes_the_mark_away() -> None:
    mine = entry()
    over = TODAY - timedelta(days=1)
    models.Listing.objects.update(attest_by=over, unverified_since=TODAY)
    assert sheet().page.rows[0].entry.is_unconfirmed
    confirm()
    mine.refresh_from_db()
    assert mine.unverified_since is None
    assert not sheet().page.rows[0].entry.is_unconfirmed


def test_what_is_new_since_the_last_time_is_said_with_what_was_there() -> None:
    mine = entry()
    confirm()
    accepted(mine)
    feed(telehealth=True)
    found = sheet(days=80).page.rows[0]
    assert found.differs == {"telephone": "5305550110", "telehealth": False}
    assert found.entry.says["telephone"] == OTHER_NUMBER
    assert confirm(days=80) == (1, 0)
    assert models.Attestation.objects.latest("pk").changed == 2
    assert sheet(days=80).page.rows[0].differs == {}


def test_the_first_time_nothing_is_new() -> None:
    entry()
    assert sheet().page.rows[0].differs == {}


def test_what_changed_while_it_was_looked_at_is_not_confirmed() -> None:
    mine = entry()
    said = shown()
    feed(telephone=OTHER_NUMBER)
    assert confirm(said) == (0, 1)
    assert last_use() == ("allowed", "directory_not_confirmed")
    mine.refresh_from_db()
    assert mine.attested_on is None
    assert not models.Attestation.objects.exists()


def test_some_are_confirmed_and_others_are_left() -> None:
    building.affiliated(building.NADIA)
    mine = entry()
    assert confirm({mine.pk: shown()[mine.pk]}) == (1, 0)
    assert models.Listing.objects.filter(attested_on=TODAY).count() == 1


def test_nobody_confirms_the_entries_of_another_office() -> None:
    mine = entry()
    said = shown()
    stranger = keeper(tax_ids=frozenset({"171234568"}))
    found = attesting.confirm(actor=stranger, shown=said)
    assert (found.count, found.changed) == (0, 1)
    mine.refresh_from_db()
    assert mine.attested_on is None


def test_without_the_function_nothing_is_shown_or_confirmed() -> None:
    entry()
    for ask in (
        lambda: attesting.sheet(actor=people.front_desk()),
        lambda: attesting.confirm(actor=people.front_desk(), shown={}),
    ):
        with pytest.raises(NotPermitted):
            ask()
        assert last_use() == ("denied", "")


def test_those_due_first_stand_first_and_a_long_sheet_comes_in_pages() -> None:
    building.affiliated(building.NADIA)
    mine = entry()
    models.Listing.objects.filter(npi=building.NADIA).update(attest_by=TODAY + timedelta(days=40))
    models.Listing.objects.filter(pk=mine.pk).update(attest_by=TODAY + timedelta(days=5))
    found = attesting.sheet(actor=keeper(), size=1)
    assert (found.due, found.due_on) == (1, TODAY + timedelta(days=5))
    assert [one.entry.number for one in found.page.rows] == [mine.pk]
    rest = attesting.sheet(actor=keeper(), size=1, key=found.page.next_key or "")
    assert [one.entry.npi for one in rest.page.rows] == [building.NADIA]
    assert rest.page.next_key is None
