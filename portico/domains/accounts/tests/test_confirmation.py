"""Showing again that it is you: by what, how often one may try, and what the audit keeps."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import hashers

from portico.domains.accounts import models
from portico.domains.accounts.credentials import passwords
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import confirmation, misses, sign_in
from portico.domains.accounts.signing_in.confirmation import Attempt, Means, Outcome, State
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Account, AccountState, Actor
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors

pytestmark = pytest.mark.django_db
WRONG = "not the right phrase"


def signed_in(user: models.User, minutes: float = 0) -> Actor:
    """The user at an open session, minutes after `NOW`, who was asked to confirm."""
    account = Account(second_factor=False, proven_lately=False)
    return actors.front_desk(user_id=user.pk, asked_at=people.instant(minutes), account=account)


def miss(user: models.User, times: int, *, first: float = 0) -> list[Outcome]:
    return [
        confirmation.with_password(actor=signed_in(user, first + place), password=WRONG).outcome
        for place in range(times)
    ]


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("-pk").first()


def about(use: Any) -> set[tuple[str, str]]:
    subjects = apps.get_model("audit", "Subject").objects.filter(entry=use)
    return set(subjects.values_list("kind", "identifier"))


def test_without_a_factor_the_password_confirms() -> None:
    user = people.make()
    attempt = confirmation.with_password(actor=signed_in(user), password=people.PASSWORD)
    assert attempt == Attempt(Outcome.CONFIRMED, State((Means.PASSWORD,), 5))
    use = last_use()
    assert (use.function, use.outcome, use.conclusion) == ("own_account", "allowed", "confirmed")
    assert about(use) == {("user", str(user.pk))}


def test_with_an_authenticator_its_code_confirms_and_is_a_factor() -> None:
    user = people.make(secret=people.SECRET)
    code = factors.code_at(people.SECRET, people.NOW)
    attempt = confirmation.with_code(actor=signed_in(user), code=code)
    assert attempt == Attempt(Outcome.CONFIRMED, State((Means.CODE,), 5), with_factor=True)
    assert confirmation.with_code(actor=signed_in(user, 0.1), code=code).outcome is Outcome.MISSED


def test_whoever_holds_a_factor_does_not_confirm_by_password() -> None:
    user = people.make(secret=people.SECRET)
    attempt = confirmation.with_password(actor=signed_in(user), password=people.PASSWORD)
    assert attempt == Attempt(Outcome.MISSED, State((Means.CODE,), 4))


def test_a_recovery_code_stands_in_for_the_factor_once() -> None:
    user = people.make(secret=people.SECRET)
    code = "7XKQ2M9FHRTD"
    index = settings.PORTICO_VAULT.index(code, purpose=f"recovery code of {user.pk}")
    models.RecoveryCode.objects.create(user=user, code_index=index, made_at=people.NOW)
    attempt = confirmation.with_recovery_code(actor=signed_in(user), code="7xkq-2m9f-hrtd")
    assert (attempt.outcome, attempt.with_factor) == (Outcome.CONFIRMED, True)
    again = confirmation.with_recovery_code(actor=signed_in(user), code=code)
    assert again.outcome is Outcome.MISSED


def test_a_code_is_none_for_whoever_has_no_authenticator() -> None:
    user = people.make()
    code = factors.code_at(people.SECRET, people.NOW)
    assert confirmation.with_code(actor=signed_in(user), code=code).outcome is Outcome.MISSED


def test_a_person_without_password_and_factor_has_no_means() -> None:
    user = people.make()
    models.User.objects.filter(pk=user.pk).update(password=hashers.make_password(None))
    assert confirmation.state(actor=signed_in(user)).means == ()


def test_an_answer_of_no_passkey_is_a_miss() -> None:
    user = people.make()
    attempt = confirmation.with_passkey(actor=signed_in(user), challenge="", reply="{}")
    assert attempt == Attempt(Outcome.MISSED, State((Means.PASSWORD,), 4))


def test_somebody_with_a_passkey_is_asked_for_it() -> None:
    user = people.make()
    assert confirmation.ask_passkey(actor=signed_in(user)) is None
    assert last_use().conclusion == "passkey_not_asked"
    models.Passkey.objects.create(
        user=user, credential_id=b"id", credential=b"key", name="Laptop", created_at=people.NOW
    )
    assert confirmation.state(actor=signed_in(user)).means == (Means.PASSKEY,)
    asked = confirmation.ask_passkey(actor=signed_in(user))
    assert asked is not None
    assert asked.challenge
    assert last_use().conclusion == "passkey_asked"
    miss(user, 5)
    assert confirmation.ask_passkey(actor=signed_in(user, 5)) is None


@pytest.mark.parametrize("password", ["", WRONG, people.PASSWORD.upper(), "x" * 600])
def test_a_wrong_password_is_a_miss_that_is_counted(password: str) -> None:
    user = people.make()
    attempt = confirmation.with_password(actor=signed_in(user), password=password)
    assert attempt == Attempt(Outcome.MISSED, State((Means.PASSWORD,), 4))
    assert (last_use().conclusion, about(last_use())) == ("confirmation_missed", {("user", str(user.pk))})


def test_the_fifth_miss_blocks_for_fifteen_minutes() -> None:
    user = people.make()
    assert miss(user, 5) == [Outcome.MISSED] * 4 + [Outcome.BLOCKED]
    assert last_use().conclusion == "confirmation_blocked"
    until = people.instant(4 + 15)
    blocked = State((Means.PASSWORD,), 0, is_blocked=True, blocked_until=until)
    assert confirmation.state(actor=signed_in(user, 5)) == blocked
    right = confirmation.with_password(actor=signed_in(user, 18.9), password=people.PASSWORD)
    assert right == Attempt(Outcome.BLOCKED, blocked)
    free = confirmation.with_password(actor=signed_in(user, 19), password=people.PASSWORD)
    assert free.outcome is Outcome.CONFIRMED


def test_a_code_is_not_used_up_while_blocked() -> None:
    user = people.make(secret=people.SECRET)
    miss(user, 5)
    code = factors.code_at(people.SECRET, people.instant(5))
    assert confirmation.with_code(actor=signed_in(user, 5), code=code).outcome is Outcome.BLOCKED
    assert factors.spend(user.pk, code, at=people.instant(5))


def test_the_second_block_is_twice_as_long() -> None:
    user = people.make()
    miss(user, 5)
    miss(user, 5, first=20)
    assert confirmation.state(actor=signed_in(user, 25)).blocked_until == people.instant(24 + 30)


def test_a_hundred_misses_block_until_somebody_unlocks() -> None:
    user = people.make()
    held = misses.index(Step.CONFIRM, user.username)
    models.Misses.objects.create(name_index=held, count=100, last_at=people.NOW)
    after_days = replace(signed_in(user), asked_at=people.NOW + timedelta(days=30))
    assert confirmation.state(actor=after_days) == State((Means.PASSWORD,), 0, is_blocked=True)
    misses.forget(user.username)
    assert not confirmation.state(actor=after_days).is_blocked


def test_confirming_forgets_the_misses() -> None:
    user = people.make()
    miss(user, 4)
    confirmation.with_password(actor=signed_in(user, 4), password=people.PASSWORD)
    assert confirmation.state(actor=signed_in(user, 5)).tries_left == 5


def test_misses_here_spend_no_try_of_the_sign_in_and_the_other_way_round() -> None:
    user = people.make()
    miss(user, 5)
    signing_in = sign_in.with_password(actor=people.at(5), username=people.NAME, password=people.PASSWORD)
    assert signing_in.outcome is sign_in.Outcome.SIGNED_IN
    other = people.make("other.desk")
    for place in range(5):
        sign_in.with_password(actor=people.at(place), username="other.desk", password=WRONG)
    assert confirmation.state(actor=signed_in(other, 5)).tries_left == 5


def test_a_password_that_is_changed_meanwhile_does_not_confirm(monkeypatch: pytest.MonkeyPatch) -> None:
    user = people.make()

    def changing(password: str, kept: str | None) -> bool:
        models.User.objects.filter(pk=user.pk).update(password=hashers.make_password("another phrase"))
        return True

    monkeypatch.setattr(passwords, "is_right", changing)
    attempt = confirmation.with_password(actor=signed_in(user), password=people.PASSWORD)
    assert attempt.outcome is Outcome.MISSED


def test_a_busy_process_counts_and_records_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    user = people.make()
    before = last_use().pk

    def busy(password: str, kept: str | None) -> bool:
        raise passwords.Busy

    monkeypatch.setattr(passwords, "is_right", busy)
    attempt = confirmation.with_password(actor=signed_in(user), password=people.PASSWORD)
    assert attempt.outcome is Outcome.BUSY
    assert last_use().pk == before
    assert not models.Misses.objects.exists()


@pytest.mark.parametrize(
    "use",
    [
        pytest.param(lambda actor: confirmation.state(actor=actor), id="state"),
        pytest.param(lambda actor: confirmation.ask_passkey(actor=actor), id="ask"),
        pytest.param(lambda actor: confirmation.with_code(actor=actor, code="1"), id="code"),
        pytest.param(lambda actor: confirmation.with_recovery_code(actor=actor, code="1"), id="recovery"),
        pytest.param(lambda actor: confirmation.with_passkey(actor=actor, challenge="", reply=""), id="key"),
        pytest.param(lambda actor: confirmation.with_password(actor=actor, password="x"), id="password"),
    ],
)
def test_an_account_that_is_not_active_confirms_nothing(use: Any) -> None:
    user = people.make()
    pending = replace(signed_in(user), account=Account(state=AccountState.PENDING))
    with pytest.raises(NotPermitted) as refused:
        use(pending)
    assert refused.value.decision.reasons == (Reason.ACCOUNT_PENDING,)
    assert (last_use().outcome, last_use().conclusion) == ("denied", "")
