"""Documents and the scanner: refused with a virus, held while it is down, looked at again, given back."""

from datetime import timedelta
from typing import Any

import pytest

from portico.domains.accounts import models
from portico.domains.accounts.proving import document_proofs, document_scans, proof_reviews, proofs
from portico.domains.accounts.proving.document_proofs import Added
from portico.domains.accounts.proving.proof_rules import KEEP_DOCUMENTS
from portico.domains.accounts.proving.proof_views import Stand, Task
from portico.domains.accounts.proving.provers import DOCUMENTS, Verdict
from portico.domains.accounts.tests import proving
from portico.domains.accounts.tests.proving import FILE, later, reviewer, somebody
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from portico.shared.files.faults import Fault
from portico.shared.files.scanning import Finding, ScannerDown
from tests.support import actors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_scanner")]

VIRUS = FILE.replace(b"/Catalog", b"/Catalog /A (virus)")


class Scanner:
    """A scanner that is up, or not."""

    is_up = True

    def scan(self, content: bytes) -> Finding:
        if not self.is_up:
            raise ScannerDown
        return Finding.INFECTED if b"virus" in content else Finding.CLEAN


@pytest.fixture
def _scanner(settings: Any) -> None:
    settings.UPLOAD_SCANNER = f"{__name__}.Scanner"


@pytest.fixture
def _down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Scanner, "is_up", False)


def add(actor: Actor, content: bytes = FILE) -> Added:
    return document_proofs.add(actor=actor, kind="licence", name="licence.pdf", content=content)


def hand_in(actor: Actor) -> Verdict:
    return proofs.submit(actor=actor, prover=DOCUMENTS)


def up_again(monkeypatch: pytest.MonkeyPatch) -> int:
    """How many documents are looked at now that the scanner is up."""
    monkeypatch.setattr(Scanner, "is_up", True)
    return document_scans.scan_waiting(actor=actors.system())


def document() -> models.ProofDocument:
    return models.ProofDocument.objects.get()


def task(actor: Actor) -> Task:
    [found] = [each for each in proofs.own(actor=actor).tasks if each.prover == DOCUMENTS]
    return found


def handed_out(actor: Actor) -> bytes | None:
    """What the plan's desk is handed."""
    found = proof_reviews.document(
        actor=reviewer(), number=proving.proof(actor, DOCUMENTS).pk, document_id=document().pk
    )
    return None if found is None else found.content


def test_a_clean_file_is_kept_as_one() -> None:
    assert add(somebody()) == Added(Verdict.BEGUN)
    assert document().scan == "clean"


def test_a_file_with_a_virus_is_refused_and_kept_nowhere() -> None:
    assert add(somebody(), VIRUS) == Added(Verdict.MISSED, Fault.INFECTED)
    assert proving.last_use()[:2] == ("allowed", "document_infected")
    assert models.Proof.objects.count() == models.ProofDocument.objects.count() == 0


@pytest.mark.usefixtures("_down")
def test_while_the_scanner_is_down_a_file_waits_and_is_handed_to_nobody() -> None:
    actor = somebody()
    assert add(actor) == Added(Verdict.BEGUN, is_waiting=True)
    assert hand_in(actor) is Verdict.HANDED_IN
    assert [paper.scan for paper in task(actor).papers] == ["waiting"]
    assert handed_out(actor) is None
    assert proving.last_use()[:2] == ("allowed", "not_found")


@pytest.mark.usefixtures("_down")
def test_what_was_held_and_is_clean_is_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    actor = somebody()
    add(actor)
    hand_in(actor)
    assert up_again(monkeypatch) == 1
    assert proving.last_use() == (
        "allowed",
        "document_clean",
        {"user": str(actor.user_id), "proof_document": str(document().pk)},
    )
    assert handed_out(actor) == FILE
    assert up_again(monkeypatch) == 0
    assert not proving.mails("upload_infected")
    assert not proving.notices(actor)


@pytest.mark.usefixtures("_down")
def test_what_was_held_and_has_a_virus_is_erased_and_the_task_goes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actor = somebody()
    add(actor, VIRUS)
    hand_in(actor)
    assert up_again(monkeypatch) == 1
    assert proving.last_use()[:2] == ("allowed", "document_infected")
    assert (document().scan, bytes(document().sealed)) == ("infected", b"")
    assert handed_out(actor) is None
    [(to, facts)] = proving.mails("upload_infected")
    assert (to, list(facts)) == ("Fay.Desk@home.example", ["reference"])
    assert proving.notices(actor) == ["upload_infected"]
    assert (task(actor).stand, task(actor).tries) == (Stand.ASKED, 0)
    assert proof_reviews.queue(actor=reviewer()).cases == ()


@pytest.mark.usefixtures("_down")
def test_another_is_sent_in_place_of_an_infected_one(monkeypatch: pytest.MonkeyPatch) -> None:
    actor = somebody()
    add(actor, VIRUS)
    hand_in(actor)
    up_again(monkeypatch)
    assert hand_in(actor) is Verdict.NOTHING
    assert document_proofs.remove(actor=actor, document_id=document().pk)
    assert add(actor).verdict is Verdict.BEGUN
    assert hand_in(actor) is Verdict.HANDED_IN
    assert handed_out(actor) == FILE


@pytest.mark.usefixtures("_down")
def test_a_virus_in_a_task_that_is_decided_is_erased_and_changes_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actor = somebody()
    add(actor, VIRUS)
    proof = proving.proof(actor, DOCUMENTS)
    models.Proof.objects.filter(pk=proof.pk).update(state="refused", decided_at=actor.asked_at)
    assert up_again(monkeypatch) == 1
    assert (document().scan, bytes(document().sealed)) == ("infected", b"")
    assert task(actor).stand is Stand.REFUSED
    assert proving.mails("upload_infected") == []


@pytest.mark.usefixtures("_down")
def test_while_it_stays_down_nothing_is_written() -> None:
    actor = somebody()
    add(actor)
    before = proving.last_use()
    assert document_scans.scan_waiting(actor=later(actors.system(), 1)) == 0
    assert proving.last_use() == before
    assert document().scan == "waiting"


@pytest.mark.usefixtures("_down")
def test_what_waits_stays_held_where_the_scanner_is_taken_away(settings: Any) -> None:
    actor = somebody()
    add(actor)
    settings.UPLOAD_SCANNER = ""
    assert document_scans.scan_waiting(actor=actors.system()) == 0
    assert document().scan == "waiting"
    late = later(actors.system(), KEEP_DOCUMENTS / timedelta(minutes=1) + 1)
    assert proof_reviews.forget(actor=late) == 1


@pytest.mark.usefixtures("_down")
def test_a_document_taken_back_while_it_is_looked_at_stays_away(monkeypatch: pytest.MonkeyPatch) -> None:
    actor = somebody()
    add(actor)
    whole = Scanner.scan

    def scan(self: Scanner, content: bytes) -> Finding:
        document_proofs.remove(actor=actor, document_id=document().pk)
        return whole(self, content)

    monkeypatch.setattr(Scanner, "scan", scan)
    assert up_again(monkeypatch) == 0
    assert proving.last_use()[:2] == ("allowed", "document_gone")
    assert not models.ProofDocument.objects.exists()


@pytest.mark.usefixtures("_down")
def test_nobody_but_the_house_looks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    add(somebody())
    monkeypatch.setattr(Scanner, "is_up", True)
    with pytest.raises(NotPermitted):
        document_scans.scan_waiting(actor=reviewer())
    assert document().scan == "waiting"
