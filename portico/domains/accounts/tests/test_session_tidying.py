"""What signing in leaves behind is dropped once it is over, and not before."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.accounts import models
from portico.domains.accounts.signing_in import session_tidying
from portico.domains.accounts.tests import people
from portico.domains.permits.permit import NotPermitted
from tests.support import actors

pytestmark = pytest.mark.django_db


def made(minutes: float, user: models.User | None = None) -> None:
    """A session and a token that end then."""
    at = people.instant(minutes)
    models.Session.objects.create(session_key=f"s{minutes}{user}", user=user, expire_date=at)
    models.SpentToken.objects.create(token_index=f"{minutes}{user}".encode()[:16], expires_at=at)


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.latest("pk")


def test_what_is_over_is_dropped_of_visitors_too() -> None:
    for user in (None, people.make()):
        made(-1, user)
    made(0)
    made(1)
    assert session_tidying.forget(actor=actors.system()) == 6
    kept = [models.Session.objects.get().expire_date, models.SpentToken.objects.get().expires_at]
    assert kept == [people.NOW + timedelta(minutes=1)] * 2
    assert last_use().conclusion == "forgotten"
    assert session_tidying.forget(actor=actors.system()) == 0
    assert (last_use().function, last_use().conclusion) == ("housekeeping", "nothing_old")


def test_it_drops_so_many_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_tidying, "AT_A_TIME", 2)
    for minutes in (-1, -2, -3):
        made(minutes)
    assert [session_tidying.forget(actor=actors.system()) for _ in range(3)] == [4, 2, 0]


def test_nobody_but_the_house_does() -> None:
    with pytest.raises(NotPermitted):
        session_tidying.forget(actor=actors.plan_staff())
