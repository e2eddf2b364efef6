"""A session that gets a new id goes on where it was still open, and never comes back where it was ended."""

import threading
from typing import Any

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted

from portico.domains.accounts import models
from portico.domains.accounts.signing_in import known_devices, sessions
from portico.domains.accounts.signing_in.session_store import SessionStore, row_id
from portico.domains.accounts.tests import people
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors
from tests.support.racing import together


def opened(user: models.User, device_id: int | None = None) -> SessionStore:
    """A session of the user, as a request of its browser has read it."""
    store = SessionStore()
    store.update({"user": user.pk, "device": device_id, "typed": "kept"})
    store.create()
    read = SessionStore(store.session_key)
    assert read["user"] == user.pk
    return read


def keys() -> list[str]:
    return list(models.Session.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_it_goes_on_under_a_new_id_with_all_it_held() -> None:
    store = opened(people.make())
    before = store.session_key
    store.cycle_key()
    assert keys() == [row_id(str(store.session_key))]
    assert store.session_key != before
    assert SessionStore(store.session_key)["typed"] == "kept"


@pytest.mark.django_db
def test_one_that_was_ended_meanwhile_does_not_come_back() -> None:
    user = people.make()
    store = opened(user)
    with permit(actors.system(), Function.PROVISIONING) as given:
        sessions.end_all(given, user.pk)
    with pytest.raises(SessionInterrupted):
        store.cycle_key()
    assert keys() == []


@pytest.mark.django_db
def test_one_that_was_never_kept_begins() -> None:
    store = SessionStore()
    store["typed"] = "kept"
    store.cycle_key()
    assert keys() == [row_id(str(store.session_key))]


@pytest.mark.django_db
def test_its_row_says_in_which_known_browser_it_was_begun() -> None:
    store = opened(people.make(), 77)
    assert models.Session.objects.get(pk=row_id(str(store.session_key))).device_id == 77


@pytest.mark.django_db(transaction=True)
def test_a_new_id_made_at_the_moment_of_the_end_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    user = people.make()
    with permit(people.visitor(), Function.SIGN_IN) as given:
        device = known_devices.passed(given, user, None, name="Firefox on Windows")
    assert device.number is not None
    number, store = device.number, opened(user, device.number)
    is_half_way, goes_on = threading.Event(), threading.Event()
    create = SessionStore.create

    def slowly(self: SessionStore) -> None:
        create(self)
        is_half_way.set()
        goes_on.wait(timeout=0.5)

    def forget() -> Any:
        assert is_half_way.wait(timeout=20)
        return sessions.forget_device(actor=actors.front_desk(user_id=user.pk), device_id=number, current="")

    monkeypatch.setattr(SessionStore, "create", slowly)
    assert together([store.cycle_key, forget]) == [None, True]
    assert keys() == []
