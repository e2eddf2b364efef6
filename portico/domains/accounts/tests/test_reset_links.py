"""Behind a reset link: opened without changing anything, answered where a question is asked, used once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from portico.domains.accounts import models
from portico.domains.accounts.coming_back import reset_links
from portico.domains.accounts.coming_back.reset_links import OVER, Opened, Stage
from portico.domains.accounts.credentials import passwords, questions
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.credentials.question_rules import Question
from portico.domains.accounts.signing_in import misses, sign_in
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.accounts.signing_in.session_store import SessionStore
from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.accounts.tests import coming_back, people
from portico.domains.accounts.tests.coming_back import ANSWER, NEW, audited, mails

pytestmark = pytest.mark.django_db

READY = Opened(Stage.PASSWORD)


@pytest.fixture
def user() -> models.User:
    """Somebody with a mail address and a password."""
    return coming_back.user()


def opened(secret: str, minutes: float = 0) -> Opened:
    return reset_links.opened(actor=people.at(minutes), secret=secret)


def answered(secret: str, answer: str, minutes: float = 0) -> Opened:
    return reset_links.answered(actor=people.at(minutes), secret=secret, answer=answer)


def used(secret: str, *, proof: str = "", password: str = NEW, minutes: float = 0) -> Opened:
    return reset_links.used(actor=people.at(minutes), secret=secret, password=password, proof=proof)


def has_password(user: models.User, password: str) -> bool:
    user.refresh_from_db()
    return passwords.is_right(password, user.password)


def sign_in_with(password: str, minutes: float = 0) -> Outcome:
    attempt = sign_in.with_password(actor=people.at(minutes), username=people.NAME, password=password)
    return attempt.outcome


def test_a_link_opens_to_a_new_password_that_signs_in(user: models.User) -> None:
    secret = coming_back.link()
    assert opened(secret) == READY
    assert used(secret).stage is Stage.DONE
    assert sign_in_with(people.PASSWORD) is Outcome.REFUSED
    assert sign_in_with(NEW) is Outcome.SIGNED_IN


def test_opening_a_link_again_and_again_changes_nothing(user: models.User) -> None:
    secret = coming_back.link()
    before = list(models.ResetLink.objects.values()), list(models.User.objects.values())
    assert [opened(secret, minute) for minute in range(5)] == [READY] * 5
    assert (list(models.ResetLink.objects.values()), list(models.User.objects.values())) == before


def test_a_link_works_once(user: models.User) -> None:
    secret = coming_back.link()
    used(secret)
    assert models.ResetLink.objects.get().used_at == people.NOW
    assert used(secret, password="another one for the thief", minutes=1) == OVER
    assert opened(secret) == OVER
    assert has_password(user, NEW)


@pytest.mark.parametrize("minutes", [60, 61, 3000])
def test_a_link_of_an_hour_ago_is_over(user: models.User, minutes: float) -> None:
    secret = coming_back.link()
    assert opened(secret, minutes) == OVER
    assert used(secret, minutes=minutes) == OVER
    assert has_password(user, people.PASSWORD)


@pytest.mark.parametrize("secret", ["", "x", "A" * 43], ids=["none", "short", "made up"])
def test_a_secret_that_is_none_opens_nothing(user: models.User, secret: str) -> None:
    coming_back.link()
    assert opened(secret) == answered(secret, "x") == used(secret) == OVER


def test_the_older_of_two_links_is_over(user: models.User) -> None:
    first = coming_back.link()
    second = coming_back.link(minutes=1)
    assert opened(first, 2) == OVER
    assert opened(second, 2) == READY


@pytest.mark.parametrize(
    "changes", [{"state": "disabled"}, {"activated_at": None}], ids=["disabled", "invited anew"]
)
def test_a_link_of_somebody_shut_out_since_is_over(user: models.User, changes: dict[str, Any]) -> None:
    secret = coming_back.link()
    models.User.objects.filter(pk=user.pk).update(**changes)
    assert opened(secret) == used(secret) == OVER
    assert has_password(user, people.PASSWORD)


def test_a_weak_password_is_refused_and_the_link_still_works(user: models.User) -> None:
    secret = coming_back.link()
    with pytest.raises(WeakPassword):
        used(secret, password="too short")
    assert used(secret).stage is Stage.DONE


def test_with_a_second_factor_twelve_characters_are_enough(user: models.User) -> None:
    secret = coming_back.link()
    with pytest.raises(WeakPassword):
        used(secret, password="lake & coffee")
    models.Factor.objects.create(user=user, kind="totp", secret_sealed=b"x", created_at=people.NOW)
    assert used(secret, password="lake & coffee").stage is Stage.DONE


def test_a_new_password_ends_every_session_and_keeps_the_second_factor(user: models.User) -> None:
    models.Factor.objects.create(user=user, kind="totp", secret_sealed=b"x", created_at=people.NOW)
    session = SessionStore()
    session["user"] = user.pk
    session.create()
    used(coming_back.link(), minutes=2)
    user.refresh_from_db()
    assert (user.session_epoch, user.password_set_at) == (2, people.instant(2))
    assert not models.Session.objects.filter(user=user).exists()
    assert models.Factor.objects.filter(user=user).exists()


def test_a_new_password_is_told_by_mail_and_by_a_notice(user: models.User) -> None:
    secret = coming_back.link()
    used(secret)
    [(to, template, facts)] = mails()
    assert (to, template, set(facts)) == (coming_back.MAIL, "password_changed", {"reference"})


def test_the_address_that_was_given_up_lately_is_told_too(user: models.User) -> None:
    for number, (email, hours) in enumerate((("old@example.org", 71), ("older@example.org", 73))):
        models.AddressChange.objects.create(
            user=user,
            email=email,
            confirm_index=bytes([number]) * 16,
            cancel_index=bytes([number + 9]) * 16,
            asked_at=people.NOW - timedelta(hours=80),
            expires_at=people.NOW,
            confirmed_at=people.NOW - timedelta(hours=hours),
        )
    used(coming_back.link())
    assert sorted(to for to, _, _ in mails()) == [coming_back.MAIL, "old@example.org"]


def test_a_reset_unlocks_the_password_also_after_a_hundred_misses(user: models.User) -> None:
    held = misses.index(Step.PASSWORD, people.NAME)
    models.Misses.objects.create(name_index=held, count=100, last_at=people.NOW)
    assert sign_in_with(people.PASSWORD) is Outcome.LOCKED
    used(coming_back.link())
    assert sign_in_with(NEW) is Outcome.SIGNED_IN


def test_a_reset_gives_no_new_tries_of_a_code(user: models.User) -> None:
    held = misses.index(Step.CODE, people.NAME)
    models.Misses.objects.create(name_index=held, count=99, last_at=people.NOW)
    used(coming_back.link())
    assert misses.standing(held).count == 99


def test_a_change_of_the_address_that_waits_ends_with_a_reset(user: models.User) -> None:
    waiting = models.AddressChange.objects.create(
        user=user,
        email="thief@example.org",
        confirm_index=b"1" * 16,
        cancel_index=b"2" * 16,
        asked_at=people.NOW,
        expires_at=people.instant(600),
    )
    used(coming_back.link(), minutes=1)
    waiting.refresh_from_db()
    assert waiting.cancelled_at == people.instant(1)


def test_the_question_is_asked_first_and_its_answer_leads_to_the_password(user: models.User) -> None:
    coming_back.with_question(user)
    secret = coming_back.link()
    assert opened(secret) == Opened(Stage.QUESTION, Question.TOY, 5)
    ready = answered(secret, "sir hopsalot")
    assert (ready.stage, ready.question) == (Stage.PASSWORD, None)
    assert used(secret, proof=ready.proof).stage is Stage.DONE


def test_a_reset_is_not_to_be_had_without_the_answer(user: models.User) -> None:
    coming_back.with_question(user)
    secret = coming_back.link()
    for proof in ("", "0" * 32, "é"):
        assert used(secret, proof=proof) == Opened(Stage.QUESTION, Question.TOY, 5)
    assert has_password(user, people.PASSWORD)


def test_a_weak_password_without_the_answer_says_nothing_of_the_password(user: models.User) -> None:
    coming_back.with_question(user)
    assert used(coming_back.link(), password="x").stage is Stage.QUESTION


def test_the_proof_of_an_answer_holds_for_its_own_link_and_answer_alone(user: models.User) -> None:
    coming_back.with_question(user)
    proof = answered(coming_back.link(), ANSWER).proof
    later = coming_back.link(minutes=1)
    assert used(later, proof=proof, minutes=1).stage is Stage.QUESTION
    mine = answered(later, ANSWER, 1).proof
    coming_back.with_question(user, "another rabbit")
    assert used(later, proof=mine, minutes=1).stage is Stage.QUESTION


def test_five_wrong_answers_end_the_link_and_spend_no_sign_in(user: models.User) -> None:
    coming_back.with_question(user)
    secret = coming_back.link()
    found = [answered(secret, f"wrong {number}") for number in range(5)]
    asked = Opened(Stage.QUESTION, Question.TOY, missed=True)
    assert found == [*(replace(asked, tries_left=left) for left in (4, 3, 2, 1)), OVER]
    assert answered(secret, ANSWER) == opened(secret) == OVER
    assert misses.standing(misses.index(Step.PASSWORD, people.NAME)).count == 0
    assert sign_in_with(people.PASSWORD) is Outcome.SIGNED_IN


def test_opening_again_gives_no_new_tries(user: models.User) -> None:
    coming_back.with_question(user)
    secret = coming_back.link()
    answered(secret, "wrong")
    assert opened(secret).tries_left == 4


@pytest.mark.parametrize("mode", ["helpdesk", "off"])
def test_where_the_page_asks_no_question_the_answer_kept_is_not_consulted(
    user: models.User, settings: Any, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    coming_back.with_question(user)
    settings.RECOVERY_QUESTION = mode
    monkeypatch.setattr(questions, "_of", lambda user_id: pytest.fail("consulted"))
    secret = coming_back.link()
    assert opened(secret) == answered(secret, "anything") == READY
    assert used(secret).stage is Stage.DONE


def test_a_process_that_hashes_enough_counts_no_answer(
    user: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise passwords.Busy

    coming_back.with_question(user)
    secret = coming_back.link()
    before = coming_back.last_row()
    with monkeypatch.context() as busy:
        busy.setattr(passwords, "is_right", full)
        assert answered(secret, ANSWER).stage is Stage.BUSY
    assert coming_back.last_row() == before
    assert opened(secret).tries_left == 5


def test_each_step_leaves_one_row_about_the_user(user: models.User) -> None:
    coming_back.with_question(user)
    secret = coming_back.link()
    before = coming_back.last_row()
    opened(secret)
    answered(secret, "wrong")
    proof = answered(secret, ANSWER).proof
    used(secret, proof=proof)
    opened(secret)
    assert audited(before) == [
        ("sign_in", "allowed", "reset_question"),
        ("sign_in", "allowed", "reset_answer_wrong"),
        ("sign_in", "allowed", "reset_password"),
        ("sign_in", "allowed", "password_reset"),
        ("sign_in", "allowed", "reset_link_over"),
    ]
    assert coming_back.subjects(before) == [("user", str(user.pk))] * 4


def test_neither_secret_nor_proof_is_shown_when_the_answer_is_printed(user: models.User) -> None:
    coming_back.with_question(user)
    ready = answered(coming_back.link(), ANSWER)
    assert ready.proof
    assert ready.proof not in repr(ready)


def wrong_answers(user: models.User, number: int) -> None:
    """So many wrong answers before, behind other links."""
    held = misses.index(Step.RESET_ANSWER, user.username)
    lock = people.instant(60) if number % 5 == 0 and number < 100 else None
    models.Misses.objects.create(name_index=held, count=number, last_at=people.NOW, locked_until=lock)


def test_another_link_brings_no_new_answers(user: models.User) -> None:
    coming_back.with_question(user)
    first = coming_back.link()
    for _ in range(5):
        answered(first, "wrong")
    second = coming_back.link(minutes=1)
    assert opened(second, 1).tries_left == 5
    closed = answered(second, ANSWER, 1)
    assert (closed.stage, closed.is_closed, closed.closed_until) == (
        Stage.QUESTION,
        True,
        people.instant(15),
    )
    assert models.ResetLink.objects.get(ended_at=None).misses == 0
    assert answered(second, ANSWER, 15).stage is Stage.PASSWORD


def test_after_a_hundred_wrong_answers_somebody_has_to_lift_it(user: models.User) -> None:
    coming_back.with_question(user)
    wrong_answers(user, 100)
    closed = answered(coming_back.link(), ANSWER)
    assert (closed.is_closed, closed.closed_until, closed.proof) == (True, None, "")
    assert coming_back.audited()[-1][2] == "reset_answer_locked"


def test_a_full_sign_in_gives_the_answers_back(user: models.User) -> None:
    coming_back.with_question(user)
    secret = coming_back.link()
    wrong_answers(user, 100)
    assert sign_in_with(people.PASSWORD) is Outcome.SIGNED_IN
    assert answered(secret, ANSWER).stage is Stage.PASSWORD


def test_where_no_question_is_asked_any_more_nothing_is_closed(user: models.User, settings: Any) -> None:
    coming_back.with_question(user)
    wrong_answers(user, 100)
    secret = coming_back.link()
    settings.RECOVERY_QUESTION = "off"
    assert answered(secret, "wrong") == READY
