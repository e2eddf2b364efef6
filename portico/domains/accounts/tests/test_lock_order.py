"""Whoever holds a tally waits for no other, and holds it before a user: so no two wait for each other."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from portico.domains.accounts import models
from portico.domains.accounts.coming_back import reset_links
from portico.domains.accounts.coming_back.reset_links import Stage
from portico.domains.accounts.credentials import new_passwords
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import misses, sign_in
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.accounts.tests import coming_back, people
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors
from tests.support.racing import together

pytestmark = pytest.mark.django_db(transaction=True)


def meeting(call: Callable[..., Any], both: threading.Barrier) -> Callable[..., Any]:
    """The call, after waiting half a second for another to come as far."""

    def met(*arguments: Any, **named: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=0.5)
        return call(*arguments, **named)

    return met


def missed(*steps: Step) -> None:
    """A miss before, in each of these tallies."""
    for step in steps:
        held = misses.index(step, people.NAME)
        models.Misses.objects.create(name_index=held, count=1, last_at=people.NOW)


def test_two_who_hold_a_tally_each_forget_all_of_the_name() -> None:
    missed(Step.PASSWORD, Step.CODE)
    both = threading.Barrier(2)

    def forgetting(step: Step) -> Callable[[], int]:
        def forget() -> int:
            with permit(people.visitor(), Function.SIGN_IN) as given:
                given.conclude("refused")
                misses.hold(misses.index(step, people.NAME), at=people.NOW)
                forgotten: int = meeting(misses.forget, both)(people.NAME)
                return forgotten

        return forget

    assert sum(together([forgetting(Step.PASSWORD), forgetting(Step.CODE)])) >= 2
    assert not models.Misses.objects.exists()


def test_a_reset_and_a_sign_in_at_the_same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    user = coming_back.user()
    missed(Step.PASSWORD)
    secret, both = coming_back.link(), threading.Barrier(2)
    monkeypatch.setattr(sign_in, "_after_password", meeting(sign_in._after_password, both))
    monkeypatch.setattr(new_passwords, "undo_guessing", meeting(new_passwords.undo_guessing, both))

    def enter() -> object:
        return sign_in.with_password(
            actor=people.visitor(), username=people.NAME, password=people.PASSWORD
        ).outcome

    def reset() -> object:
        return reset_links.used(actor=people.visitor(), secret=secret, password=coming_back.NEW).stage

    entered, stage = together([enter, reset])
    assert stage is Stage.DONE
    assert entered in (Outcome.SIGNED_IN, Outcome.REFUSED)
    user.refresh_from_db()
    assert user.session_epoch == 2


def test_a_code_is_spent_while_the_authenticator_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    user, both = people.make(secret=people.SECRET), threading.Barrier(2)
    code = factors.code_at(people.SECRET, people.NOW)
    monkeypatch.setattr(sign_in, "entered", meeting(sign_in.entered, both))

    def enter() -> object:
        return sign_in.with_code(actor=people.visitor(), user_id=user.pk, epoch=1, code=code).outcome

    def replace() -> object:
        with permit(actors.front_desk(user_id=user.pk), Function.OWN_ACCOUNT) as given:
            given.conclude("done")
            models.User.objects.select_for_update().get(pk=user.pk)
            meeting(factors.keep, both)(user.pk, factors.new_secret(), at=people.NOW)
            return "replaced"

    entered, done = together([enter, replace])
    assert done == "replaced"
    assert entered in (Outcome.SIGNED_IN, Outcome.REFUSED)
