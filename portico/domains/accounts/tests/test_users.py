"""Making users: what is refused, and what the database never keeps."""

from dataclasses import replace
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from portico.domains.accounts import models, users
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import permit
from tests.support import actors, racing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["fay.desk", "FAY.DESK", "Fay.Desk"])
def test_a_name_that_differs_in_case_alone_is_taken(name: str) -> None:
    people.make("Fay.Desk")
    with pytest.raises(users.UsernameTaken):
        people.make(name)


def test_a_name_taken_a_moment_ago_is_taken_too(monkeypatch: pytest.MonkeyPatch) -> None:
    people.make()
    named, looked = models.User.objects.named, iter([None])

    def unseen_at_first(typed: str) -> models.User | None:
        return next(looked, named(typed))

    monkeypatch.setattr(models.User.objects, "named", unseen_at_first)
    with permit(actors.system(), Function.PROVISIONING) as given:
        with pytest.raises(users.UsernameTaken):
            users.make(given, users.NewUser(people.NAME.upper(), people.PASSWORD, "Fay", "Desk"))
        assert models.User.objects.count() == 1


def test_what_the_database_refuses_for_another_reason_is_no_name_that_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(users, "_state", lambda state: state)
    with pytest.raises(IntegrityError):
        people.make(state="locked")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_make_the_same_name_at_once_one_does() -> None:
    def make(name: str) -> bool:
        try:
            people.make(name)
        except users.UsernameTaken:
            return False
        return True

    assert sorted(racing.together([partial(make, "fay.desk"), partial(make, "Fay.Desk")])) == [False, True]
    assert models.User.objects.count() == 1


@pytest.mark.parametrize(
    "actor",
    [actors.plan_staff(Desk.OPERATIONS), actors.plan_staff(Desk.SUPPORT)],
    ids=["operations", "support"],
)
def test_a_desk_makes_nobody_who_counts_as_verified(actor: Actor) -> None:
    new = users.NewUser("fay", people.PASSWORD, "Fay", "Desk", is_verified=True)
    with pytest.raises(users.MayNotVerify), permit(actor, Function.PROVISIONING) as given:
        users.make(given, new)
    assert not models.User.objects.exists()
    with permit(actor, Function.PROVISIONING) as given:
        users.make(given, replace(new, is_verified=False))
    assert models.User.objects.get().proofs == {}


@pytest.mark.parametrize("name", ["", "x", "fay desk", " fay", "fay@example.org", "fäy", "admın", "x" * 61])
def test_what_can_be_no_username_is_refused(name: str) -> None:
    with pytest.raises(users.BadUsername):
        people.make(name)


def test_a_weak_password_makes_no_user() -> None:
    new = users.NewUser("fay", "only eleven", "Fay", "Desk", totp_secret=people.SECRET)
    with pytest.raises(WeakPassword), permit(actors.system(), Function.PROVISIONING) as given:
        users.make(given, new)
    assert not models.User.objects.exists()


def test_twelve_characters_are_enough_with_an_authenticator_only() -> None:
    new = users.NewUser("fay", "lake & coffee", "Fay", "Desk", totp_secret=people.SECRET)
    with permit(actors.system(), Function.PROVISIONING) as given:
        users.make(given, new)
    other = users.NewUser("ray", "lake & coffee", "Ray", "Desk")
    with pytest.raises(WeakPassword), permit(actors.system(), Function.PROVISIONING) as given:
        users.make(given, other)


def test_neither_the_password_nor_the_secret_is_shown_when_a_new_user_is_printed() -> None:
    said = repr(users.NewUser("fay", people.PASSWORD, "Fay", "Desk", totp_secret=people.SECRET))
    assert people.PASSWORD not in said
    assert people.SECRET not in said


@pytest.mark.parametrize("state", ["locked", "disbaled", ""])
def test_a_state_that_is_none_is_refused(state: str) -> None:
    with pytest.raises(ValueError, match="no state"):
        people.make(state=state)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "FAY.DESK"),
        ("username", "fay desk"),
        ("username", "-fay"),
        ("state", "locked"),
        ("state", ""),
    ],
)
def test_the_database_refuses_what_no_user_may_be(field: str, value: str) -> None:
    people.make("fay.desk")
    other = people.make("other")
    with pytest.raises(IntegrityError), transaction.atomic():
        models.User.objects.filter(pk=other.pk).update(**{field: value})


def test_the_database_refuses_a_second_authenticator() -> None:
    user = people.make(secret=people.SECRET)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Factor.objects.create(user=user, kind="totp", secret_sealed=b"x", created_at=people.NOW)
