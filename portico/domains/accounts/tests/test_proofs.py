"""The plan's own word, the word of a provider, what staff see of it, and a way of a plan's own."""

from typing import Any

import pytest
from django.test import override_settings

from portico.domains.accounts import models
from portico.domains.accounts.proving import proofs, provers
from portico.domains.accounts.proving.proof_views import Stand
from portico.domains.accounts.proving.provers import (
    CONTACT,
    DESK,
    OPENID_CONNECT,
    PROVIDER_FILE,
    Choice,
    Hands,
    Verdict,
)
from portico.domains.accounts.tests import proving
from portico.domains.accounts.tests.proving import later, reviewer, somebody
from portico.domains.permits.actors import Account, Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from portico.domains.permits.verification import PATIENT_DATA, Rule, Verification
from tests.support import actors

pytestmark = pytest.mark.django_db


def vouch(actor: Actor, username: str = "Fay.Desk", why: str = "Called the practice back.") -> None:
    found = models.User.objects.named(username)
    assert found is not None
    with permit(actor, Function.PROVISIONING, lately=True) as given:
        proofs.vouch_for(given, found.pk, why)


def test_the_desk_vouches_for_somebody_and_says_how_it_knows() -> None:
    actor = somebody()
    vouch(reviewer(), "fay.desk", "  Called the practice back. ")
    assert proving.proven(actor) == {DESK: proving.NOW.isoformat()}
    kept = proving.proof(actor, DESK)
    assert (kept.state, kept.decided_by, kept.told["why"]) == ("passed", 92, "Called the practice back.")
    assert proving.last_use() == (
        "allowed",
        "identity_vouched",
        {"user": str(actor.user_id), "proof": str(kept.pk)},
    )
    assert proving.notices(actor) == ["identity_passed"]


def test_vouching_opens_what_decide_was_asked_for() -> None:
    actor = somebody()
    table = [Rule(functions=PATIENT_DATA, provers=(DESK,))]
    asked = Question(Function.ELIGIBILITY)
    before = actors.front_desk(account=Account(verification=Verification(table)))
    assert Reason.VERIFICATION_REQUIRED in decide(before, asked).reasons
    vouch(reviewer())
    passed = dict.fromkeys(proving.proven(actor), proving.NOW)
    assert decide(actors.front_desk(account=Account(verification=Verification(table, passed))), asked).allowed


@pytest.mark.parametrize("why", ["", "   ", "x" * 301], ids=["empty", "blank", "long"])
def test_nobody_vouches_without_saying_how(why: str) -> None:
    actor = somebody()
    with pytest.raises(proofs.CannotVouch):
        vouch(reviewer(), why=why)
    assert proving.proven(actor) == {}


def test_nobody_vouches_for_himself_not_even_by_another_account() -> None:
    actor, other = somebody(), somebody("fay.other")
    same = models.User.objects.get(pk=actor.user_id or 0).email.upper()
    models.User.objects.filter(pk=other.user_id or 0).update(email=same)
    for own in (actor, other):
        with pytest.raises(proofs.CannotVouch, match="himself"):
            vouch(reviewer(user_id=own.user_id))
        assert proving.last_use()[:2] == ("crashed", "CannotVouch")
    assert models.Proof.objects.count() == 0


@pytest.mark.parametrize("account", ["host", "host.too"], ids=["same account", "another account"])
def test_nobody_vouches_for_whom_they_have_invited(account: str) -> None:
    actor, hosts = somebody(), {name: somebody(name) for name in ("host", "host.too")}
    models.User.objects.filter(username__startswith="host").update(email="host@home.example")
    proving.was_invited(actor, by=hosts["host"])
    with pytest.raises(proofs.CannotVouch, match="invited somebody"):
        vouch(reviewer(user_id=hosts[account].user_id))
    assert proving.proven(actor) == {}
    vouch(reviewer())
    assert set(proving.proven(actor)) == {DESK}


SIGNS_IN: dict[str, Any] = {"issuer": "https://id.example.org", "certificates": [], "factor_words": []}
VERIFIES = {**SIGNS_IN, "for_sign_in": False}


def provider(**changes: Any) -> models.IdentityProvider:
    """A provider that verifies people, and signs nobody in."""
    said = {"slug": "id", "name": "State ID", "kind": "openid_connect", "proves_identity": True}
    return models.IdentityProvider.objects.create(
        **{**said, "details": VERIFIES, "made_at": proving.NOW, **changes}
    )


def test_the_word_of_a_provider_proves_it() -> None:
    actor = somebody()
    provider()
    begun = proofs.begin(actor=actor, prover=OPENID_CONNECT, choice="id", asked_for="eligibility")
    assert begun is Verdict.BEGUN
    assert elsewhere(actor) is Verdict.PASSED
    assert set(proving.proven(actor)) == {OPENID_CONNECT}
    assert proving.last_use()[:2] == ("allowed", "identity_passed")
    assert proving.proof(actor, OPENID_CONNECT).asked_for == "eligibility"


def elsewhere(actor: Actor, *, said: bool = True) -> Verdict:
    """What comes of a provider's word, or of its word about somebody else."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        return proofs.passed_elsewhere(given, "id") if said else proofs.failed_elsewhere(given)


@pytest.mark.parametrize(
    "changes",
    [{"proves_identity": False}, {"closed_at": proving.NOW}, {"slug": "another"}],
    ids=["that proves nothing", "that is closed", "nobody knows"],
)
def test_a_provider_is_not_believed(changes: dict[str, Any]) -> None:
    actor = somebody()
    provider(**changes)
    assert elsewhere(actor) is Verdict.NOT_OFFERED
    assert proving.last_use()[:2] == ("allowed", "identity_not_offered")
    assert proving.proven(actor) == {}


def test_a_way_the_plan_switched_off_believes_no_provider() -> None:
    provider()
    with override_settings(IDENTITY_PROVERS={}):
        assert elsewhere(somebody()) is Verdict.NOT_OFFERED


@pytest.mark.parametrize(
    ("changes", "office", "staff"),
    [
        ({}, True, True),
        ({"proves_identity": False}, False, False),
        ({"closed_at": proving.NOW}, False, False),
        ({"office_id": 32}, False, False),
        ({"office_id": 31}, True, False),
        ({"details": SIGNS_IN}, False, True),
    ],
    ids=["for all", "that proves nothing", "closed", "of another office", "of the own", "of the staff"],
)
def test_to_whom_a_provider_is_offered(changes: dict[str, Any], office: bool, staff: bool) -> None:
    provider(**changes)
    actor = somebody()
    assert bool(proofs.way(actor=actor, prover=OPENID_CONNECT)) is office
    assert bool(proofs.way(actor=reviewer(user_id=actor.user_id), prover=OPENID_CONNECT)) is staff


def test_what_fails_elsewhere_is_counted_and_blocks() -> None:
    actor = somebody()
    provider()
    found = [elsewhere(actor, said=False) for _ in range(6)]
    assert found == [Verdict.MISSED] * 4 + [Verdict.BLOCKED] * 2
    assert elsewhere(actor) is Verdict.BLOCKED
    assert proving.last_use()[1] == "identity_blocked"
    assert elsewhere(later(actor, 60)) is Verdict.PASSED


def test_nothing_that_is_typed_stands_for_a_providers_word() -> None:
    actor = somebody()
    provider()
    proofs.begin(actor=actor, prover=OPENID_CONNECT, choice="id")
    assert proofs.submit(actor=actor, prover=OPENID_CONNECT, answer="id") is Verdict.MISSED


def test_an_unknown_provider_is_not_begun_with() -> None:
    provider()
    verdict = proofs.begin(actor=somebody(), prover=OPENID_CONNECT, choice="other")
    assert verdict is Verdict.NOT_OFFERED


def test_staff_see_when_a_proof_was_missing_and_how_far_it_is() -> None:
    actor = somebody()
    unproven = Account(verification=actors.UNVERIFIED)
    asking = actors.front_desk(user_id=actor.user_id, account=unproven)
    for function in (Function.ELIGIBILITY, Function.CLAIMS_INQUIRY):
        with pytest.raises(NotPermitted), permit(asking, function):
            raise AssertionError("not reached")
    with permit(reviewer(), Function.PROVISIONING) as given:
        standing = proofs.state_of(given, actor.user_id or 0)
    assert standing.prompted is not None
    assert (standing.prompted.function, standing.prompted.at) == ("claims_inquiry", proving.NOW)
    assert {task.prover: task.stand for task in standing.tasks} == dict.fromkeys(
        provers.codes(), Stand.NOT_BEGUN
    )


def test_of_somebody_never_prompted_it_says_so() -> None:
    actor = somebody()
    with permit(reviewer(), Function.PROVISIONING) as given:
        assert proofs.state_of(given, actor.user_id or 0).prompted is None


def test_a_proof_of_a_way_switched_off_since_is_still_told() -> None:
    actor = somebody()
    models.User.objects.filter(pk=actor.user_id or 0).update(proofs={CONTACT: proving.NOW.isoformat()})
    with override_settings(IDENTITY_PROVERS={}):
        told = {task.prover: task.stand for task in proofs.own(actor=actor).tasks}
    assert told == {DESK: Stand.NOT_BEGUN, PROVIDER_FILE: Stand.NOT_BEGUN, CONTACT: Stand.PASSED}


class Payment:
    """A plan's own way: the amount of the last payment."""

    hands = Hands.CODE

    def choices(self, actor: Actor) -> tuple[Choice, ...] | None:
        """Open to whoever works for an office."""
        return () if actor.office_id else None

    def begin(self, given: Permit, proof: models.Proof, choice: str) -> Verdict:
        """Nothing is sent."""
        del given, proof, choice
        return Verdict.BEGUN

    def submit(self, given: Permit, proof: models.Proof, answer: str) -> Verdict:
        """Is it the amount?"""
        del given, proof
        return Verdict.PASSED if answer == "1234.56" else Verdict.MISSED


@override_settings(IDENTITY_PROVERS={"payment": f"{__name__}.Payment"})
def test_a_plan_adds_a_way_of_its_own_by_naming_its_class() -> None:
    actor = somebody()
    assert proofs.way(actor=reviewer(user_id=actor.user_id), prover="payment") is None
    proofs.begin(actor=actor, prover="payment")
    assert proofs.submit(actor=actor, prover="payment", answer="1.00") is Verdict.MISSED
    assert proofs.submit(actor=actor, prover="payment", answer="1234.56") is Verdict.PASSED
    assert set(proving.proven(actor)) == {"payment"}
