"""The plan's desk accepts a change or refuses it with a reason; the directory follows on its day."""

from datetime import timedelta

import pytest

from portico.domains.directory import change_files, changes, entries, models, reviewing
from portico.domains.directory.reviewing import HoldsPatients, NoReason
from portico.domains.directory.tests import keeping
from portico.domains.directory.tests.keeping import (
    OTHER_NUMBER,
    accepted,
    change,
    desk,
    document,
    entry,
    keeper,
    last_use,
    send,
    subjects,
)
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.shared.files import checking, scanning
from portico.shared.files.faults import Fault
from portico.shared.files.scanning import Scan
from tests.support import actors as people
from tests.support import directory as building
from tests.support.actors import TODAY

pytestmark = pytest.mark.django_db
State = models.Change.State


def test_the_desk_reads_what_is_wanted_what_stands_there_and_what_came_with_it() -> None:
    mine = entry()
    before = accepted(mine, "telehealth", True)
    reference = send(mine, file=document())
    found = reviewing.case(actor=desk(), reference=reference)
    assert found is not None
    assert (found.now, found.sent, found.row.after) == ("5305550110", "5305550110", OTHER_NUMBER)
    assert [each.name for each in found.documents] == ["letter.pdf"]
    assert [row.reference for row in found.others] == [before.reference]
    assert last_use() == ("allowed", "directory_change_shown")
    assert subjects() == [("directory_change", reference)]
    assert reviewing.case(actor=desk(), reference="0" * 17) is None
    assert last_use() == ("allowed", "not_found")


def test_what_is_accepted_is_read_by_everybody_at_once_if_its_day_has_come() -> None:
    mine = entry()
    row = accepted(mine, days=1)
    assert last_use() == ("allowed", "directory_change_accepted")
    assert (row.state, row.decided_by) == (State.ACCEPTED, 12)
    assert row.published_at == row.decided_at == desk(days=1).asked_at
    mine.refresh_from_db()
    assert (mine.telephone, mine.sent["telephone"]) == (OTHER_NUMBER, "5305550110")
    assert entries.one(actor=keeper(), number=mine.pk).says["telephone"] == OTHER_NUMBER


def test_what_is_accepted_for_later_is_read_when_its_day_comes() -> None:
    mine = entry()
    row = accepted(mine, on=TODAY + timedelta(days=10))
    assert row.published_at is None
    mine.refresh_from_db()
    assert mine.telephone == "5305550110"
    assert entries.one(actor=keeper(days=9), number=mine.pk).says["telephone"] == "5305550110"
    assert entries.one(actor=keeper(days=10), number=mine.pk).says["telephone"] == OTHER_NUMBER


def test_a_move_takes_the_entry_to_its_new_place_with_all_that_belongs_to_it() -> None:
    mine = entry()
    accepted(mine, "address", building.RIDGE)
    mine.refresh_from_db()
    assert (mine.place.city, mine.sent["address"]["city"]) == ("Cedar Ridge", "Northlake")
    assert mine.changes.count() == 1


def test_what_is_refused_changes_nothing_and_says_why() -> None:
    mine = entry()
    reference = send(mine)
    assert reviewing.refuse(actor=desk(), reference=reference, why="  This is a fax \n number. ")
    assert last_use() == ("allowed", "directory_change_refused")
    own = changes.one(actor=keeper(), reference=reference).row
    assert (own.state, own.why, own.published_at) == (State.REFUSED, "This is a fax number.", None)
    mine.refresh_from_db()
    assert mine.telephone == "5305550110"


@pytest.mark.parametrize("why", ["", "  ", "x" * 301], ids=["empty", "blank", "long"])
def test_a_refusal_needs_a_reason(why: str) -> None:
    reference = send(entry())
    with pytest.raises(NoReason):
        reviewing.refuse(actor=desk(), reference=reference, why=why)
    assert change(reference).state == State.SENT


def test_a_reason_speaks_of_no_patient() -> None:
    reference = send(entry())
    with pytest.raises(HoldsPatients):
        reviewing.refuse(actor=desk(), reference=reference, why="Ask the patient, SSN 912-12-1234")
    assert change(reference).state == State.SENT


def test_a_change_is_decided_once() -> None:
    row = accepted(entry())
    assert not reviewing.accept(actor=desk(), reference=row.reference)
    assert not reviewing.refuse(actor=desk(), reference=row.reference, why="No.")
    assert last_use() == ("allowed", "directory_change_settled")
    assert change(row.reference).state == State.ACCEPTED


def test_what_the_office_took_back_is_not_decided() -> None:
    reference = send(entry())
    changes.take_back(actor=keeper(), reference=reference)
    assert not reviewing.accept(actor=desk(), reference=reference)
    assert change(reference).state == State.TAKEN_BACK


def test_a_change_of_an_entry_that_is_gone_can_only_be_refused() -> None:
    mine = entry()
    reference = send(mine)
    mine.delete()
    found = reviewing.case(actor=desk(), reference=reference)
    assert found is not None
    assert (found.entry, found.row.name) == (None, "")
    assert not reviewing.accept(actor=desk(), reference=reference)
    assert last_use() == ("allowed", "directory_entry_gone")
    assert reviewing.refuse(actor=desk(), reference=reference, why="The contract has ended.")


def test_whoever_sent_it_hears_what_became_of_it() -> None:
    mine = entry()
    accepted(mine)
    assert keeping.notices() == [(11, "directory_change_accepted")]
    reviewing.refuse(actor=desk(), reference=send(mine, "telehealth", True), why="No.")
    assert keeping.notices()[1:] == [(11, "directory_change_refused")]


def test_desks_without_the_function_decide_nothing() -> None:
    reference = send(entry())
    support = people.plan_staff(Desk.SUPPORT)
    for ask in (
        lambda: reviewing.case(actor=support, reference=reference),
        lambda: reviewing.accept(actor=support, reference=reference),
        lambda: reviewing.refuse(actor=keeper(), reference=reference, why="No."),
        lambda: reviewing.document(actor=keeper(), reference=reference, number=1),
    ):
        with pytest.raises(NotPermitted):
            ask()
        assert last_use() == ("denied", "")
    assert change(reference).state == State.SENT


def test_the_desk_is_handed_the_document_of_that_change_alone() -> None:
    mine = entry()
    reference, other = send(mine, file=document()), send(mine, "telehealth", True)
    number = models.ChangeFile.objects.get().pk
    file = reviewing.document(actor=desk(), reference=reference, number=number)
    assert file is not None
    assert (file.content, file.content_type) == (keeping.PDF, "application/pdf")
    assert file.name.endswith(".pdf")
    assert last_use() == ("allowed", "directory_document_handed_out")
    assert reviewing.document(actor=desk(), reference=other, number=number) is None
    assert last_use() == ("allowed", "not_found")


def test_a_document_is_handed_out_once_the_scanner_has_looked_at_it(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = send(entry(), file=document(scan=Scan.WAITING))
    number = models.ChangeFile.objects.get().pk
    assert reviewing.document(actor=desk(), reference=reference, number=number) is None
    monkeypatch.setattr(scanning, "configured", object)
    monkeypatch.setattr(scanning, "look", lambda content: Scan.CLEAN)
    assert change_files.scan_waiting(actor=keeping.clock()) == 1
    assert last_use() == ("allowed", "document_clean")
    assert reviewing.document(actor=desk(), reference=reference, number=number) is not None


def test_a_document_with_a_virus_is_lost_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = send(entry(), file=document(scan=Scan.WAITING))
    monkeypatch.setattr(scanning, "configured", object)
    monkeypatch.setattr(scanning, "look", lambda content: Scan.INFECTED)
    assert change_files.look("x.pdf", keeping.PDF) is Fault.INFECTED
    change_files.scan_waiting(actor=keeping.clock())
    row = models.ChangeFile.objects.get()
    assert bytes(row.sealed) == b""
    assert reviewing.document(actor=desk(), reference=reference, number=row.pk) is None


def test_without_a_scanner_nothing_waits_for_one() -> None:
    assert change_files.scan_waiting(actor=keeping.clock()) == 0
    assert change_files.look("x.pdf", b"MZ") is Fault.UNKNOWN
    looked = change_files.look("C:\\me\\x.pdf", keeping.PDF)
    assert isinstance(looked, change_files.Looked)
    assert (looked.name, looked.scan) == ("x.pdf", Scan.CLEAN)
    assert change_files.look("x.pdf", b"x" * (checking.MOST_BYTES + 1)) is Fault.TOO_LARGE


def test_documents_of_a_change_that_was_taken_back_are_erased_a_year_later() -> None:
    reference = send(entry(), file=document())
    assert change_files.forget(actor=keeping.clock(days=365)) == 0
    changes.take_back(actor=keeper(), reference=reference)
    assert change_files.forget(actor=keeping.clock(days=364)) == 0
    assert change_files.forget(actor=keeping.clock(days=365)) == 1


def test_documents_are_erased_a_year_after_the_decision() -> None:
    row = accepted(entry(), file=document())
    assert change_files.forget(actor=keeping.clock(days=364)) == 0
    assert last_use() == ("allowed", "nothing_old")
    assert change_files.forget(actor=keeping.clock(days=365)) == 1
    assert last_use() == ("allowed", "directory_documents_erased")
    shown = changes.one(actor=keeper(), reference=row.reference).documents
    assert [each.is_erased for each in shown] == [True]


def test_documents_of_what_was_taken_back_are_erased_a_year_after_too() -> None:
    reference = keeping.send(entry(), file=document())
    assert changes.take_back(actor=keeper(), reference=reference)
    assert change_files.forget(actor=keeping.clock(days=364)) == 0
    assert change_files.forget(actor=keeping.clock(days=365)) == 1
    assert bytes(models.ChangeFile.objects.get().sealed) == b""
