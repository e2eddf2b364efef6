"""The plan's desk and what waits for it: who sees it, who decides, what comes of it, nobody on himself."""

from collections.abc import Callable

import pytest
from django.test import override_settings

from portico.domains.accounts import models
from portico.domains.accounts.proving import document_proofs, proof_reviews, proofs
from portico.domains.accounts.proving.deciders import Hindrance
from portico.domains.accounts.proving.proof_rules import Refusal
from portico.domains.accounts.proving.proof_views import Stand
from portico.domains.accounts.proving.provers import CONTACT, DOCUMENTS, Verdict
from portico.domains.accounts.tests import elsewhere, proving
from portico.domains.accounts.tests.proving import FILE, MAIL, TELEPHONE, later, reviewer, somebody
from portico.domains.permits.actors import Account, Actor
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_file")]


@pytest.fixture
def _on_file(settings: object) -> None:
    settings.CONTACTS_ON_FILE = proving.SETTING  # type: ignore[attr-defined]


def handed_in(actor: Actor) -> int:
    """The number of a case of documents."""
    document_proofs.add(actor=actor, kind="licence", name="licence.pdf", content=FILE)
    proofs.submit(actor=actor, prover=DOCUMENTS)
    return proving.proof(actor, DOCUMENTS).pk


def to_call(actor: Actor) -> int:
    """The number of a case of somebody to call back."""
    proofs.begin(actor=actor, prover=CONTACT, choice=proving.key(TELEPHONE))
    return proving.proof(actor).pk


def test_the_longest_waiting_comes_first_and_decided_ones_are_gone() -> None:
    people = [somebody(f"person{each}") for each in range(3)]
    last, first, between = (handed_in(later(who, at)) for who, at in zip(people, (30, 0, 10), strict=True))
    found = proof_reviews.queue(actor=reviewer())
    assert [case.id for case in found.cases] == [first, between, last]
    proving.accept(actor=reviewer(), number=between)
    assert [case.id for case in proof_reviews.queue(actor=reviewer()).cases] == [first, last]
    assert proving.last_use()[:2] == ("allowed", "identity_queue_shown")


def test_a_queue_shows_fifty_and_says_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_reviews, "MOST_SHOWN", 2)
    for each in range(3):
        handed_in(somebody(f"person{each}"))
    found = proof_reviews.queue(actor=reviewer())
    assert (len(found.cases), found.count) == (2, 3)


def test_a_case_says_whose_it_is_and_what_was_handed_in() -> None:
    actor = somebody()
    number = handed_in(actor)
    case = proving.case(actor=reviewer(), number=number)
    assert case is not None
    assert (case.person, case.username, case.stops, case.contact) == ("Fay Desk", "Fay.Desk", None, None)
    assert [(paper.kind, paper.name) for paper in case.task.papers] == [("licence", "licence.pdf")]
    assert proving.last_use() == (
        "allowed",
        "identity_case_shown",
        {"user": str(actor.user_id), "proof": str(number)},
    )


def test_a_file_is_handed_out_with_its_row_in_the_audit() -> None:
    actor = somebody()
    number = handed_in(actor)
    document_id = models.ProofDocument.objects.get().pk
    found = proof_reviews.document(actor=reviewer(), number=number, document_id=document_id)
    assert found is not None
    assert (found.content, found.content_type) == (FILE, "application/pdf")
    assert proving.last_use() == (
        "allowed",
        "document_shown",
        {"proof_document": str(document_id), "user": str(actor.user_id)},
    )


def test_a_file_of_another_case_or_of_a_decided_one_is_not_there() -> None:
    one, other = handed_in(somebody()), handed_in(somebody("other"))
    document_id = models.ProofDocument.objects.get(proof=one).pk
    assert proof_reviews.document(actor=reviewer(), number=other, document_id=document_id) is None
    assert proving.last_use()[:2] == ("allowed", "not_found")
    proving.accept(actor=reviewer(), number=one)
    assert proof_reviews.document(actor=reviewer(), number=one, document_id=document_id) is None


def test_what_the_plan_accepts_counts_from_the_next_request_on() -> None:
    actor = somebody()
    number = handed_in(actor)
    assert proving.accept(actor=later(reviewer(), 5), number=number)
    assert proving.proven(actor) == {DOCUMENTS: later(actor, 5).asked_at.isoformat()}
    kept = proving.proof(actor, DOCUMENTS)
    assert (kept.state, kept.decided_by) == ("passed", 92)
    assert proving.last_use() == (
        "allowed",
        "identity_accepted",
        {"user": str(actor.user_id), "proof": str(number)},
    )


def test_the_person_is_told_of_either_end_without_a_name() -> None:
    actor = somebody()
    proving.refuse(actor=reviewer(), number=handed_in(actor), reason=Refusal.OTHER_NAME)
    proving.accept(actor=reviewer(), number=handed_in(actor))
    told = proving.mails("identity_decided")
    assert [(to, facts["kind"], set(facts)) for to, facts in told] == [
        ("Fay.Desk@home.example", kind, {"kind", "reference"}) for kind in ("refused", "passed")
    ]
    assert proving.notices(actor) == ["identity_refused", "identity_passed"]


def test_what_the_plan_refuses_says_why_and_counts_as_a_try() -> None:
    actor = somebody()
    number = handed_in(actor)
    assert proving.refuse(actor=reviewer(), number=number, reason=Refusal.UNREADABLE)
    assert proving.last_use() == (
        "allowed",
        "identity_refused",
        {"user": str(actor.user_id), "proof": str(number)},
    )
    [task] = [each for each in proofs.own(actor=actor).tasks if each.prover == DOCUMENTS]
    assert (task.stand, task.reason, task.tries) == (Stand.REFUSED, "unreadable", 1)
    assert proving.proven(actor) == {}


def test_a_refusal_takes_back_no_proof_that_was_passed_before() -> None:
    actor = somebody()
    proving.accept(actor=reviewer(), number=handed_in(actor))
    proving.refuse(actor=reviewer(), number=handed_in(later(actor, 5)), reason=Refusal.UNREADABLE)
    assert set(proving.proven(actor)) == {DOCUMENTS}


Act = Callable[..., object]
ACTS: dict[str, Act] = {"accept": proving.accept, "refuse": proving.refuse, "read out": proving.read_out}


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_nobody_decides_on_himself(act: Act) -> None:
    actor = somebody()
    number = to_call(actor)
    myself = reviewer(user_id=actor.user_id)
    case = proving.case(actor=myself, number=number)
    assert case is not None
    assert case.stops is Hindrance.OWN_CASE
    [waiting] = proof_reviews.queue(actor=myself).cases
    assert waiting.stops is Hindrance.OWN_CASE
    assert not act(myself, number)
    assert proving.last_use()[:2] == ("allowed", "identity_own_case")
    assert proving.proof(actor).state == "submitted"


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_nor_on_himself_by_another_account(act: Act) -> None:
    actor, other = somebody(), somebody("fay.other")
    same = models.User.objects.get(pk=actor.user_id or 0).email.upper()
    models.User.objects.filter(pk=other.user_id or 0).update(email=same)
    number = to_call(actor)
    assert not act(reviewer(user_id=other.user_id), number)
    assert proving.last_use()[1:] == ("identity_own_case", {"user": str(actor.user_id)})
    assert proving.proof(actor).state == "submitted"


@pytest.mark.parametrize("same_account", [True, False], ids=["same account", "another account"])
@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_nobody_decides_on_whom_they_have_invited(act: Act, same_account: bool) -> None:
    actor, host, other = somebody(), somebody("host"), somebody("host.too")
    same = models.User.objects.get(pk=host.user_id or 0).email
    models.User.objects.filter(pk=other.user_id or 0).update(email=same)
    proving.was_invited(actor, by=host)
    number = to_call(actor)
    decider = reviewer(user_id=(host if same_account else other).user_id)
    case = proving.case(decider, number)
    assert case is not None
    assert case.stops is Hindrance.INVITED_ONESELF
    assert not act(decider, number)
    assert proving.last_use()[1:] == ("identity_invited_oneself", {"user": str(actor.user_id)})
    assert proving.proof(actor).state == "submitted"
    assert act(reviewer(), number)


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_nobody_decides_on_an_account_of_a_desk_above(act: Act) -> None:
    actor = somebody()
    number = to_call(actor)
    case = proving.case(reviewer(), number, elsewhere.none_of_them)
    assert case is not None
    assert case.stops is Hindrance.OUT_OF_REACH
    assert not act(reviewer(), number, looks_after=elsewhere.none_of_them)
    assert proving.last_use()[1:] == ("identity_out_of_reach", {"user": str(actor.user_id)})
    assert proving.proof(actor).state == "submitted"


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_what_does_not_wait_is_not_decided(act: Act) -> None:
    actor = somebody()
    proofs.begin(actor=actor, prover=CONTACT, choice=proving.key(MAIL))
    for number in (proving.proof(actor).pk, 999_999):
        assert not act(reviewer(), number)
        assert proving.last_use()[:2] == ("allowed", "not_found")


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (reviewer(Desk.MEMBER_SERVICES), Reason.FUNCTION_NOT_GRANTED),
        (actors.front_desk(), Reason.FUNCTION_NOT_GRANTED),
        (reviewer(account=Account(second_factor=False)), Reason.STEP_UP_REQUIRED),
        (reviewer(account=Account(proven_lately=False)), Reason.CONFIRMATION_REQUIRED),
    ],
    ids=["another desk", "an office", "without a factor", "not lately"],
)
def test_who_may_not_decide_is_told_why(act: Act, who: Actor, reason: Reason) -> None:
    number = to_call(somebody())
    with pytest.raises(NotPermitted) as caught:
        act(who, number)
    assert reason in caught.value.decision.reasons
    assert proving.last_use()[0] == "denied"


def test_looking_needs_no_recent_proof() -> None:
    number = handed_in(somebody())
    assert proving.case(actor=reviewer(account=Account(proven_lately=False)), number=number)


def test_the_desk_reads_out_a_code_that_the_person_types() -> None:
    actor = somebody()
    number = to_call(actor)
    case = proving.case(actor=reviewer(), number=number)
    assert case is not None
    assert case.contact == TELEPHONE
    code = proving.read_out(actor=reviewer(), number=number)
    assert code is not None
    assert proving.last_use()[:2] == ("allowed", "identity_code_made")
    assert proof_reviews.queue(actor=reviewer()).count == 0
    assert proofs.submit(actor=later(actor, 14), prover=CONTACT, answer=code) is Verdict.PASSED
    assert set(proving.proven(actor)) == {CONTACT}


def test_a_call_asked_for_again_comes_back_to_the_desk_and_ends_the_code_before() -> None:
    actor = somebody()
    number = to_call(actor)
    code = proving.read_out(actor=reviewer(), number=number)
    assert to_call(later(actor, 1)) == number
    assert proof_reviews.queue(actor=reviewer()).count == 1
    answer = proofs.submit(actor=later(actor, 2), prover=CONTACT, answer=code or "")
    assert answer is Verdict.TOO_LATE


def test_a_number_that_stands_on_file_no_more_is_not_called() -> None:
    number = to_call(somebody())
    with override_settings(CONTACTS_ON_FILE="portico.domains.access.contacts.on_file"):
        case = proving.case(actor=reviewer(), number=number)
        assert case is not None
        assert case.contact is None
        assert proving.read_out(actor=reviewer(), number=number) is None
        assert proving.last_use()[:2] == ("allowed", "identity_nobody_to_call")


def test_no_code_is_read_out_for_documents() -> None:
    assert proving.read_out(actor=reviewer(), number=handed_in(somebody())) is None
