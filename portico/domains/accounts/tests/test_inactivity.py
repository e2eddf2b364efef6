"""Accounts that nobody uses: told once, suspended when told in time, and never twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.accounts import closing, inactivity, models
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Actor, system_actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _days(settings: Any) -> None:
    settings.INACTIVE_DAYS, settings.INACTIVE_NOTICE_DAYS = 90, 14


def keeper(days: float) -> Actor:
    at = NOW + timedelta(days=days)
    return system_actor("account-keeper", asked_at=at, today=at.date())


def tell(days: float, **more: Any) -> tuple[int, ...]:
    with permit(keeper(days), Function.HOUSEKEEPING) as given:
        return inactivity.tell(given, **more)


def suspend(days: float, **more: Any) -> tuple[int, ...]:
    with permit(keeper(days), Function.HOUSEKEEPING) as given:
        return inactivity.suspend(given, **more)


def somebody(username: str = people.NAME, **known: Any) -> models.User:
    """A user made at NOW, with a mail address."""
    user = people.make(username)
    models.User.objects.filter(pk=user.pk).update(**{"email": "fay@example.org", **known})
    user.refresh_from_db()
    return user


def mails() -> list[tuple[str, dict[str, Any]]]:
    rows = apps.get_model("notifications", "Message").objects.filter(template="account_unused")
    return list(rows.order_by("pk").values_list("to", "context"))


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("pk").last()


def test_an_owner_is_told_once_two_weeks_before() -> None:
    user = somebody()
    assert tell(75.9) == ()
    assert tell(76) == (user.pk,)
    assert tell(77) == ()
    assert mails() == [("fay@example.org", {"count": 14})]


def test_the_account_is_suspended_when_the_days_are_over() -> None:
    user = somebody()
    tell(76)
    assert suspend(89.9) == ()
    assert suspend(90) == (user.pk,)
    assert suspend(91) == ()
    user.refresh_from_db()
    assert (user.state, user.suspended_at) == ("suspended", NOW + timedelta(days=90))


def test_a_suspension_ends_every_session() -> None:
    user = somebody()
    models.Session.objects.create(session_key="x" * 32, user=user, expire_date=NOW)
    tell(76)
    suspend(90)
    user.refresh_from_db()
    assert user.session_epoch == 2
    assert not models.Session.objects.exists()


def test_whoever_was_never_told_is_not_suspended() -> None:
    somebody()
    assert suspend(500) == ()


def test_whoever_is_told_late_has_the_days_of_the_notice_all_the_same() -> None:
    user = somebody()
    assert tell(500) == (user.pk,)
    assert suspend(513.9) == ()
    assert suspend(514) == (user.pk,)


@pytest.mark.parametrize("use", ["last_login", "activated_at", "reactivated_at"])
def test_any_use_begins_the_days_anew(use: str) -> None:
    user = somebody()
    tell(76)
    models.User.objects.filter(pk=user.pk).update(**{use: NOW + timedelta(days=80)})
    assert suspend(95) == ()
    assert tell(155) == ()
    assert tell(156) == (user.pk,)
    assert suspend(170) == (user.pk,)
    assert len(mails()) == 2


@pytest.mark.parametrize(
    "known",
    [
        {"state": "disabled"},
        {"state": "pending"},
        {"state": "suspended", "suspended_at": NOW},
        {"activated_at": None},
    ],
    ids=["disabled", "pending", "suspended", "invited"],
)
def test_other_accounts_are_left_alone(known: dict[str, Any]) -> None:
    somebody(**known)
    assert tell(500) == ()
    models.User.objects.update(warned_at=NOW + timedelta(days=400))
    assert suspend(500) == ()


def test_a_mail_address_that_is_none_keeps_nobody_from_hearing() -> None:
    without, wrong, other = (
        somebody("a.a", email=""),
        somebody("b.b", email="nobody"),
        somebody("c.c"),
    )
    assert tell(76) == (without.pk, wrong.pk, other.pk)
    assert [to for to, _ in mails()] == ["fay@example.org"]
    assert suspend(90) == (without.pk, wrong.pk, other.pk)


def test_chunks_follow_each_other() -> None:
    first, second, third = (somebody(name) for name in ("a.a", "b.b", "c.c"))
    assert tell(76, size=2) == (first.pk, second.pk)
    assert tell(76, after=second.pk, size=2) == (third.pk,)
    assert suspend(90, size=2) == (first.pk, second.pk)
    assert suspend(90, after=second.pk, size=2) == (third.pk,)


def test_no_days_switch_it_off(settings: Any) -> None:
    settings.INACTIVE_DAYS = 0
    somebody()
    assert tell(500) == ()
    assert last_use().conclusion == "switched_off"
    assert suspend(500) == ()


def test_each_chunk_leaves_its_row() -> None:
    user = somebody()
    for step, days, conclusion in ((tell, 76, "owners_told"), (suspend, 90, "accounts_suspended")):
        step(days)
        use = last_use()
        assert (use.function, use.outcome, use.conclusion) == ("housekeeping", "allowed", conclusion)
        assert [(each.kind, each.identifier) for each in use.subjects.order_by("pk")] == [
            ("user", str(user.pk))
        ]
        step(days)
        assert last_use().conclusion == f"nobody_to_{step.__name__}"


def test_an_account_opened_again_is_used_anew_and_told_anew() -> None:
    user = somebody()
    tell(76)
    suspend(90)
    with permit(keeper(100), Function.PROVISIONING) as given:
        assert closing.reactivate(given, user.pk)
    user.refresh_from_db()
    assert (user.state, user.suspended_at, user.warned_at) == ("active", None, None)
    assert tell(175) == ()
    assert tell(176) == (user.pk,)
