"""Movements are forgotten after seven days, but for the latest."""

from datetime import timedelta

import pytest

from portico.domains.library import models
from portico.domains.library.search import forgetting
from portico.domains.library.tests import used
from portico.domains.permits.permit import NotPermitted
from tests.support import actors
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db


def _moved(days: int, seconds: int = 0) -> None:
    models.Movement.objects.create(document_id=1, made_at=NOW - timedelta(days=days, seconds=seconds))


def test_what_is_older_than_seven_days_goes() -> None:
    _moved(7, 1)
    _moved(7)
    _moved(0)
    assert forgetting.forget(actor=actors.system()) == 1
    assert used.last().conclusion == "movements_forgotten"
    assert models.Movement.objects.count() == 2


def test_the_latest_stays_however_old() -> None:
    _moved(99)
    _moved(98)
    assert forgetting.forget(actor=actors.system()) == 1
    assert forgetting.forget(actor=actors.system()) == 0
    assert used.last().conclusion == "nothing_old"
    assert models.Movement.objects.count() == 1


def test_people_may_not() -> None:
    with pytest.raises(NotPermitted):
        forgetting.forget(actor=actors.plan_staff())
