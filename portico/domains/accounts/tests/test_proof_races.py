"""What must hold of proofs when several act at the same moment, each in a transaction of its own."""

from collections import Counter

import pytest

from portico.domains.accounts import models
from portico.domains.accounts.proving import document_proofs, proofs
from portico.domains.accounts.proving.proof_rules import Refusal
from portico.domains.accounts.proving.provers import CONTACT, DOCUMENTS, Verdict
from portico.domains.accounts.tests import proving
from portico.domains.accounts.tests.proving import FILE, reviewer, somebody
from tests.support.racing import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_on_file")]


@pytest.fixture
def _on_file(settings: object) -> None:
    settings.CONTACTS_ON_FILE = proving.SETTING  # type: ignore[attr-defined]


def test_parallel_guesses_have_five_tries_between_them() -> None:
    actor = somebody()
    proofs.begin(actor=actor, prover=CONTACT, choice=proving.key())

    def guess() -> Verdict:
        return proofs.submit(actor=actor, prover=CONTACT, answer="BBBB-BBBB")

    found = Counter(together([guess] * 9))
    assert found == {Verdict.MISSED: 4, Verdict.BLOCKED: 5}
    assert proving.proof(actor).attempts == 5


def test_a_code_proves_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    actor = somebody()
    proofs.begin(actor=actor, prover=CONTACT, choice=proving.key())
    code = proving.code()

    def type_it() -> Verdict:
        return proofs.submit(actor=actor, prover=CONTACT, answer=code)

    found = Counter(together([type_it] * 6))
    assert found == {Verdict.PASSED: 1, Verdict.NOT_BEGUN: 5}
    assert proving.notices(actor) == ["identity_passed"]


def test_parallel_beginnings_are_one_task_and_three_codes() -> None:
    actor = somebody()

    def begin() -> Verdict:
        return proofs.begin(actor=actor, prover=CONTACT, choice=proving.key())

    found = Counter(together([begin] * 6))
    assert found == {Verdict.BEGUN: 3, Verdict.TOO_MANY_SENT: 3}
    assert models.Proof.objects.count() == 1


def test_parallel_files_are_five() -> None:
    actor = somebody()

    def add() -> Verdict:
        return document_proofs.add(actor=actor, kind="letter", name="x", content=FILE).verdict

    found = Counter(together([add] * 8))
    assert found == {Verdict.BEGUN: 5, Verdict.TOO_MANY_SENT: 3}


def test_of_two_who_decide_at_once_one_does() -> None:
    actor = somebody()
    document_proofs.add(actor=actor, kind="letter", name="x", content=FILE)
    proofs.submit(actor=actor, prover=DOCUMENTS)
    number = proving.proof(actor, DOCUMENTS).pk

    def accept() -> bool:
        return proving.accept(actor=reviewer(), number=number)

    def refuse() -> bool:
        return proving.refuse(actor=reviewer(), number=number, reason=Refusal.NOT_ENOUGH)

    assert sorted(together([accept, refuse, accept, refuse])) == [False, False, False, True]
    assert len(proving.notices(actor)) == 1
