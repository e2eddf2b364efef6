"""What must hold when two ask at the same moment, each in a transaction of its own."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from portico.domains.accounts import models
from portico.domains.accounts.second_factors import authenticators, factors, recovery_codes
from portico.domains.accounts.signing_in import passkey_sign_in, sign_in
from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Account
from tests.support import actors, with_passkeys
from tests.support.racing import together
from tests.support.soft_passkey import SoftPasskey

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_code_works_once_in_parallel_sign_ins() -> None:
    user = people.make(secret=people.SECRET)
    code = factors.code_at(people.SECRET, people.NOW)

    def enter() -> Outcome:
        return sign_in.with_code(actor=people.visitor(), user_id=user.pk, epoch=1, code=code).outcome

    outcomes = together([enter] * 4)
    assert sorted(outcomes) == ["refused", "refused", "refused", "signed_in"]


def test_parallel_misses_are_all_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    people.make()
    monkeypatch.setattr("portico.domains.accounts.credentials.passwords.is_right", lambda *_: False)

    def miss() -> Outcome:
        return sign_in.with_password(actor=people.visitor(), username=people.NAME, password="wrong").outcome

    outcomes = together([miss] * 8)
    assert sorted(outcomes) == ["locked"] * 4 + ["refused"] * 4
    assert models.Misses.objects.get().count == 5


def test_of_two_authenticators_set_up_at_once_the_first_stays() -> None:
    user = people.make()
    actor = actors.front_desk(user_id=user.pk, account=Account(second_factor=False))
    secrets = [factors.new_secret() for _ in range(4)]

    def set_up(secret: str) -> Callable[[], bool]:
        code = factors.code_at(secret, actor.asked_at)
        return lambda: authenticators.confirm(actor=actor, secret=secret, code=code) is not None

    kept = together([set_up(secret) for secret in secrets])
    assert kept.count(True) == 1
    later = people.instant(1)
    secret = secrets[kept.index(True)]
    assert factors.spend(user.pk, factors.code_at(secret, later), at=later)


def test_a_recovery_code_works_once_in_twenty_parallel_sign_ins() -> None:
    user = people.make(secret=people.SECRET)
    [code, *_] = recovery_codes.renew(actor=actors.front_desk(user_id=user.pk))

    def enter() -> Outcome:
        return sign_in.with_recovery_code(actor=people.visitor(), user_id=user.pk, epoch=1, code=code).outcome

    outcomes = together([enter] * 20)
    assert outcomes.count(Outcome.SIGNED_IN) == 1


def test_a_challenge_is_answered_once_in_twenty_parallel_sign_ins() -> None:
    user = people.make()
    key = with_passkeys.add(actors.front_desk(user_id=user.pk), SoftPasskey())
    asked = passkey_sign_in.ask(actor=people.visitor())
    reply = key.get(with_passkeys.options_of(asked))

    def enter() -> Outcome:
        return passkey_sign_in.enter(actor=people.visitor(), challenge=asked.challenge, reply=reply).outcome

    outcomes = together([enter] * 20)
    assert sorted(outcomes) == ["refused"] * 19 + ["signed_in"]


def test_a_counting_passkey_says_each_number_once_in_parallel() -> None:
    user = people.make()
    key = with_passkeys.add(actors.front_desk(user_id=user.pk), SoftPasskey(counter=0))
    copies = [replace(key) for _ in range(4)]

    def enter(copy: SoftPasskey) -> Callable[[], Outcome]:
        asked = passkey_sign_in.ask(actor=people.visitor())
        reply = copy.get(with_passkeys.options_of(asked))
        return lambda: (
            passkey_sign_in.enter(actor=people.visitor(), challenge=asked.challenge, reply=reply).outcome
        )

    outcomes = together([enter(copy) for copy in copies])
    assert sorted(outcomes) == ["refused", "refused", "refused", "signed_in"]
