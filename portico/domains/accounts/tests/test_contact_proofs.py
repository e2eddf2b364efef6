"""Proving it by a code to a contact on file: sent where, how often, typed how often, told how."""

import pytest
from django.test import override_settings

from portico.domains.accounts import models
from portico.domains.accounts.proving import proofs
from portico.domains.accounts.proving.proof_views import Stand, Task
from portico.domains.accounts.proving.provers import CONTACT, Hands, Verdict
from portico.domains.accounts.signing_in import misses
from portico.domains.accounts.tests import people, proving
from portico.domains.accounts.tests.proving import MAIL, TELEPHONE, later, somebody
from portico.domains.permits.actors import Account, AccountState, Actor
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_file")]


@pytest.fixture
def _on_file(settings: object) -> None:
    settings.CONTACTS_ON_FILE = proving.SETTING  # type: ignore[attr-defined]


def begin(actor: Actor, choice: str | None = None, asked_for: str = "eligibility") -> Verdict:
    chosen = proving.key() if choice is None else choice
    return proofs.begin(actor=actor, prover=CONTACT, choice=chosen, asked_for=asked_for)


def submit(actor: Actor, answer: str) -> Verdict:
    return proofs.submit(actor=actor, prover=CONTACT, answer=answer)


def task(actor: Actor) -> Task:
    return next(each for each in proofs.own(actor=actor).tasks if each.prover == CONTACT)


def wrong() -> str:
    """Any code but the one that was sent."""
    return "0000-0000" if proving.code() != "0000-0000" else "1111-1111"


def test_a_code_goes_to_the_contact_on_file_and_not_to_ones_own_address() -> None:
    actor = somebody()
    assert begin(actor) is Verdict.BEGUN
    [(to, facts)] = proving.mails("identity_code")
    assert (to, list(facts)) == (MAIL.value, ["secret"])
    assert proving.last_use() == (
        "allowed",
        "identity_begun",
        {"user": str(actor.user_id), "proof": str(proving.proof(actor).pk)},
    )


def test_the_code_stands_nowhere_but_in_the_sealed_mail() -> None:
    actor = somebody()
    begin(actor)
    kept = proving.proof(actor)
    assert kept.code_index is not None
    assert len(bytes(kept.code_index)) == 16
    bare = proving.code().replace("-", "")
    assert bare not in repr(vars(kept))
    assert not any(bare in str(row) for row in models.Proof.objects.values())


def test_the_right_code_proves_it_from_the_next_request_on() -> None:
    actor = somebody()
    begin(actor)
    assert submit(later(actor, 14), proving.code().lower().replace("-", " ")) is Verdict.PASSED
    assert proving.proven(actor) == {CONTACT: later(actor, 14).asked_at.isoformat()}
    outcome, conclusion, subjects = proving.last_use()
    assert (outcome, conclusion, set(subjects)) == ("allowed", "identity_passed", {"user", "proof"})
    assert [facts["kind"] for _, facts in proving.mails("identity_decided")] == ["passed"]
    assert proving.notices(actor) == ["identity_passed"]


def test_a_code_works_once() -> None:
    actor = somebody()
    begin(actor)
    code = proving.code()
    submit(actor, code)
    begin(later(actor, 1), proving.key(MAIL))
    assert submit(later(actor, 1), code) is Verdict.MISSED


def test_a_code_of_one_person_is_worth_nothing_to_another() -> None:
    one, other = somebody(), somebody("other")
    begin(one)
    code = proving.code()
    begin(other)
    assert submit(other, code) is Verdict.MISSED


def test_a_newer_code_ends_the_one_before() -> None:
    actor = somebody()
    begin(actor)
    first = proving.code()
    begin(actor)
    assert submit(actor, first) is Verdict.MISSED
    assert submit(actor, proving.code()) is Verdict.PASSED


def test_after_fifteen_minutes_a_code_is_too_late_and_no_miss() -> None:
    actor = somebody()
    begin(actor)
    assert submit(later(actor, 15), proving.code()) is Verdict.TOO_LATE
    assert proving.last_use()[1] == "identity_too_late"
    assert task(actor).tries == 0


def test_the_fifth_miss_blocks_for_an_hour_and_nothing_prolongs_it() -> None:
    actor = somebody()
    begin(actor)
    found = [submit(later(actor, minute), wrong()) for minute in range(5)]
    assert found == [Verdict.MISSED] * 4 + [Verdict.BLOCKED]
    assert task(later(actor, 5)).tries == 5
    ends = later(actor, 64).asked_at
    for minute in (5, 30, 63):
        assert submit(later(actor, minute), proving.code()) is Verdict.BLOCKED
        assert begin(later(actor, minute)) is Verdict.BLOCKED
        assert proving.last_use()[1] == "identity_blocked"
        assert task(later(actor, minute)).blocked_until == ends
    assert len(proving.mails("identity_code")) == 1
    assert submit(later(actor, 64), proving.code()) is Verdict.TOO_LATE
    assert task(later(actor, 64)).tries == 0
    assert begin(later(actor, 65)) is Verdict.BEGUN


def test_beginning_anew_gives_no_further_tries() -> None:
    actor = somebody()
    for _ in range(2):
        begin(actor)
        submit(actor, wrong())
    assert task(actor).tries == 2
    assert models.Proof.objects.count() == 1


def test_three_codes_an_hour_are_sent() -> None:
    actor = somebody()
    found = [begin(later(actor, minute)) for minute in (0, 20, 40, 59)]
    assert found == [Verdict.BEGUN] * 3 + [Verdict.TOO_MANY_SENT]
    assert proving.last_use()[1] == "identity_too_many_sent"
    assert begin(later(actor, 60)) is Verdict.BEGUN


def test_passing_gives_no_further_codes_to_send() -> None:
    actor = somebody()
    for _ in range(3):
        begin(actor)
    submit(actor, proving.code())
    assert begin(actor) is Verdict.TOO_MANY_SENT


def test_misses_spend_no_tries_of_the_sign_in() -> None:
    actor = somebody()
    begin(actor)
    for _ in range(5):
        submit(actor, wrong())
    assert models.Misses.objects.count() == 0
    for step in misses.Step:
        assert misses.hold(misses.index(step, people.NAME), at=people.NOW).count == 0


def test_an_address_that_stands_not_on_file_is_sent_nothing() -> None:
    actor = somebody()
    assert begin(actor, "somebody@else.example") is Verdict.NOT_OFFERED
    assert proving.last_use()[1] == "identity_not_offered"
    assert proving.mails("identity_code") == []


def test_a_telephone_is_the_plans_to_call() -> None:
    actor = somebody()
    assert begin(actor, proving.key(TELEPHONE)) is Verdict.HANDED_IN
    told = task(actor)
    assert (told.stand, told.shown, told.code_until) == (Stand.HANDED_IN, "ending 0166", None)
    assert proving.mails("identity_code") == []
    assert submit(actor, "0000-0000") is Verdict.TOO_LATE


def test_what_is_shown_of_contacts_is_masked() -> None:
    way = proofs.way(actor=somebody(), prover=CONTACT)
    assert way is not None
    assert way.hands is Hands.CODE
    assert [each.shown for each in way.choices] == ["o•••@lakeside.example", "ending 0166"]
    assert MAIL.value not in repr(way)


def test_the_task_survives_a_sign_out() -> None:
    actor = somebody()
    begin(actor)
    told = task(actors.front_desk(user_id=actor.user_id))
    assert (told.stand, told.asked_for, told.asked_at) == (Stand.ASKED, "eligibility", people.NOW)
    assert told.code_until == later(actor, 15).asked_at


def test_without_a_contact_on_file_the_way_is_closed() -> None:
    with override_settings(CONTACTS_ON_FILE="portico.domains.access.contacts.on_file"):
        actor = somebody()
        assert proofs.way(actor=actor, prover=CONTACT) is None
        assert begin(actor) is Verdict.NOT_OFFERED


def test_a_way_the_plan_switched_off_is_closed() -> None:
    actor = somebody()
    begin(actor)
    with override_settings(IDENTITY_PROVERS={}):
        assert proofs.way(actor=actor, prover=CONTACT) is None
        assert submit(actor, proving.code()) is Verdict.NOT_OFFERED
    assert proving.proven(actor) == {}


def test_nothing_is_tried_before_anything_is_begun() -> None:
    assert submit(somebody(), "0000-0000") is Verdict.NOT_BEGUN
    assert proving.last_use()[1] == "identity_not_begun"


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (actors.visitor(), Reason.NOT_SIGNED_IN),
        (actors.front_desk(account=Account(AccountState.SUSPENDED)), Reason.ACCOUNT_SUSPENDED),
    ],
    ids=["visitor", "suspended"],
)
def test_who_may_not_even_see_the_own_account_proves_nothing(actor: Actor, reason: Reason) -> None:
    for act in (lambda: begin(actor), lambda: submit(actor, "x"), lambda: proofs.own(actor=actor)):
        with pytest.raises(NotPermitted) as caught:
            act()
        assert caught.value.decision.reasons == (reason,)
