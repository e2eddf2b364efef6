"""An office sees its own entries, changes a field, hands in documents, and takes a change back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portico.domains.directory import changes, entries, models
from portico.domains.directory.change_files import MOST_BYTES_A_DAY, MOST_FILES, Full
from portico.domains.directory.changes import BadChange, UnknownChange
from portico.domains.directory.entries import UnknownEntry
from portico.domains.directory.tests import keeping
from portico.domains.directory.tests.keeping import (
    OTHER_NUMBER,
    accepted,
    change,
    document,
    entry,
    keeper,
    last_use,
    send,
    subjects,
)
from portico.domains.directory.upkeep_rules import Fault
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people
from tests.support import directory as building
from tests.support.actors import TODAY

pytestmark = pytest.mark.django_db
STRANGER: dict[str, Any] = {"tax_ids": frozenset({"171234568"})}
State = models.Change.State


def names(**how: Any) -> list[str]:
    return [each.name for each in entries.page(actor=keeper(), **how).page.rows]


def test_an_office_sees_the_entries_of_its_tax_ids_and_no_others() -> None:
    building.affiliated(building.NADIA)
    building.affiliated(building.CLINIC, building.OTHER)
    entry()
    assert names() == ["Nadia Khoury, MD", "Grace Lin, MD"]
    assert last_use() == ("allowed", "directory_entries_shown")


def test_a_grant_for_one_provider_reaches_the_entries_of_that_one() -> None:
    building.affiliated(building.NADIA)
    mine = entry()
    actor = keeper(providers=frozenset({building.GRACE}))
    assert [each.number for each in entries.page(actor=actor).page.rows] == [mine.pk]
    nadias = models.Listing.objects.get(npi=building.NADIA)
    with pytest.raises(UnknownEntry):
        entries.one(actor=actor, number=nadias.pk)
    assert last_use() == ("allowed", "not_found")


def test_entries_are_found_by_part_of_a_name_or_a_place_or_an_npi() -> None:
    building.affiliated(building.NADIA, **building.RIDGE)
    entry()
    assert names(text="grac") == ["Grace Lin, MD"]
    assert names(text="ridge") == ["Nadia Khoury, MD"]
    assert names(text=building.NADIA) == ["Nadia Khoury, MD"]
    assert names(text="nobody") == []


def test_a_long_list_of_entries_comes_in_pages() -> None:
    building.affiliated(building.NADIA)
    entry()
    first = entries.page(actor=keeper(), size=1).page
    assert first.next_key is not None
    second = entries.page(actor=keeper(), size=1, key=first.next_key).page
    assert [*first.rows, *second.rows] == list(entries.page(actor=keeper()).page.rows)


def test_whose_time_here_is_over_is_no_entry_any_more() -> None:
    entry(last_on=TODAY - timedelta(days=1))
    assert names() == []


def test_somebody_without_the_function_sees_nothing() -> None:
    mine = entry()
    for ask in (
        lambda: entries.page(actor=people.front_desk()),
        lambda: entries.one(actor=people.front_desk(), number=mine.pk),
        lambda: send(mine, actor=people.front_desk()),
        lambda: changes.page(actor=people.front_desk()),
    ):
        with pytest.raises(NotPermitted):
            ask()
        assert last_use() == ("denied", "")


def test_a_change_waits_for_the_plan_for_two_business_days() -> None:
    mine = entry()
    reference = send(mine)
    row = change(reference)
    assert (row.state, row.before, row.after, row.sent_by) == (State.SENT, "5305550110", OTHER_NUMBER, 11)
    # Thursday, 10 in the morning by the plan's clock, to Monday, 10.
    assert row.due_at == datetime(2026, 3, 16, 17, 0, tzinfo=UTC)
    assert last_use() == ("allowed", "directory_change_sent")
    assert subjects() == [("directory_change", reference)]
    shown = entries.one(actor=keeper(), number=mine.pk)
    assert (shown.says["telephone"], sorted(shown.waiting)) == ("5305550110", ["telephone"])


@pytest.mark.parametrize(
    ("field", "after", "on", "part", "code"),
    [
        ("telephone", "12", TODAY, "after", Fault.TELEPHONE),
        ("telephone", "(530) 555-0110", TODAY, "after", Fault.SAME),
        ("languages", ["Klingon"], TODAY, "after", Fault.UNKNOWN),
        ("telehealth", True, TODAY - timedelta(days=91), "effective_on", Fault.TOO_EARLY),
        ("telehealth", True, TODAY + timedelta(days=181), "effective_on", Fault.TOO_LATE),
    ],
    ids=["number", "same", "language", "early", "late"],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    field: str, after: Any, on: Any, part: str, code: Fault
) -> None:
    mine = entry()
    with pytest.raises(BadChange) as caught:
        send(mine, field, after, on=on)
    assert (caught.value.part, caught.value.code) == (part, code)
    assert last_use() == ("allowed", code)
    assert not models.Change.objects.exists()


def test_one_change_of_a_field_waits_at_a_time() -> None:
    mine = entry()
    send(mine)
    with pytest.raises(BadChange) as caught:
        send(mine, after="5305550188")
    assert caught.value.code is Fault.WAITS
    assert send(mine, "telehealth", True)


@pytest.mark.parametrize("field", ["name", "npi", "networks"])
def test_a_field_of_the_contract_is_not_changed_here(field: str) -> None:
    with pytest.raises(UnknownEntry):
        send(entry(), field, "x")
    assert last_use() == ("allowed", "not_found")


def test_another_offices_entry_is_as_unknown_as_none() -> None:
    mine = entry()
    for number in (mine.pk, 999_999):
        with pytest.raises(UnknownEntry):
            changes.send(actor=keeper(**STRANGER), wish=changes.Wish(number, "telehealth", True, TODAY))
        assert last_use() == ("allowed", "not_found")
    assert not models.Change.objects.exists()


def test_another_offices_change_is_as_unknown_as_none() -> None:
    reference = send(entry())
    for typed in (reference, "0" * 17):
        for ask in (
            lambda typed=typed: changes.one(actor=keeper(**STRANGER), reference=typed),
            lambda typed=typed: changes.take_back(actor=keeper(**STRANGER), reference=typed),
            lambda typed=typed: changes.add_file(actor=keeper(**STRANGER), reference=typed, file=document()),
        ):
            with pytest.raises(UnknownChange):
                ask()
            assert last_use() == ("allowed", "not_found")
    assert change(reference).state == State.SENT
    assert changes.page(actor=keeper(**STRANGER)).rows == ()


def test_a_change_is_taken_back_while_it_waits_and_then_another_may_be_sent() -> None:
    mine = entry()
    reference = send(mine)
    assert changes.take_back(actor=keeper(days=1), reference=reference)
    assert last_use() == ("allowed", "directory_change_taken_back")
    assert changes.one(actor=keeper(), reference=reference).row.state is State.TAKEN_BACK
    assert not changes.take_back(actor=keeper(), reference=reference)
    assert last_use() == ("allowed", "directory_change_settled")
    assert send(mine)


def test_what_the_plan_has_decided_is_not_taken_back() -> None:
    row = accepted(entry())
    assert not changes.take_back(actor=keeper(), reference=row.reference)
    assert change(row.reference).state == State.ACCEPTED


def test_the_changes_of_an_entry_stand_with_it_the_newest_first() -> None:
    mine = entry()
    references = [send(mine), send(mine, "telehealth", True)]
    found = changes.of_entry(actor=keeper(), number=mine.pk)
    assert [row.reference for row in found.changes] == references[::-1]
    assert last_use() == ("allowed", "directory_entry_shown")
    first = changes.page(actor=keeper(), size=1)
    second = changes.page(actor=keeper(), size=1, key=first.next_key or "")
    assert [row.reference for row in (*first.rows, *second.rows)] == references[::-1]
    with pytest.raises(UnknownEntry):
        changes.of_entry(actor=keeper(**STRANGER), number=mine.pk)


def test_a_document_goes_with_a_change_and_is_kept_sealed() -> None:
    reference = send(entry(), file=document())
    changes.add_file(actor=keeper(), reference=reference, file=document("w-9.pdf"))
    assert last_use() == ("allowed", "directory_document_kept")
    shown = changes.one(actor=keeper(), reference=reference).documents
    assert [each.name for each in shown] == ["letter.pdf", "w-9.pdf"]
    for row in models.ChangeFile.objects.all():
        assert keeping.PDF not in bytes(row.sealed)


def test_a_change_has_three_documents_at_most() -> None:
    reference = send(entry(), file=document())
    for _ in range(MOST_FILES - 1):
        changes.add_file(actor=keeper(), reference=reference, file=document())
    with pytest.raises(BadChange) as caught:
        changes.add_file(actor=keeper(), reference=reference, file=document())
    assert caught.value.code is Full.TOO_MANY
    assert last_use() == ("allowed", "too_many_files")


def test_an_office_hands_in_so_much_a_day_and_no_more() -> None:
    mine = entry()
    reference = send(mine, file=document())
    models.ChangeFile.objects.update(size=MOST_BYTES_A_DAY)
    with pytest.raises(BadChange) as caught:
        send(mine, "telehealth", True, file=document())
    assert (caught.value.part, caught.value.code) == ("file", Full.OFFICE_TODAY)
    changes.take_back(actor=keeper(), reference=reference)
    assert send(mine, "telehealth", True, file=document(), actor=keeper(days=1.1), on=TODAY)


def test_a_document_is_added_only_while_the_change_waits() -> None:
    row = accepted(entry())
    with pytest.raises(UnknownChange):
        changes.add_file(actor=keeper(), reference=row.reference, file=document())


def test_a_person_of_another_office_with_the_same_tax_id_keeps_the_same_entries() -> None:
    mine = entry()
    biller = replace(keeper(), office_id=77, user_id=78)
    reference = send(mine, actor=biller)
    assert change(reference).office_id == 77
    assert changes.one(actor=keeper(), reference=reference).row.reference == reference
