"""Making users, and their states: what is refused, and that sessions end."""

import pytest
from django.db import IntegrityError, transaction

from portico.domains.accounts import models, users
from portico.domains.accounts.passwords import WeakPassword
from portico.domains.accounts.tests import people
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors

pytestmark = pytest.mark.django_db


def epoch(user: models.User) -> int:
    user.refresh_from_db()
    return user.session_epoch


@pytest.mark.parametrize("name", ["fay.desk", "FAY.DESK", "Fay.Desk"])
def test_a_name_that_differs_in_case_alone_is_taken(name: str) -> None:
    people.make("Fay.Desk")
    with pytest.raises(users.UsernameTaken):
        people.make(name)


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
