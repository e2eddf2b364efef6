"""Proving it by documents: what is kept of them and how, what is refused, and when they are gone."""

from datetime import timedelta

import pytest

from portico.domains.accounts import models
from portico.domains.accounts.proving import document_proofs, proof_reviews, proofs
from portico.domains.accounts.proving.proof_rules import KEEP_DOCUMENTS, Refusal
from portico.domains.accounts.proving.proof_views import Stand
from portico.domains.accounts.proving.provers import DOCUMENTS, Verdict
from portico.domains.accounts.tests import proving
from portico.domains.accounts.tests.proving import FILE, later, reviewer, somebody
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from portico.shared.files.faults import Fault
from portico.shared.vault import CannotOpen
from tests.support import actors

pytestmark = pytest.mark.django_db


def add(actor: Actor, content: bytes = FILE, name: str = "licence.pdf") -> document_proofs.Added:
    return document_proofs.add(
        actor=actor, kind="licence", name=name, content=content, asked_for="eligibility"
    )


def hand_in(actor: Actor) -> Verdict:
    return proofs.submit(actor=actor, prover=DOCUMENTS)


def document(actor: Actor) -> models.ProofDocument:
    return models.ProofDocument.objects.get(proof=proving.proof(actor, DOCUMENTS))


def test_a_file_begins_the_task_and_is_kept_sealed_for_its_row() -> None:
    actor = somebody()
    assert add(actor).verdict is Verdict.BEGUN
    row = document(actor)
    assert (row.name, row.content_type, row.size) == ("licence.pdf", "application/pdf", len(FILE))
    assert b"Catalog" not in bytes(row.sealed)
    assert document_proofs.opened(row).content == FILE
    outcome, conclusion, subjects = proving.last_use()
    assert (outcome, conclusion) == ("allowed", "document_added")
    assert subjects == {"user": str(actor.user_id), "proof_document": str(row.pk)}


def test_what_is_sealed_for_one_row_opens_for_no_other() -> None:
    actor = somebody()
    add(actor)
    add(actor)
    one, other = models.ProofDocument.objects.order_by("pk")
    other.sealed = one.sealed
    with pytest.raises(CannotOpen):
        document_proofs.opened(other)


def test_it_is_handed_out_under_a_name_of_ours() -> None:
    actor = somebody()
    add(actor, name='x".html')
    row = document(actor)
    assert document_proofs.opened(row).name == f"proof-{row.proof_id}-{row.pk}.pdf"


@pytest.mark.parametrize(
    ("called", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\fay\\licence.pdf", "licence.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("x" * 400, "x" * 120),
        ("///", "file"),
    ],
    ids=["path", "windows path", "line end", "turned around", "long", "nothing left"],
)
def test_what_a_file_was_called_is_shown_without_what_could_mislead(called: str, kept: str) -> None:
    actor = somebody()
    add(actor, name=called)
    assert document(actor).name == kept


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"<html><script>1</script>", Fault.UNKNOWN),
        (b"%PDF-1.4", Fault.DAMAGED),
        (FILE.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"), Fault.ACTIVE),
        (FILE + bytes(5 * 1024 * 1024), Fault.TOO_LARGE),
    ],
    ids=["nothing", "html", "damaged", "script", "large"],
)
def test_a_file_that_is_not_taken_is_named_and_kept_nowhere(content: bytes, fault: Fault) -> None:
    found = add(somebody(), content)
    assert (found.verdict, found.fault) == (Verdict.MISSED, fault)
    assert proving.last_use()[:2] == ("allowed", f"document_{fault}")
    assert models.Proof.objects.count() == models.ProofDocument.objects.count() == 0


def test_five_files_and_no_more() -> None:
    actor = somebody()
    found = [add(actor).verdict for _ in range(6)]
    assert found == [Verdict.BEGUN] * 5 + [Verdict.TOO_MANY_SENT]
    assert proving.last_use()[1] == "identity_too_many_sent"
    assert models.ProofDocument.objects.count() == 5


def test_a_file_can_be_taken_back_before_it_is_handed_in_and_by_its_owner_alone() -> None:
    actor, other = somebody(), somebody("other")
    add(actor)
    number = document(actor).pk
    assert not document_proofs.remove(actor=other, document_id=number)
    add(other)
    assert not document_proofs.remove(actor=other, document_id=number)
    assert proving.last_use()[1] == "document_not_removed"
    assert document_proofs.remove(actor=actor, document_id=number)
    assert proving.last_use()[1] == "document_removed"
    add(actor)
    hand_in(actor)
    assert not document_proofs.remove(actor=actor, document_id=document(actor).pk)


def test_nothing_is_handed_in_without_a_file() -> None:
    actor = somebody()
    proofs.begin(actor=actor, prover=DOCUMENTS)
    assert hand_in(actor) is Verdict.NOTHING
    assert proving.last_use()[1] == "identity_nothing_handed_in"


def test_what_is_handed_in_waits_and_can_no_more_be_added_to() -> None:
    actor = somebody()
    add(actor)
    assert hand_in(actor) is Verdict.HANDED_IN
    assert proving.last_use()[:2] == ("allowed", "identity_handed_in")
    assert add(actor).verdict is Verdict.HANDED_IN
    assert proofs.begin(actor=actor, prover=DOCUMENTS) is Verdict.HANDED_IN
    assert hand_in(actor) is Verdict.HANDED_IN
    [task] = [each for each in proofs.own(actor=actor).tasks if each.prover == DOCUMENTS]
    assert (task.stand, task.asked_for, len(task.papers)) == (Stand.HANDED_IN, "eligibility", 1)
    assert proving.proven(actor) == {}


def test_refused_five_times_somebody_waits_an_hour() -> None:
    actor = somebody()
    for _ in range(5):
        assert add(actor).verdict is Verdict.BEGUN
        hand_in(actor)
        proving.refuse(actor=reviewer(), number=proving.proof(actor, DOCUMENTS).pk, reason=Refusal.UNREADABLE)
    assert add(later(actor, 59)).verdict is Verdict.BLOCKED
    assert add(later(actor, 60)).verdict is Verdict.BEGUN


@pytest.mark.parametrize("decided", [True, False], ids=["decided", "never handed in"])
def test_documents_are_erased_after_thirty_days(decided: bool) -> None:
    actor = somebody()
    add(actor)
    if decided:
        hand_in(actor)
        proving.accept(actor=reviewer(), number=proving.proof(actor, DOCUMENTS).pk)
    minutes = KEEP_DOCUMENTS / timedelta(minutes=1)
    assert proof_reviews.forget(actor=later(actors.system(), minutes)) == 0
    assert proving.last_use()[:2] == ("allowed", "nothing_old")
    assert proof_reviews.forget(actor=later(actors.system(), minutes + 1)) == 1
    assert proving.last_use()[:2] == ("allowed", "documents_erased")
    assert models.Proof.objects.count() == 1


def test_documents_that_wait_for_the_plan_are_kept_however_long_it_takes() -> None:
    actor = somebody()
    add(actor)
    hand_in(actor)
    assert proof_reviews.forget(actor=later(actors.system(), 60 * 24 * 400)) == 0


def test_nobody_but_the_house_erases_documents() -> None:
    with pytest.raises(NotPermitted):
        proof_reviews.forget(actor=reviewer())
