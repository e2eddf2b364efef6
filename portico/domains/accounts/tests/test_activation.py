"""The steps of the first sign-in: in their order, each recorded, and going on after a pause."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import F
from pytest_django import Settings

from portico.domains.accounts import models
from portico.domains.accounts.credentials import questions
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.credentials.question_rules import Question
from portico.domains.accounts.joining import activation
from portico.domains.accounts.joining.activation_rules import Step
from portico.domains.accounts.rules import PasswordFault
from portico.domains.accounts.second_factors import factors, recovery_codes
from portico.domains.accounts.second_factors.own_factors import Change
from portico.domains.accounts.signing_in import sessions, sign_in
from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.accounts.tests import inviting, people
from portico.domains.accounts.tests.activating import (
    ANSWER,
    BROWSER,
    STEPS,
    agree,
    answer,
    conclusions,
    due,
    full,
    go_to,
    make_codes,
    set_factor,
    set_password,
)
from portico.domains.permits.actors import Account, AccountState, Actor
from portico.domains.permits.permit import NotPermitted
from portico.domains.plan import terms as plan_terms
from tests.support import actors

pytestmark = pytest.mark.django_db


@pytest.fixture
def digest() -> str:
    """The digest of the terms in force."""
    published = plan_terms.publish(actor=actors.plan_staff(), version="2026-1", text="Be careful.")
    return published.digest


@pytest.fixture
def fay() -> models.User:
    """Somebody invited."""
    return inviting.invited()


def test_the_steps_in_their_order_open_the_account_with_one_row_each(fay: models.User, digest: str) -> None:
    assert activation.standing(actor=inviting.actor_of(fay)).steps == STEPS
    assert due(fay) is Step.TERMS
    agree(fay, digest)
    assert due(fay) is Step.PASSWORD
    epoch = set_password(fay)
    assert due(fay) is Step.FACTOR
    set_factor(fay)
    assert due(fay) is Step.CODES
    make_codes(fay)
    assert due(fay) is Step.QUESTION
    last = answer(fay)
    assert due(fay) is Step.DONE
    fay.refresh_from_db()
    assert fay.activated_at == people.NOW
    assert last is not None
    assert (epoch, last.epoch) == (fay.session_epoch - 1, fay.session_epoch)
    assert inviting.invitation().ending == "finished"
    assert conclusions() == [
        "terms_agreed",
        "password_set",
        "authenticator_added",
        "recovery_codes_renewed",
        "activated",
    ]


def test_what_was_agreed_to_is_kept(fay: models.User, digest: str) -> None:
    agree(fay, digest)
    kept = models.TermsAcceptance.objects.get()
    assert (kept.user_id, kept.version, kept.digest) == (fay.pk, "2026-1", digest)
    assert (kept.at, kept.address) == (people.NOW, "203.0.113.7")


def test_terms_that_are_not_in_force_are_not_agreed_to(fay: models.User, digest: str) -> None:
    assert digest
    assert not activation.accept_terms(actor=inviting.actor_of(fay), digest="f" * 64)
    assert due(fay) is Step.TERMS


def test_a_plan_without_terms_begins_with_the_password(fay: models.User) -> None:
    assert due(fay) is Step.PASSWORD


@pytest.mark.parametrize("step", STEPS)
def test_every_other_step_changes_nothing(step: Step, fay: models.User, digest: str) -> None:
    go_to(step, fay, digest)
    fay.refresh_from_db()
    acts: dict[Step, Callable[[], object]] = {
        Step.TERMS: lambda: activation.accept_terms(actor=full(fay), digest=digest),
        Step.PASSWORD: lambda: set_password(fay, "another walk around it"),
        Step.QUESTION: lambda: answer(fay),
        Step.FINISH: lambda: activation.finish(actor=full(fay)),
    }
    for other in acts.keys() - {step}:
        assert not acts[other]()
        assert conclusions()[-1] == activation.NOT_DUE
    after = models.User.objects.get(pk=fay.pk)
    assert (after.password, after.terms_digest) == (fay.password, fay.terms_digest)
    assert after.activated_at is None
    assert due(fay) is step


@pytest.mark.parametrize("step", [Step.TERMS, Step.PASSWORD])
def test_no_factor_is_set_up_before_its_step(step: Step, fay: models.User, digest: str) -> None:
    go_to(step, fay, digest)
    assert not set_factor(fay)
    assert make_codes(fay) == ()
    assert conclusions()[-2:] == [Change.NOT_PASSED, "not_passed"]
    assert not models.Factor.objects.exists()


def test_without_a_factor_there_are_no_codes_to_make(fay: models.User) -> None:
    set_password(fay)
    assert make_codes(fay) == ()


def test_twelve_signs_are_enough_because_a_factor_follows(fay: models.User) -> None:
    with pytest.raises(WeakPassword) as refused:
        set_password(fay, "lake coffee")
    assert refused.value.faults == (PasswordFault.TOO_SHORT,)
    assert set_password(fay, "lake & coffee") is not None


@pytest.mark.parametrize(
    "as_typed",
    [str, str.lower, lambda text: text.replace("-", "")],
    ids=["as mailed", "small letters", "no dashes"],
)
def test_the_temporary_password_is_not_kept(fay: models.User, as_typed: Callable[[str], str]) -> None:
    secret = inviting.mailed()
    with pytest.raises(WeakPassword) as refused:
        set_password(fay, as_typed(secret))
    assert refused.value.faults == (PasswordFault.TEMPORARY,)


def test_nor_is_one_that_was_replaced(fay: models.User) -> None:
    old = inviting.mailed()
    inviting.invite_again(fay)
    with pytest.raises(WeakPassword):
        set_password(fay, old)


def test_a_new_password_ends_every_session(fay: models.User) -> None:
    models.Session.objects.create(
        session_key="s", session_data="", expire_date=people.NOW + timedelta(hours=1), user=fay
    )
    assert set_password(fay) == fay.session_epoch + 1
    assert not models.Session.objects.exists()


def test_after_a_pause_it_goes_on_with_the_password_that_was_set(fay: models.User, digest: str) -> None:
    secret = inviting.mailed()
    go_to(Step.FACTOR, fay, digest)
    assert inviting.tried(secret, minutes=1).outcome is Outcome.REFUSED
    late = inviting.tried(inviting.OWN_PASSWORD, minutes=60 * 24 * 7)
    assert (late.outcome, late.second_factor) == (Outcome.SIGNED_IN, False)
    assert due(fay, inviting.actor_of(fay, minutes=60 * 24 * 7)) is Step.FACTOR


def test_after_a_pause_the_factor_that_was_set_up_is_asked_for(fay: models.User, digest: str) -> None:
    go_to(Step.CODES, fay, digest)
    assert inviting.tried(inviting.OWN_PASSWORD, minutes=1).outcome is Outcome.FACTOR_NEEDED
    bare = activation.standing(actor=inviting.actor_of(fay))
    assert (bare.due, bare.has_factor) == (Step.FACTOR, True)
    assert due(fay) is Step.CODES


def test_a_session_that_did_not_pass_the_factor_does_no_later_step(fay: models.User, digest: str) -> None:
    go_to(Step.QUESTION, fay, digest)
    bare = inviting.actor_of(fay)
    assert activation.answer_question(actor=bare, question=Question.HEART, answer=ANSWER) is None
    assert recovery_codes.renew(actor=bare) == ()
    assert activation.finish(actor=bare) is None


@pytest.mark.parametrize("asked", ["extra", "helpdesk"])
def test_the_question_is_kept(fay: models.User, digest: str, settings: Settings, asked: str) -> None:
    settings.RECOVERY_QUESTION = asked
    go_to(Step.QUESTION, fay, digest)
    answer(fay)
    assert questions.is_right(fay.pk, ANSWER)


def test_a_plan_without_questions_finishes_after_the_codes(
    fay: models.User, digest: str, settings: Settings
) -> None:
    settings.RECOVERY_QUESTION = "off"
    go_to(Step.QUESTION, fay, digest)
    assert due(fay) is Step.FINISH
    finished = activation.finish(actor=full(fay))
    fay.refresh_from_db()
    assert finished is not None
    assert (fay.activated_at, fay.session_epoch) == (people.NOW, finished.epoch)
    assert activation.finish(actor=full(fay)) is None


def test_an_answer_that_says_nothing_is_refused(fay: models.User, digest: str) -> None:
    go_to(Step.QUESTION, fay, digest)
    with pytest.raises(questions.WeakAnswer):
        activation.answer_question(actor=full(fay), question=Question.HEART, answer="a")
    assert due(fay) is Step.QUESTION


def test_finishing_ends_every_session(fay: models.User, digest: str, monkeypatch: pytest.MonkeyPatch) -> None:
    go_to(Step.QUESTION, fay, digest)
    ended: list[int | None] = []
    monkeypatch.setattr(sessions, "end_all", lambda given, user_id: ended.append(user_id))
    answer(fay)
    assert ended == [fay.pk]


@pytest.mark.parametrize(
    "actor",
    [actors.visitor(), actors.front_desk(account=Account(state=AccountState.PENDING))],
    ids=["visitor", "pending"],
)
def test_nobody_else_does_a_step(actor: Actor) -> None:
    actor = replace(actor, context={"username": "x"})
    with pytest.raises(NotPermitted):
        activation.accept_terms(actor=actor, digest="f" * 64)
    with pytest.raises(NotPermitted):
        activation.set_password(actor=actor, password=inviting.OWN_PASSWORD)
    with pytest.raises(NotPermitted):
        activation.answer_question(actor=actor, question=Question.HEART, answer=ANSWER)
    with pytest.raises(NotPermitted):
        activation.finish(actor=actor)


def test_whoever_has_been_through_the_steps_has_none_left(fay: models.User) -> None:
    inviting.half_way(fay)
    models.User.objects.update(activated_at=people.NOW)
    actor = replace(full(fay), account=Account())
    assert due(fay, actor) is Step.DONE
    assert activation.set_password(actor=actor, password="another walk around it") is None
    assert activation.finish(actor=actor) is None


def test_the_secrets_of_the_steps_are_in_no_audit_row(fay: models.User, digest: str) -> None:
    secret = inviting.mailed()
    inviting.tried(secret)
    go_to(Step.QUESTION, fay, digest)
    answer(fay)
    models_of_audit: Any = apps.get_app_config("audit").get_models()
    kept = " ".join(str(row) for model in models_of_audit for row in model.objects.values())
    for text in (secret, inviting.OWN_PASSWORD, people.SECRET, ANSWER, fay.username):
        assert text not in kept


@pytest.mark.parametrize("step", [Step.TERMS, Step.PASSWORD, Step.CODES, Step.QUESTION])
def test_a_session_that_was_ended_meanwhile_does_no_step(step: Step, fay: models.User, digest: str) -> None:
    go_to(step, fay, digest)
    ended = full(fay)
    models.User.objects.filter(pk=fay.pk).update(session_epoch=F("session_epoch") + 1)
    acts: dict[Step, Callable[[], object]] = {
        Step.TERMS: lambda: activation.accept_terms(actor=ended, digest=digest),
        Step.PASSWORD: lambda: activation.set_password(actor=ended, password=inviting.OWN_PASSWORD),
        Step.CODES: lambda: recovery_codes.renew(actor=ended),
        Step.QUESTION: lambda: activation.answer_question(
            actor=ended, question=Question.HEART, answer=ANSWER
        ),
    }
    assert not acts[step]()
    assert due(fay) is step


@pytest.mark.parametrize("ending", ["replaced", "cancelled", "misses", "not_mine"])
@pytest.mark.parametrize("step", [Step.TERMS, Step.PASSWORD])
def test_without_an_open_invitation_no_password_is_set(
    step: Step, fay: models.User, digest: str, ending: str
) -> None:
    go_to(step, fay, digest)
    models.Invitation.objects.update(ended_at=people.NOW, ending=ending)
    assert activation.standing(actor=full(fay)).is_over
    assert not activation.accept_terms(actor=full(fay), digest=digest)
    assert set_password(fay) is None
    assert conclusions()[-2:] == [activation.NOT_DUE] * 2


def test_an_invitation_that_is_over_sets_no_password(fay: models.User) -> None:
    day = 24 * 60
    late = inviting.actor_of(fay, minutes=day)
    assert activation.standing(actor=late).is_over
    assert activation.set_password(actor=late, password=inviting.OWN_PASSWORD) is None
    in_time = inviting.actor_of(fay, minutes=day - 1)
    assert not activation.standing(actor=in_time).is_over
    assert activation.set_password(actor=in_time, password=inviting.OWN_PASSWORD)


def test_who_has_a_password_goes_on_when_the_invitation_is_over(fay: models.User, digest: str) -> None:
    go_to(Step.QUESTION, fay, digest)
    late = inviting.actor_of(fay, minutes=60 * 24 * 7, second_factor=True)
    assert not activation.standing(actor=late).is_over
    assert activation.answer_question(actor=late, question=Question.HEART, answer=ANSWER)


def test_the_browser_it_was_finished_in_is_known_and_mailed_about_to_nobody(
    fay: models.User, digest: str
) -> None:
    go_to(Step.QUESTION, fay, digest)
    finished = answer(fay)
    assert finished is not None
    row = models.KnownDevice.objects.get()
    assert (row.pk, row.epoch, row.name) == (finished.device.number, finished.epoch, BROWSER.name)
    again = inviting.tried(inviting.OWN_PASSWORD, minutes=1)
    code = factors.code_at(people.SECRET, people.instant(1))
    browser = replace(BROWSER, devices=(finished.device,))
    sign_in.with_code(actor=people.at(1), user_id=fay.pk, epoch=again.epoch, code=code, browser=browser)
    templates = apps.get_model("notifications", "Message").objects.values_list("template", flat=True)
    assert "new_device" not in templates
