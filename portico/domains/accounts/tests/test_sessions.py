"""Open sessions: which are shown, by what name, and ending one, the others, or all."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.accounts import closing, models
from portico.domains.accounts.signing_in import sessions
from portico.domains.accounts.signing_in.session_store import SessionStore, row_id
from portico.domains.accounts.signing_in.sessions import Ended
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Account, AccountState, Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, permit
from tests.support import actors

pytestmark = pytest.mark.django_db
DEVICE = b"0123456789abcdef"


def opened(user: models.User, *, minutes_ago: float = 0, device: int | None = None) -> str:
    """The id of a session the user began, and used last, minutes ago."""
    at = people.instant(-minutes_ago).timestamp()
    store = SessionStore()
    store.update(
        {
            "user": user.pk,
            "started_at": at,
            "seen_at": at,
            "address": "198.51.100.7",
            "browser": "Firefox on Windows",
            "device": device,
        }
    )
    store.create()
    models.Session.objects.filter(pk=row_id(str(store.session_key))).update(expire_date=people.instant(600))
    return str(store.session_key)


def asks(user: models.User) -> Actor:
    return actors.front_desk(user_id=user.pk)


def a_device(user: models.User, index: bytes = DEVICE) -> int:
    return models.KnownDevice.objects.create(
        user=user,
        device_index=index,
        epoch=user.session_epoch,
        name="Firefox on Windows",
        first_at=people.NOW,
        last_at=people.NOW,
    ).pk


def still_open(user: models.User) -> set[str]:
    return set(models.Session.objects.filter(user=user).values_list("pk", flat=True))


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("-pk").first()


def about(use: Any) -> set[tuple[str, str]]:
    subjects = apps.get_model("audit", "Subject").objects.filter(entry=use)
    return set(subjects.values_list("kind", "identifier"))


def end_all_and_fail(user: models.User) -> None:
    with permit(actors.system(), Function.PROVISIONING) as given:
        assert sessions.end_all(given, user.pk) == 1
        raise ZeroDivisionError


def names(user: models.User, current: str = "") -> dict[bool, list[str]]:
    found: dict[bool, list[str]] = {True: [], False: []}
    for each in sessions.own(actor=asks(user), current=current).sessions:
        found[each.is_this].append(each.name)
    return found


def test_a_session_is_shown_with_its_browser_address_and_instants() -> None:
    user = people.make()
    key = opened(user, minutes_ago=3)
    (shown,) = sessions.own(actor=asks(user), current=key).sessions
    began = people.instant(-3)
    assert (shown.started_at, shown.seen_at, shown.is_this) == (began, began, True)
    assert (shown.browser, shown.address) == ("Firefox on Windows", "198.51.100.7")
    assert last_use().conclusion == "sessions_listed"


def test_this_session_stands_first_then_the_one_used_last() -> None:
    user = people.make()
    here, earlier, later = (opened(user, minutes_ago=minutes) for minutes in (9, 5, 1))
    shown = sessions.own(actor=asks(user), current=here).sessions
    assert [each.seen_at for each in shown] == [people.instant(-minutes) for minutes in (9, 1, 5)]
    assert [each.is_this for each in shown] == [True, False, False]
    assert {row_id(earlier), row_id(later)} < still_open(user)


def test_no_session_of_somebody_else_is_shown() -> None:
    user, other = people.make(), people.make("other.desk")
    opened(other)
    assert sessions.own(actor=asks(user), current="").sessions == ()


@pytest.mark.parametrize(("minutes", "is_shown"), [(15.9, True), (16.1, False)], ids=["used", "idle"])
def test_a_session_that_was_idle_too_long_is_not_shown(minutes: float, is_shown: bool) -> None:
    user = people.make()
    opened(user, minutes_ago=minutes)
    assert bool(sessions.own(actor=asks(user), current="").sessions) is is_shown


def test_a_session_that_has_expired_is_not_shown() -> None:
    user = people.make()
    opened(user)
    models.Session.objects.update(expire_date=people.NOW)
    assert sessions.own(actor=asks(user), current="").sessions == ()


def test_no_name_tells_the_id_that_opens_the_session() -> None:
    user = people.make()
    key = opened(user)
    (name,) = names(user, key)[True]
    assert name != key
    assert not sessions.end(actor=asks(user), name=key)


def test_one_session_is_ended_by_its_name() -> None:
    user = people.make()
    here, there = opened(user), opened(user, minutes_ago=2)
    (name,) = names(user, here)[False]
    assert sessions.end(actor=asks(user), name=name)
    assert still_open(user) == {row_id(here)}
    assert (last_use().conclusion, about(last_use())) == ("session_ended", {("user", str(user.pk))})
    assert not sessions.end(actor=asks(user), name=name)
    assert last_use().conclusion == "nothing_to_end"
    assert not SessionStore(there).exists(there)


def test_nobody_ends_a_session_of_somebody_else() -> None:
    user, other = people.make(), people.make("other.desk")
    key = opened(other)
    (name,) = names(other)[False]
    assert not sessions.end(actor=asks(user), name=name)
    assert still_open(other) == {row_id(key)}


def test_all_are_ended_and_this_one_may_go_on_under_the_new_epoch() -> None:
    user, other = people.make(), people.make("other.desk")
    here, theirs = opened(user), opened(other)
    for minutes in (1, 2):
        opened(user, minutes_ago=minutes)
    assert sessions.end_others(actor=asks(user), current=here) == Ended(others=2, epoch=2)
    assert (still_open(user), still_open(other)) == (set(), {row_id(theirs)})
    user.refresh_from_db()
    assert user.session_epoch == 2
    assert (last_use().conclusion, about(last_use())) == ("sessions_ended", {("user", str(user.pk))})
    assert sessions.end_others(actor=asks(user), current=here).others == 0
    assert last_use().conclusion == "nothing_to_end"


def test_all_are_ended_within_a_permit_and_come_back_when_it_fails() -> None:
    user = people.make()
    key = opened(user)
    with pytest.raises(ZeroDivisionError):
        end_all_and_fail(user)
    assert still_open(user) == {row_id(key)}
    with permit(actors.system(), Function.PROVISIONING) as given:
        sessions.end_all(given, user.pk)
    assert still_open(user) == set()


def test_disabling_ends_every_session() -> None:
    user = people.make()
    opened(user)
    with permit(actors.system(), Function.PROVISIONING) as given:
        closing.disable(given, user.pk)
    assert still_open(user) == set()


def test_a_forgotten_browser_is_a_stranger_and_its_other_sessions_end() -> None:
    user = people.make()
    device = a_device(user)
    here, there, elsewhere = opened(user, device=device), opened(user, device=device), opened(user)
    assert [each.id for each in sessions.own(actor=asks(user), current=here).devices] == [device]
    assert sessions.forget_device(actor=asks(user), device_id=device, current=here)
    assert (last_use().conclusion, about(last_use())) == ("device_forgotten", {("user", str(user.pk))})
    assert still_open(user) == {row_id(here), row_id(elsewhere)}
    assert row_id(there) not in still_open(user)
    assert sessions.own(actor=asks(user), current=here).devices == ()
    assert not sessions.forget_device(actor=asks(user), device_id=device, current=here)
    assert last_use().conclusion == "nothing_to_forget"


def test_nobody_forgets_a_browser_of_somebody_else() -> None:
    user, other = people.make(), people.make("other.desk")
    device = a_device(other)
    assert not sessions.forget_device(actor=asks(user), device_id=device, current="")
    assert len(sessions.own(actor=asks(other), current="").devices) == 1


@pytest.mark.parametrize(
    "use",
    [
        pytest.param(lambda actor: sessions.own(actor=actor, current=""), id="list"),
        pytest.param(lambda actor: sessions.end(actor=actor, name=""), id="end"),
        pytest.param(lambda actor: sessions.end_others(actor=actor, current=""), id="end others"),
        pytest.param(
            lambda actor: sessions.forget_device(actor=actor, device_id=1, current=""), id="forget a device"
        ),
    ],
)
@pytest.mark.parametrize("who", ["visitor", "pending"])
def test_only_somebody_signed_in_with_an_active_account_looks_after_sessions(use: Any, who: str) -> None:
    pending = replace(asks(people.make()), account=Account(state=AccountState.PENDING))
    with pytest.raises(NotPermitted):
        use(actors.visitor() if who == "visitor" else pending)
    assert last_use().outcome == "denied"


def test_the_instants_of_a_session_stand_in_its_row() -> None:
    user = people.make()
    row = models.Session.objects.get(pk=row_id(opened(user, minutes_ago=1)))
    expected: datetime = people.NOW - timedelta(minutes=1)
    assert (row.started_at, row.seen_at, row.user_id) == (expected, expected, user.pk)
