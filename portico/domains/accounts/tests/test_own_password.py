"""Changing one's own password: the one in use is asked for, every session ends, and its owner is told."""

from typing import Any

import pytest

from portico.domains.accounts import models
from portico.domains.accounts.credentials import own_password, passwords
from portico.domains.accounts.credentials.own_password import Attempt, Outcome
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.signing_in.session_store import SessionStore
from portico.domains.accounts.tests import coming_back, people
from portico.domains.accounts.tests.coming_back import NEW, actor_of, audited, mails
from portico.domains.permits.actors import Account, AccountState
from portico.domains.permits.permit import NotPermitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> models.User:
    """Somebody with a password."""
    return coming_back.user()


def change(
    user: models.User, current: str = people.PASSWORD, password: str = NEW, minutes: float = 0, **changes: Any
) -> Attempt:
    actor = actor_of(user, asked_at=people.instant(minutes), **changes)
    return own_password.change(actor=actor, current=current, password=password)


def has(user: models.User, password: str) -> bool:
    user.refresh_from_db()
    return passwords.is_right(password, user.password)


def test_it_is_changed_and_the_session_may_go_on_under_the_new_epoch(user: models.User) -> None:
    assert change(user, minutes=3) == Attempt(Outcome.CHANGED, epoch=2)
    assert has(user, NEW)
    assert user.password_set_at == people.instant(3)


def test_every_session_and_open_reset_link_ends(user: models.User) -> None:
    coming_back.link()
    session = SessionStore()
    session["user"] = user.pk
    session.create()
    change(user, minutes=1)
    assert not models.Session.objects.filter(user=user).exists()
    assert models.ResetLink.objects.get().ended_at == people.instant(1)


def test_its_owner_is_told(user: models.User) -> None:
    change(user)
    assert [(to, template) for to, template, _ in mails()] == [(coming_back.MAIL, "password_changed")]


def test_a_wrong_one_in_use_changes_nothing(user: models.User) -> None:
    assert change(user, "not the one in use at all") == Attempt(Outcome.WRONG)
    assert has(user, people.PASSWORD)
    assert mails() == []


def test_five_wrong_ones_lock_also_for_the_right_one(user: models.User) -> None:
    found = [change(user, "not the one in use at all").outcome for _ in range(5)]
    assert found == [Outcome.WRONG] * 4 + [Outcome.LOCKED]
    assert change(user) == Attempt(Outcome.LOCKED, locked_until=people.instant(15))
    assert change(user, minutes=15).outcome is Outcome.CHANGED


def test_a_change_forgets_the_wrong_ones_before(user: models.User) -> None:
    for _ in range(4):
        change(user, "not the one in use at all")
    change(user)
    assert change(user, "not the one in use at all").outcome is Outcome.WRONG


@pytest.mark.parametrize("current", [people.PASSWORD, "not the one in use at all"])
def test_a_weak_new_one_is_refused_before_the_one_in_use_is_looked_at(
    user: models.User, current: str
) -> None:
    with pytest.raises(WeakPassword):
        change(user, current, "too short")
    assert has(user, people.PASSWORD)
    assert not models.Misses.objects.exists()


def test_a_password_changed_while_it_was_hashed_is_not_changed_again(
    user: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(password: str, kept: str | None) -> bool:
        models.User.objects.filter(pk=user.pk).update(password="changed")
        return kept == user.password

    monkeypatch.setattr(passwords, "is_right", slowly)
    assert change(user).outcome is Outcome.WRONG
    user.refresh_from_db()
    assert user.password == "changed"


def test_a_process_that_hashes_enough_counts_nothing(
    user: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise passwords.Busy

    monkeypatch.setattr(passwords, "is_right", full)
    assert change(user) == Attempt(Outcome.BUSY)
    assert not models.Misses.objects.exists()


@pytest.mark.parametrize(
    "account",
    [
        Account(proven_lately=False),
        Account(state=AccountState.INVITED),
        Account(state=AccountState.SUSPENDED),
    ],
    ids=["not lately", "invited", "suspended"],
)
def test_it_needs_an_open_account_and_a_recent_proof(user: models.User, account: Account) -> None:
    with pytest.raises(NotPermitted):
        change(user, account=account)
    with pytest.raises(NotPermitted):
        own_password.is_held(actor=actor_of(user, account=account))
    assert has(user, people.PASSWORD)


def test_who_signs_in_elsewhere_has_none(user: models.User) -> None:
    assert own_password.is_held(actor=actor_of(user))
    models.User.objects.filter(pk=user.pk).update(password=passwords.unusable())
    assert not own_password.is_held(actor=actor_of(user))
    assert change(user, "").outcome is Outcome.WRONG


def test_each_try_leaves_one_row_about_the_user(user: models.User) -> None:
    before = coming_back.last_row()
    own_password.is_held(actor=actor_of(user))
    change(user, "not the one in use at all")
    change(user)
    assert [row[2] for row in audited(before)] == [
        "password_asked_about",
        "password_wrong",
        "password_changed",
    ]
    assert set(coming_back.subjects(before)) == {("user", str(user.pk))}
