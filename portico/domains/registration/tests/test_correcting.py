"""Correcting and proving: once, and once more when it was sent back; compared anew, at the end alone."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from portico.domains.registration import (
    applications,
    catalogue,
    correcting,
    correcting_rules,
    deciding,
    documents,
    events,
    models,
    transaction_ids,
)
from portico.domains.registration.applications import BadClaim, Submitted
from portico.domains.registration.catalogue_rows import DEFAULT, Path
from portico.domains.registration.claims import Basis, Field, Reason
from portico.domains.registration.claims import Finding as Word
from portico.domains.registration.correcting import Added, Taken, TooManyTries
from portico.domains.registration.correcting_rules import Handled
from portico.domains.registration.documents import Looked
from portico.domains.registration.events import Kind
from portico.domains.registration.tests import registering
from portico.domains.registration.tests.registering import (
    CLAIM,
    FILE,
    HOME,
    LICENCE,
    NOW,
    NPI,
    OTHER_LICENCE,
    UNKNOWN_NPI,
    application,
    correct,
    finish,
    hand_in,
    last_use,
    look,
    submit,
    visitor,
)
from portico.shared.files import scanning
from portico.shared.files.checking import Checked
from portico.shared.files.faults import Fault
from portico.shared.files.scanning import Finding, Scan, ScannerDown
from portico.shared.vault import CannotOpen
from tests.support.racing import together

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _plan(request: pytest.FixtureRequest) -> None:
    if "handled" not in request.fixturenames:
        registering.a_plan()


def mistyped() -> Submitted:
    return submit(replace(CLAIM, licence_number=OTHER_LICENCE))


@pytest.mark.parametrize(
    ("handled", "may"),
    [
        (Handled("submitted", None, None, None), True),
        (Handled("submitted", None, None, 7), True),
        (Handled("submitted", None, NOW, None), False),
        (Handled("submitted", NOW, NOW, None), False),
        (Handled("returned", NOW, None, None), True),
        (Handled("returned", NOW, NOW, None), True),
        (Handled("seconding", None, None, None), False),
        (Handled("denied", None, None, None), False),
        (Handled("matched", None, None, None), False),
    ],
    ids=[
        *("untouched", "assigned", "corrected", "answered", "returned", "corrected and returned"),
        *("seconding", "denied", "matched"),
    ],
)
def test_who_may_correct(handled: Handled, may: bool) -> None:
    assert correcting_rules.may_correct(handled) is may


@pytest.mark.parametrize(
    ("handled", "looked_at", "may"),
    [
        (Handled("submitted", None, None, None), False, True),
        (Handled("submitted", None, None, None), True, False),
        (Handled("submitted", None, None, 7), False, False),
        (Handled("returned", NOW, None, None), False, False),
    ],
    ids=["untouched", "looked at", "assigned", "returned"],
)
def test_what_may_still_go_through_by_itself(handled: Handled, looked_at: bool, may: bool) -> None:
    assert correcting_rules.may_pass(handled, looked_at=looked_at) is may


def test_a_corrected_slip_goes_through_at_once() -> None:
    submitted = mistyped()
    assert correct(submitted, licence_number="a-12345")
    assert last_use() == ("allowed", "registration_changed", {"registration": str(application().pk)})
    assert (look(submitted).has_changed, application().state) == (True, "submitted")
    ended = finish(submitted, actor=visitor(minutes=5))
    assert ended == replace(
        submitted, state="matched", path=Path.INSTANT, reason=None, differs=(), due_at=None
    )
    row = application()
    assert (row.matched_at, row.corrected_at) == (NOW + timedelta(minutes=5),) * 2
    assert (row.licence_number, row.licence_key) == ("A-12345", LICENCE)
    assert last_use()[:2] == ("allowed", "registration_matched")


def test_it_is_done_once_and_tells_one_reason_more() -> None:
    submitted = mistyped()
    correct(submitted, licence_number=LICENCE, npi=UNKNOWN_NPI)
    ended = finish(submitted)
    assert ended is not None
    assert (ended.state, ended.reason, ended.differs) == ("submitted", Reason.NPI_DIFFERS, (Field.NPI,))
    assert not look(submitted).may_correct
    assert not correct(submitted, npi=NPI)
    assert last_use()[1] == "registration_not_open"
    assert hand_in(submitted) == Added(Taken.NOT_OPEN)
    assert finish(submitted) is None
    assert application().npi == UNKNOWN_NPI


def test_nothing_is_compared_before_all_is_done() -> None:
    submitted = mistyped()
    checks = models.Check.objects.count()
    for number in (UNKNOWN_NPI, NPI):
        correct(submitted, npi=number, licence_number=LICENCE)
    assert models.Check.objects.count() == checks
    assert look(submitted).reason is Reason.LICENCE_DIFFERS


def test_what_stood_there_before_is_kept_for_the_desk_alone() -> None:
    submitted = mistyped()
    correct(submitted, licence_number=LICENCE, tax_ids="941234567, 94-1234568", first_name="Mei")
    changed = models.Event.objects.filter(kind=Kind.CHANGED).order_by("pk")
    assert [(row.code, events.text(row)) for row in changed] == [
        ("tax_ids", "941234567"),
        ("licence_number", OTHER_LICENCE),
    ]
    assert applications.claim_of(application()).tax_ids == ("941234567", "941234568")
    assert OTHER_LICENCE.encode() not in b"".join(bytes(row.sealed or b"") for row in changed)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"email": "mine@thief.example"}, {"email": "not_correctable"}),
        ({"telephone": "5305550199"}, {"telephone": "not_correctable"}),
        ({"state": "approved"}, {"state": "not_correctable"}),
        ({"city": "Northlake"}, {"city": "not_correctable"}),
        ({"npi": "2000000009", "last_name": "Bell"}, {"npi": "npi_check_digit"}),
        ({"tax_ids": ""}, {"tax_ids": "missing"}),
    ],
    ids=["mail", "telephone", "no field", "not asked", "one faulty", "none left"],
)
def test_what_cannot_be_corrected_changes_nothing(changes: dict[str, str], faults: dict[str, str]) -> None:
    submitted, before = mistyped(), applications.claim_of(application())
    with pytest.raises(BadClaim) as refused:
        correcting.correct(
            actor=visitor(), transaction_id=submitted.transaction_id, address=HOME, changes=changes
        )
    assert refused.value.faults == faults
    assert last_use()[:2] == ("allowed", "registration_faulty")
    assert applications.claim_of(application()) == before
    assert not look(submitted).has_changed


def test_what_was_corrected_too_often_is_corrected_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(correcting, "MOST_CHANGES", 2)
    submitted = mistyped()
    done = [correct(submitted, office_name=f"Clinic {number}") for number in range(3)]
    assert done == [True, True, False]
    assert last_use()[1] == "registration_not_open"
    assert application().office_name == "Clinic 1"
    assert finish(submitted) is not None


def test_without_a_change_there_is_nothing_to_finish() -> None:
    submitted = mistyped()
    correct(submitted, licence_number=OTHER_LICENCE)
    assert finish(submitted) is None
    assert last_use()[1] == "registration_unchanged"
    assert look(submitted).may_correct


def test_a_document_is_kept_sealed_and_finishes_it() -> None:
    submitted = mistyped()
    assert hand_in(submitted) == Added(Taken.ADDED)
    row = models.Document.objects.get()
    assert last_use()[1:] == (
        "document_added",
        {"registration": str(application().pk), "registration_document": str(row.pk)},
    )
    assert (row.kind, row.name, row.content_type) == ("licence", "licence.pdf", "application/pdf")
    assert b"Catalog" not in bytes(row.sealed)
    file = documents.opened(row)
    assert file is not None
    assert (file.name, file.content) == (f"registration-{application().pk}-{row.pk}.pdf", FILE)
    ended = finish(submitted)
    assert ended is not None
    assert (ended.state, ended.reason) == ("submitted", Reason.LICENCE_DIFFERS)


def test_what_is_sealed_for_one_document_opens_for_no_other() -> None:
    submitted = mistyped()
    hand_in(submitted)
    hand_in(submitted)
    one, other = models.Document.objects.order_by("pk")
    other.sealed = one.sealed
    with pytest.raises(CannotOpen):
        documents.opened(other)


def test_five_files_and_no_more() -> None:
    submitted = mistyped()
    assert [hand_in(submitted).taken for _ in range(6)] == [Taken.ADDED] * 5 + [Taken.TOO_MANY]
    assert last_use()[1] == "document_too_many"


def sized(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Every file is that large from now on."""
    large = Looked(Checked("application/pdf", "pdf", bytes(size)), Scan.CLEAN)
    monkeypatch.setattr(documents, "look", lambda content: large)


def test_all_files_together_have_ten_megabytes_and_the_end_itself_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    submitted = mistyped()
    sized(monkeypatch, 5 * documents.MEBIBYTE)
    assert [hand_in(submitted).taken for _ in range(2)] == [Taken.ADDED] * 2
    sized(monkeypatch, 1)
    assert hand_in(submitted) == Added(Taken.TOO_MUCH)
    assert last_use()[1] == "document_too_much"
    assert models.Document.objects.count() == 2
    models.Document.objects.filter(pk=models.Document.objects.latest("pk").pk).update(scan=Scan.INFECTED)
    assert hand_in(submitted).taken is Taken.ADDED


def test_from_one_network_so_many_files_a_day_are_taken_whosever_they_are(settings: Any) -> None:
    settings.REGISTRATION_FILES_A_DAY = 3
    first, second = mistyped(), submit(replace(CLAIM, licence_number="B9"), mark="another")
    assert [hand_in(each).taken for each in (first, second, first)] == [Taken.ADDED] * 3
    assert hand_in(second) == Added(Taken.NETWORK_TODAY)
    assert last_use()[1] == "document_network_today"
    assert hand_in(second, content=b"<html>").taken is Taken.NETWORK_TODAY  # and no file is looked at
    assert hand_in(second, actor=visitor(days=1)).taken is Taken.ADDED


def test_a_file_that_is_not_kept_costs_none(settings: Any) -> None:
    settings.REGISTRATION_FILES_A_DAY = 1
    submitted = mistyped()
    assert hand_in(submitted, content=b"<html>").taken is Taken.FAULT
    assert hand_in(submitted).taken is Taken.ADDED


def test_from_everybody_together_so_much_a_day_is_taken(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REGISTRATION_MEGABYTES_A_DAY = 10
    sized(monkeypatch, 5 * documents.MEBIBYTE)
    first = mistyped()
    assert [hand_in(first).taken for _ in range(2)] == [Taken.ADDED] * 2
    second = submit(replace(CLAIM, licence_number="B9"), mark="another", address="198.51.100.77")
    assert hand_in(second) == Added(Taken.PLAN_TODAY)
    assert last_use()[1] == "document_plan_today"
    assert hand_in(second, actor=visitor(days=1)).taken is Taken.ADDED


@pytest.mark.parametrize(
    ("content", "fault"), [(b"", Fault.EMPTY), (b"<html>", Fault.UNKNOWN)], ids=["nothing", "html"]
)
def test_a_file_that_is_none_is_named_and_kept_nowhere(content: bytes, fault: Fault) -> None:
    submitted = mistyped()
    assert hand_in(submitted, content=content) == Added(Taken.FAULT, fault)
    assert last_use()[1] == f"document_{fault}"
    assert models.Document.objects.count() == 0
    assert not look(submitted).has_changed


def test_a_file_is_scanned_and_waits_while_the_scanner_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    submitted = mistyped()
    scanner = Scripted()
    monkeypatch.setattr(scanning, "configured", lambda: scanner)
    scanner.finding = Finding.INFECTED
    assert hand_in(submitted) == Added(Taken.INFECTED, Fault.INFECTED)
    assert (last_use()[1], models.Document.objects.count()) == ("document_infected", 0)
    scanner.finding = None
    for _ in range(2):
        hand_in(submitted)
    one, other = models.Document.objects.order_by("pk")
    assert (one.scan, documents.opened(one)) == (Scan.WAITING, None)
    assert documents.scan_waiting(actor=registering.clock()) == 0
    scanner.finding = Finding.CLEAN
    models.Document.objects.filter(pk=other.pk).update(scan=Scan.INFECTED)
    assert documents.scan_waiting(actor=registering.clock()) == 1
    assert last_use() == ("allowed", "document_clean", {"registration_document": str(one.pk)})
    one.refresh_from_db()
    assert documents.opened(one) is not None


def test_a_virus_found_late_loses_its_content_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    submitted, scanner = mistyped(), Scripted()
    assert documents.scan_waiting(actor=registering.clock()) == 0
    monkeypatch.setattr(scanning, "configured", lambda: scanner)
    hand_in(submitted)
    scanner.finding = Finding.INFECTED
    assert documents.scan_waiting(actor=registering.clock()) == 1
    row = models.Document.objects.get()
    assert (row.scan, bytes(row.sealed), documents.opened(row)) == (Scan.INFECTED, b"", None)


class Scripted:
    """A scanner that finds what it is told; None: it is down."""

    finding: Finding | None = None

    def scan(self, content: bytes) -> Finding:
        del content
        if self.finding is None:
            raise ScannerDown("down")
        return self.finding


def test_nobodys_file_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "look", pytest.fail)
    unknown = replace(mistyped(), transaction_id=transaction_ids.new())
    assert hand_in(unknown) == Added(Taken.NOT_OPEN)
    assert last_use()[1] == "transaction_id_unknown"


@pytest.mark.parametrize("act", ["correct", "hand_in", "finish"])
def test_wrong_numbers_are_counted_at_every_door(act: str) -> None:
    submitted = mistyped()
    wrong: dict[str, Any] = {"correct": {"changes": {"npi": NPI}}, "finish": {}}
    wrong["hand_in"] = {"kind": "licence", "name": "x", "content": FILE}
    for _ in range(5):
        told = getattr(correcting, act)(
            actor=visitor(), transaction_id=transaction_ids.new(), address=HOME, **wrong[act]
        )
        assert told in (False, None, Added(Taken.NOT_OPEN))
    with pytest.raises(TooManyTries):
        look(submitted)
    with pytest.raises(TooManyTries):
        getattr(correcting, act)(
            actor=visitor(), transaction_id=submitted.transaction_id, address=HOME, **wrong[act]
        )


def test_what_was_sent_back_is_answered_and_the_time_it_lay_there_is_not_counted() -> None:
    submitted = mistyped()
    registering.send_back("licence", at=NOW + DAY)
    later = visitor(days=5)
    assert correct(submitted, actor=later, licence_number=LICENCE)
    ended = finish(submitted, actor=later)
    row = application()
    assert ended is not None
    assert (row.state, row.waited) == ("submitted", Decimal(2))
    assert row.due_at == ended.due_at == NOW + timedelta(days=6)
    assert look(submitted, actor=later).business_left == Decimal(1)
    assert not look(submitted, actor=later).may_correct


def test_what_the_plan_has_taken_up_goes_back_to_it_though_everything_agrees_now() -> None:
    submitted = mistyped()
    registering.send_back(at=NOW + DAY)
    correct(submitted, actor=visitor(days=2), licence_number=LICENCE)
    ended = finish(submitted, actor=visitor(days=2))
    assert ended is not None
    assert (ended.state, ended.reason, ended.differs) == ("submitted", Reason.ALWAYS_REVIEWED, ())
    assert application().matched_at is None


@pytest.mark.parametrize("by", ["assigned", "checked"])
def test_what_somebody_looks_at_waits_for_them(by: str) -> None:
    submitted = mistyped()
    if by == "assigned":
        models.Application.objects.update(assigned_to=7)
    else:
        says: Any = {"field": Field.LICENCE, "finding": Word.REJECTED, "basis": Basis.CALL, "seen": 0}
        assert deciding.check(actor=registering.desk(), number=application().pk, **says) == "done"
    correct(submitted, licence_number=LICENCE)
    ended = finish(submitted)
    assert ended is not None
    assert ended.state == "submitted"


def test_a_plan_that_looks_at_everybody_since_then_looks_at_this_one() -> None:
    submitted = mistyped()
    offers = [replace(DEFAULT[0], path=Path.QUEUE), *DEFAULT[1:]]
    catalogue.replace(actor=registering.desk(), offers=offers, was=0)
    correct(submitted, licence_number=LICENCE)
    ended = finish(submitted)
    assert ended is not None
    assert (ended.state, ended.reason) == ("submitted", Reason.ALWAYS_REVIEWED)


def test_an_office_that_turns_out_to_be_here_makes_it_a_wish_to_join() -> None:
    registering.an_office()
    submitted = mistyped()
    assert submitted.state == "submitted"
    correct(submitted, licence_number=LICENCE)
    ended = finish(submitted)
    assert ended is not None
    assert (ended.state, ended.reason) == ("recognised", Reason.OFFICE_EXISTS)
    assert last_use()[1] == "registration_recognised"


@pytest.mark.django_db(transaction=True)
def test_finishing_twice_at_once_is_done_once() -> None:
    submitted = mistyped()
    correct(submitted, licence_number=LICENCE)
    ends = together([lambda: finish(submitted), lambda: finish(submitted)])
    assert sorted(end is None for end in ends) == [False, True]
    assert models.Event.objects.filter(kind=Kind.MATCHED).count() == 1
